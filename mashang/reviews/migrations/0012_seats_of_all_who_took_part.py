"""Every hand in a review has its seat, and a step knows when it went up for lack of people."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0011_fair_manage"),
        ("unions", "0002_holiday_notice"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="seat",
            name="has_filled_in",
            field=models.BooleanField(default=False, verbose_name="代填过"),
        ),
        migrations.AddField(
            model_name="step",
            name="has_nobody",
            field=models.BooleanField(default=False, verbose_name="没有人可以办"),
        ),
        migrations.AddField(
            model_name="step",
            name="instead_of",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="unions.union",
                verbose_name="代替没有人可办的工会",
            ),
        ),
        migrations.AddField(
            model_name="step",
            name="looked_at",
            field=models.DateTimeField(null=True, verbose_name="最近查看有没有人可办"),
        ),
        migrations.AddField(
            model_name="step",
            name="moved_at",
            field=models.DateTimeField(null=True, verbose_name="转到上级的时间"),
        ),
        migrations.AlterField(
            model_name="seat",
            name="flow_step",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reviews.flowstep",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("flow_step__isnull", False), ("has_filled_in", True), _connector="OR"
                ),
                name="seat_says_how_one_took_part",
            ),
        ),
    ]
