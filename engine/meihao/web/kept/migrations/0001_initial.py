"""Makes the tables, and the triggers that let rows be added alone."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

from ..triggers import FIRST, making, refusals


class Migration(migrations.Migration):  # type: ignore[misc]  # untyped
    """The first state."""

    initial = True
    dependencies: ClassVar[list[tuple[str, str]]] = []

    operations: ClassVar[list[object]] = [
        migrations.CreateModel(
            name="RoundRow",
            fields=[
                ("code", models.TextField(primary_key=True, serialize=False)),
            ],
            options={
                "db_table": "round",
                "base_manager_name": "objects",
            },
        ),
        migrations.CreateModel(
            name="EventRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("stream", models.TextField()),
                ("n", models.PositiveIntegerField()),
                ("at", models.TextField()),
                ("who", models.TextField()),
                ("what", models.TextField()),
                ("unit", models.TextField(blank=True)),
                ("name", models.TextField(blank=True)),
                ("number", models.PositiveIntegerField(default=0)),
                ("reason", models.TextField(blank=True)),
                ("before", models.TextField(blank=True)),
                ("after", models.TextField(blank=True)),
                ("previous", models.TextField(blank=True)),
            ],
            options={
                "db_table": "event",
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["stream", "what", "unit", "name", "number"], name="event_of")],
                "constraints": [models.UniqueConstraint(fields=("stream", "n"), name="one_event")],
            },
        ),
        migrations.CreateModel(
            name="ReceiptRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("n", models.PositiveIntegerField()),
                ("unit", models.TextField()),
                ("number", models.PositiveIntegerField()),
                ("line", models.BinaryField()),
                ("round", models.ForeignKey("kept.roundrow", models.PROTECT, db_index=False)),
            ],
            options={
                "db_table": "receipt",
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("round", "n"), name="one_receipt")],
            },
        ),
        migrations.CreateModel(
            name="DocumentRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit", models.TextField()),
                ("name", models.TextField()),
                ("digest", models.TextField()),
                ("round", models.ForeignKey("kept.roundrow", models.PROTECT, db_index=False)),
            ],
            options={
                "db_table": "document",
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("round", "unit", "name"), name="one_document")],
            },
        ),
        migrations.CreateModel(
            name="SubmissionRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit", models.TextField()),
                ("number", models.PositiveIntegerField()),
                ("data", models.BinaryField()),
                ("digest", models.TextField()),
                ("round", models.ForeignKey("kept.roundrow", models.PROTECT, db_index=False)),
            ],
            options={
                "db_table": "submission",
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("round", "unit", "number"), name="one_submission")],
            },
        ),
        migrations.CreateModel(
            name="TextRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.TextField()),
                ("number", models.PositiveIntegerField()),
                ("data", models.BinaryField()),
                ("digest", models.TextField()),
                ("round", models.ForeignKey("kept.roundrow", models.PROTECT, db_index=False)),
            ],
            options={
                "db_table": "text",
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("round", "name", "number"), name="one_text")],
            },
        ),
        migrations.RunPython(making(refusals(FIRST))),
    ]
