"""爱心榜: who made wishes come true in a year. Only fulfilled wishes count.

Persons stand here who asked for it, most wishes first. Organisations stand by their names alone:
an order among them would be a ranking of work units, and a reason to press their people (摊派).
Unions are never listed: what a union pays for (工会兜底) is its duty.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, Q
from django.utils import timezone

from mashang.givers.models import Giver, Organisation
from mashang.givers.queries import public_name
from mashang.wishes.models import Claim
from mashang.wishes.rules import defaults

MOST = 500  # of each list


@dataclass(frozen=True)
class Honour:
    name: str
    wishes: int


@dataclass(frozen=True)
class Honours:
    year: int
    persons: list[Honour]
    organisations: list[Honour]
    wishes: int | None  # all that came true in the year, whoever gave; None is too few to be shown


def honours(year: int) -> Honours:
    """The lists of one year, by the day on which the family had what it wished for. Three queries."""
    total = (
        Claim.objects.unscoped(why="counts, and names that givers chose for the public")
        .filter(_fulfilled_in(year))
        .count()
    )
    is_many = total >= int(defaults()["least_alike"]["value"])
    return Honours(year, _persons(year), _organisations(year), total if is_many else None)


def years(today: date) -> list[int]:
    """This year and those before it back to the first wish that came true."""
    done = Claim.objects.unscoped(why="counts, and names that givers chose for the public").filter(
        state=Claim.State.FULFILLED
    )
    first = done.aggregate(at=Min("fulfilled_at"))["at"]
    since = timezone.localtime(first).year if first else today.year
    return list(range(today.year, since - 1, -1))


def _fulfilled_in(year: int, path: str = "") -> Q:
    here = timezone.get_current_timezone()
    first, after = datetime(year, 1, 1, tzinfo=here), datetime(year + 1, 1, 1, tzinfo=here)
    return Q(
        **{
            f"{path}state": Claim.State.FULFILLED,
            f"{path}fulfilled_at__gte": first,
            f"{path}fulfilled_at__lt": after,
        }
    )


def _persons(year: int) -> list[Honour]:
    """Those who asked to be named; of one number, in the order of their names."""
    asked = Giver.objects.filter(is_on_honour_list=True).exclude(shown_as=Giver.ShownAs.NOBODY)
    given = _fulfilled_in(year, "user__claims__") & Q(user__claims__kind=Claim.Kind.PERSON)
    counted = asked.annotate(wishes=Count("user__claims", filter=given)).filter(wishes__gt=0)
    named = [
        Honour(public_name(giver.user, giver), giver.wishes)
        for giver in counted.select_related("user")
    ]
    return sorted(named, key=lambda honour: (-honour.wishes, *_alphabetical(honour)))[:MOST]


def _organisations(year: int) -> list[Honour]:
    approved = Organisation.objects.unscoped(
        why="counts, and names that givers chose for the public"
    ).approved()
    given = approved.annotate(
        wishes=Count("claims", filter=_fulfilled_in(year, "claims__"))
    ).filter(wishes__gt=0)
    named = [Honour(*row) for row in given.values_list("name", "wishes")]
    return sorted(named, key=_alphabetical)[:MOST]


def _alphabetical(honour: Honour) -> tuple[bytes, str]:
    """By the sound of the characters: the national code has the common ones in that order."""
    return honour.name.encode("gb18030"), honour.name
