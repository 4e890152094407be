"""Fields and constraints of fairs, complaints and delivery plans bear the names of their models."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("givers", "0002_representative"),
        ("unions", "0001_initial"),
        ("wishes", "0004_names_of_coming_rooms"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="complaint",
            name="problem_state_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="complaint",
            name="problem_is_open_once_per_person",
        ),
        migrations.RemoveConstraint(
            model_name="complaint",
            name="answered_problem_has_its_answer",
        ),
        migrations.RemoveConstraint(
            model_name="complaint",
            name="problem_of_a_claim_names_who_raised_it",
        ),
        migrations.RemoveConstraint(
            model_name="fair",
            name="event_state_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="fairwish",
            name="wish_is_at_one_event",
        ),
        migrations.RemoveConstraint(
            model_name="fairwish",
            name="event_wish_is_given_or_removed",
        ),
        migrations.RemoveConstraint(
            model_name="pledge",
            name="matched_pledge_has_its_plan",
        ),
        migrations.RemoveConstraint(
            model_name="stock",
            name="stock_lists_an_item_once",
        ),
        migrations.RenameField(
            model_name="claim",
            old_name="plan",
            new_name="delivery_plan",
        ),
        migrations.RenameField(
            model_name="fairwish",
            old_name="event",
            new_name="fair",
        ),
        migrations.RenameField(
            model_name="pledge",
            old_name="plan",
            new_name="delivery_plan",
        ),
        migrations.RenameField(
            model_name="stock",
            old_name="event",
            new_name="fair",
        ),
        migrations.AlterField(
            model_name="complaint",
            name="claim",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="complaints",
                to="wishes.claim",
            ),
        ),
        migrations.AlterField(
            model_name="complaint",
            name="wish",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="complaints",
                to="wishes.wish",
            ),
        ),
        migrations.AlterField(
            model_name="deliveryplan",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="delivery_plans",
                to="givers.organisation",
            ),
        ),
        migrations.AlterField(
            model_name="fair",
            name="union",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="fairs",
                to="unions.union",
                verbose_name="主办工会",
            ),
        ),
        migrations.AlterField(
            model_name="fairwish",
            name="wish",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="fair_wishes",
                to="wishes.wish",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("open", "answered"))),
                name="complaint_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("wish", "raised_by"),
                name="complaint_is_open_once_per_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "open"), models.Q(("answer", ""), _negated=True), _connector="OR"
                ),
                name="answered_complaint_has_its_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.CheckConstraint(
                condition=models.Q(("claim", None), ("raised_by__isnull", False), _connector="OR"),
                name="complaint_of_a_claim_names_who_raised_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="fair",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ("planned", "running", "done", "cancelled"))),
                name="fair_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="fairwish",
            constraint=models.UniqueConstraint(
                condition=models.Q(("handed_at", None), ("removed_at", None)),
                fields=("wish",),
                name="wish_is_at_one_fair",
            ),
        ),
        migrations.AddConstraint(
            model_name="fairwish",
            constraint=models.CheckConstraint(
                condition=models.Q(("handed_at", None), ("removed_at", None), _connector="OR"),
                name="fair_wish_is_given_or_removed",
            ),
        ),
        migrations.AddConstraint(
            model_name="pledge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "matched"), _negated=True),
                    ("delivery_plan__isnull", False),
                    _connector="OR",
                ),
                name="matched_pledge_has_its_delivery_plan",
            ),
        ),
        migrations.AddConstraint(
            model_name="stock",
            constraint=models.UniqueConstraint(
                fields=("fair", "item"), name="stock_lists_an_item_once"
            ),
        ),
    ]
