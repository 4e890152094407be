"""Whoever filled in for the worker before this was noted, and whoever had a hand in a review that still runs, has
their seat: they decide on it as little as those who do so from now on."""

from collections.abc import Iterator
from typing import Any

from django.db import migrations

AT_ONCE = 500
HOME = "home"  # photos of the home check are papers too, of the check


def note_fillers(apps: Any, schema_editor: Any) -> None:
    Application = apps.get_model("cases", "Application")
    Attachment = apps.get_model("cases", "Attachment")
    Filler = apps.get_model("cases", "Filler")
    assisted = Application.objects.exclude(assist_reason="").select_related("holder")
    for application in assisted.iterator(AT_ONCE):
        papers = Attachment.objects.filter(application=application).exclude(kind=HOME)
        helpers = {application.filled_by_id, *papers.values_list("added_by_id", flat=True)}
        for user in sorted(helpers - {application.holder.user_id}):
            Filler.objects.get_or_create(application=application, user_id=user)


def seat_whoever_took_part(apps: Any, schema_editor: Any) -> None:
    Review = apps.get_model("reviews", "Review")
    Seat = apps.get_model("reviews", "Seat")
    for review in Review.objects.filter(state__in=["open", "returned"]).iterator(AT_ONCE):
        for user, flow_step in _workers(apps, review):
            Seat.objects.get_or_create(
                review=review, user_id=user, defaults={"flow_step_id": flow_step}
            )
        for user in _fillers(apps, review):
            seat, _ = Seat.objects.get_or_create(
                review=review, user_id=user, defaults={"has_filled_in": True}
            )
            Seat.objects.filter(pk=seat.pk).update(has_filled_in=True)


def _workers(apps: Any, review: Any) -> Iterator[tuple[Any, Any]]:
    """Who did which step's work, in the order of the steps."""
    steps = apps.get_model("reviews", "Step").objects.filter(review=review)
    for step in steps.order_by("created_at", "pk"):
        of_step = {"step_id": step.pk}
        for name in ("HomeCheck", "Evaluation", "IncomeCheck"):
            rows = apps.get_model("cases", name).objects.filter(**of_step)
            yield from (
                (user, step.flow_step_id) for user in rows.values_list("recorded_by_id", flat=True)
            )
        signed = apps.get_model("cases", "Checker").objects.filter(home_check__step_id=step.pk)
        yield from ((user, step.flow_step_id) for user in signed.values_list("user_id", flat=True))
        decided = apps.get_model("reviews", "Decision").objects.filter(step=step)
        yield from ((user, step.flow_step_id) for user in decided.values_list("by_id", flat=True))


def _fillers(apps: Any, review: Any) -> list[Any]:
    rows = apps.get_model("cases", "Filler").objects.filter(application_id=review.subject_id)
    return list(rows.values_list("user_id", flat=True))


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0018_who_filled_in"),
        ("reviews", "0012_seats_of_all_who_took_part"),
    ]

    operations = [
        migrations.RunPython(note_fillers, migrations.RunPython.noop),
        migrations.RunPython(seat_whoever_took_part, migrations.RunPython.noop),
    ]
