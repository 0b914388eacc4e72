"""Makes the tables of people: accounts and what proves them, who is logged in, failed logins, links."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models

from ..triggers import credential_refusals, making, refusals


class Migration(migrations.Migration):  # type: ignore[misc]  # untyped
    """Adds people to the first state."""

    dependencies: ClassVar[list[tuple[str, str]]] = [("kept", "0001_initial")]

    operations: ClassVar[list[object]] = [
        migrations.CreateModel(
            name="AccountRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("login", models.TextField()),
                ("number", models.PositiveIntegerField()),
                ("data", models.BinaryField()),
                ("digest", models.TextField()),
            ],
            options={
                "db_table": "account",
                "base_manager_name": "objects",
                "constraints": [models.UniqueConstraint(fields=("login", "number"), name="one_account")],
            },
        ),
        migrations.CreateModel(
            name="CredentialRow",
            fields=[
                ("login", models.TextField(primary_key=True, serialize=False)),
                ("password", models.TextField()),
                ("must_change", models.BooleanField(default=True)),
                ("totp", models.TextField(blank=True)),
                ("recovery", models.TextField(blank=True)),
                ("event", models.PositiveIntegerField()),
            ],
            options={"db_table": "credential", "base_manager_name": "objects"},
        ),
        migrations.CreateModel(
            name="SessionRow",
            fields=[
                ("digest", models.TextField(primary_key=True, serialize=False)),
                ("login", models.TextField(db_index=True)),
                ("address", models.TextField(blank=True)),
                ("browser", models.TextField(blank=True)),
                ("began", models.DateTimeField()),
                ("seen", models.DateTimeField()),
                ("data", models.TextField()),
            ],
            options={"db_table": "session"},
        ),
        migrations.CreateModel(
            name="FailureRow",
            fields=[("key", models.TextField(primary_key=True, serialize=False)), ("until", models.DateTimeField())],
            options={"db_table": "failure"},
        ),
        migrations.CreateModel(
            name="UsedCodeRow",
            fields=[("login", models.TextField(primary_key=True, serialize=False)), ("step", models.BigIntegerField())],
            options={"db_table": "used_code"},
        ),
        migrations.CreateModel(
            name="LinkRow",
            fields=[
                ("digest", models.TextField(primary_key=True, serialize=False)),
                ("until", models.DateTimeField()),
            ],
            options={"db_table": "link"},
        ),
        migrations.RunPython(making((*refusals(("account",)), *credential_refusals()))),
    ]
