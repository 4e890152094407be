"""防护: how long a new number or account waits, how often colleagues are asked for their kin, and how fast one
may look at what is hidden."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.db.models import Max
from django.utils import timezone

from mashang.accounts.models import User
from mashang.accounts.queries import kin_declared_at
from mashang.cases.models import Holder
from mashang.core.days import day_of
from mashang.unions.models import Union
from mashang.unions.numbers import Numbers
from mashang.unions.queries import highest_union

NUMBERS = Numbers("safeguard", Path(__file__).parent / "data/safeguards.json")


@dataclass(frozen=True)
class Safeguards:
    """What holds at one union on one day."""

    workdays_to_change: int  # between the second person's word and the effect
    reveals_a_day: int  # per colleague
    reveals_in_ten_minutes: int  # per colleague, before they prove again who they are
    papers_a_day: int  # photos of papers, per colleague
    id_numbers_a_day: int  # per colleague, where the answer could tell whether somebody is on file
    days_between_declarations: int  # before a colleague is asked again who their kin are
    days_newly_linked: (
        int  # that long another colleague vouches for an account of a linked household
    )
    households_at_one_address: int  # more than these are no kin of each other: a dormitory


def safeguards_at(union: Union, on: date) -> Safeguards:
    """Those in force at a union. One query."""
    return Safeguards(**NUMBERS.at(union, on))


def newly_linked_until(holder: Holder) -> date | None:
    """From which day on the household speaks for itself in everything; None where it does already.

    Whoever signs in for it came by a phone that a colleague had entered, and not long ago: that phone was one
    person's word. After a merge the later of the two counts. Up to two queries.
    """
    halves = Holder.objects.halves_of(holder.merged_into_id or holder.pk)
    since: date | None = halves.aggregate(last=Max("linked_on"))["last"]
    if since is None:
        return None
    today = timezone.localdate()
    until = since + timedelta(days=safeguards_at(holder.union, today).days_newly_linked)
    return until if until > today else None


def kin_declared_until(user: User) -> date | None:
    """The last day on which a colleague's word about their kin holds; None for who never gave it, or too long ago.

    Up to three queries.
    """
    said_at = kin_declared_at(user)
    if said_at is None:
        return None
    today, union = timezone.localdate(), highest_union(user)
    numbers = safeguards_at(union, today) if union else Safeguards(**NUMBERS.unchanged())
    last = day_of(said_at) + timedelta(days=numbers.days_between_declarations)
    return last if last >= today else None
