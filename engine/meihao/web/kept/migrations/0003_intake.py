"""Makes the tables of the intake: steps of applications, drafts, and the files given with these."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

from ..triggers import making, refusals


class Migration(migrations.Migration):  # type: ignore[misc]  # untyped
    """The state with the intake."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("kept", "0002_people")]

    operations: ClassVar[list[object]] = [
        migrations.CreateModel(
            name="PaperRow",
            fields=[("digest", models.TextField(primary_key=True, serialize=False))],
            options={"db_table": "paper"},
        ),
        migrations.CreateModel(
            name="StepRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit", models.TextField()),
                ("number", models.PositiveIntegerField()),
                ("data", models.BinaryField()),
                ("digest", models.TextField()),
                ("round", models.ForeignKey("kept.roundrow", models.PROTECT, db_index=False)),
            ],
            options={
                "db_table": "step",
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("round", "unit", "number"), name="one_step")],
            },
        ),
        migrations.CreateModel(
            name="DraftRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("unit", models.TextField()),
                ("version", models.PositiveIntegerField()),
                ("data", models.BinaryField()),
                ("round", models.ForeignKey("kept.roundrow", models.PROTECT, db_index=False)),
            ],
            options={
                "db_table": "draft",
                "constraints": [models.UniqueConstraint(fields=("round", "unit"), name="one_draft")],
            },
        ),
        migrations.RunPython(making(refusals(("step",)))),
    ]
