"""Each colleague who filled in for a worker is noted, not the last one alone."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import mashang.core.models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0017_granted_is_not_yet_given"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Filler",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=mashang.core.models.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="登记时间"
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="fillers",
                        to="cases.application",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "代填人",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "user"), name="filler_is_noted_once"
                    )
                ],
            },
        ),
    ]
