"""档案架: the files of a branch, narrowed by what is asked of them."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.cases.models import Case, ChangeRequest, Fact, Pairing, Transfer
from mashang.cases.queries.files import STALE_AFTER

PAGE = 30
SHOWS = {
    "stale": N_("信息超过一年没核实"),
    "no_helper": N_("没有帮扶责任人"),
    "change": N_("变动待核实"),
    "pairing": N_("结对待确认"),
}


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; every word stands in the address."""

    state: str = Case.State.ACTIVE
    category: str = ""
    level: str = ""
    show: str = ""


def files(user: User, wanted: Wanted) -> QuerySet[Case]:
    """The files in the user's branches, the newest first, with what is to do about each."""
    rows = Case.objects.visible_to(user).filter(holder__merged_into=None)
    named = {"state": wanted.state, "category": wanted.category, "level": wanted.level}
    rows = rows.filter(**{name: value for name, value in named.items() if value})
    narrowed = _shown(rows, wanted.show)
    return (
        _with_tasks(narrowed).select_related("holder__union", "union").order_by("-filed_on", "pk")
    )


def _shown(rows: QuerySet[Case], show: str) -> QuerySet[Case]:
    if show == "no_helper":
        return rows.filter(~_helped())
    conditions = {"stale": _stale(), "change": _asked(), "pairing": _proposed()}
    return rows.filter(conditions[show]) if show in conditions else rows


def _with_tasks(rows: QuerySet[Case]) -> QuerySet[Case]:
    moving = Transfer.objects.unscoped(why="narrows files that are already in scope").filter(
        case=OuterRef("pk"), state=Transfer.State.ASKED
    )
    return rows.annotate(
        is_stale=_stale(),
        is_helped=_helped(),
        is_asked=_asked(),
        is_proposed=_proposed(),
        is_moving=Exists(moving),
    )


def _stale() -> Exists:
    since = timezone.localdate() - STALE_AFTER
    return Exists(
        Fact.objects.unscoped(why="narrows files that are already in scope").filter(
            case=OuterRef("pk"), checked_on__lt=since
        )
    )


def _helped() -> Exists:
    return Exists(
        Pairing.objects.unscoped(why="narrows files that are already in scope")
        .live()
        .filter(case=OuterRef("pk"))
    )


def _asked() -> Exists:
    asked = ChangeRequest.objects.unscoped(why="narrows files that are already in scope").filter(
        state=ChangeRequest.State.ASKED
    )
    return Exists(asked.filter(case=OuterRef("pk")))


def _proposed() -> Exists:
    waiting = Pairing.objects.unscoped(why="narrows files that are already in scope").filter(
        confirmed_by=None, to_on=None
    )
    return Exists(waiting.filter(case=OuterRef("pk")))
