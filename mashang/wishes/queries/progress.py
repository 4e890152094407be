"""心愿到哪一步了: the state of a wish in plain words, for the family that posted it."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mashang.core.wording import day
from mashang.wishes.models import Claim, Wish
from mashang.wishes.offices import office_of
from mashang.wishes.queries.claims import comes_late, signature_of
from mashang.wishes.queries.deliveries import another_answers_until
from mashang.wishes.queries.homes import is_going_home, may_go_home

TONES = {
    Wish.State.SUBMITTED: "wait",
    Wish.State.CHECKED: "wait",
    Wish.State.RETURNED: "bad",
    Wish.State.OPEN: "info",
    Wish.State.CLAIMED: "info",
    Wish.State.FULFILLED: "good",
    Wish.State.WITHDRAWN: "rest",
    Wish.State.CLOSED: "rest",
}


@dataclass(frozen=True)
class Standing:
    """The badge's word and tone, and one sentence: who has it, and what comes next by when."""

    word: str
    tone: str
    words: str
    asks_to_confirm: bool = (
        False  # it was handed over or sent home, and the family has not answered
    )


def standing_of(wish: Wish) -> Standing:
    state = Wish.State(wish.state)
    if wish.hidden_why and state == Wish.State.OPEN:
        return Standing(_("没有公开"), "rest", _taken_down(wish))
    if wish.is_hidden and state == Wish.State.OPEN:
        return Standing(_("没有公开"), "rest", _off_wall(wish))
    is_here = state == Wish.State.CLAIMED and _may_be_here(wish)
    return Standing(_(str(state.label)), TONES[state], _WORDS[state](wish), is_here)


def _may_be_here(wish: Wish) -> bool:
    claim = wish.claims.filter(state__in=Claim.LIVE).first()
    if claim is None:
        return False
    if claim.state == Claim.State.HANDED_OVER:
        return another_answers_until(claim) is None
    return is_going_home(claim)


def _submitted(wish: Wish) -> str:
    return _("%(union)s正在初审，有结果会告诉您。") % {"union": wish.union.name}


def _checked(wish: Wish) -> str:
    return _("初审已通过，%(union)s正在终审，通过后就上心愿墙。") % {
        "union": office_of(wish.union).name
    }


def _returned(wish: Wish) -> str:
    return _("请改一处再提交：%(why)s") % {"why": wish.returned_why}


def _open(wish: Wish) -> str:
    days = wish.waited_days(timezone.localdate())
    if days == 0:
        return _("今天上了心愿墙，正在等人认领。")
    words = ngettext(
        "在心愿墙上等了 %(n)d 天，还没有人认领。", "在心愿墙上等了 %(n)d 天，还没有人认领。", days
    )
    return words % {"n": days}


def _taken_down(wish: Wish) -> str:
    return _(
        "工会把它从心愿墙撤下了，原因：%(why)s。您可以改好再提交，也可以撤回；工会仍可以来实现它。"
    ) % {"why": wish.hidden_why}


def _off_wall(wish: Wish) -> str:
    return _(
        "您撤回了公开的同意，心愿没有展示，爱心人士看不到。重新同意后会再上墙，也可以撤回这个心愿；工会仍可以来实现它。"
    )


def _claimed(wish: Wish) -> str:
    claim = wish.claims.filter(state__in=Claim.LIVE).select_related("giver", "organisation").first()
    if claim is None:
        return _("已有人认领。")
    facts = {"who": _who(claim), "day": day(claim.due_on), "union": wish.union.name}
    if claim.state == Claim.State.HANDED_OVER:
        return _handed_over(claim, facts)
    if claim.state == Claim.State.RECEIVED:
        return _("%(who)s的心意已送到工会，%(union)s会尽快转交给您。") % facts
    if is_going_home(claim):
        return (
            _("%(who)s的心意正直接送往您家。收到了请确认，没有收到或者不对，也请告诉工会。") % facts
        )
    words = _("%(who)s认领了，最晚 %(day)s 送到工会，送到后由工会转交给您。")
    if may_go_home(claim, timezone.localdate()):
        words = _(
            "%(who)s认领了，最晚 %(day)s 送到。为了送到家，对方现在能看到您的姓名、电话和住址。"
        )
    said = words % facts
    return said + _hoped_earlier(wish, claim)


def _handed_over(claim: Claim, facts: dict[str, str]) -> str:
    until = another_answers_until(claim)
    if until is None:
        return _("%(union)s登记已经转交给您，请确认收到。") % facts
    return _(
        "%(union)s登记已经转交给您。您的账号是刚接上的，%(until)s以前由另一位同志来问您、替您确认；没有收到或者不对，请告诉工会。"
    ) % {**facts, "until": day(until)}


def _hoped_earlier(wish: Wish, claim: Claim) -> str:
    if not comes_late(wish, claim.due_on):
        return ""
    return _(
        "可能比您希望的 %(day)s 晚，认领人知道这个日子，会尽量早送；等不及的请找%(union)s。"
    ) % {
        "day": day(wish.needed_by),
        "union": wish.union.name,
    }


def _who(claim: Claim) -> str:
    if claim.kind == Claim.Kind.UNION:
        return _("工会")
    return signature_of(claim)


def _fulfilled(wish: Wish) -> str:
    return _("%(day)s实现了，祝您一家平安。") % {"day": day(wish.fulfilled_at)}


def _withdrawn(wish: Wish) -> str:
    return _("已按您的意思撤回，可以再发布新的心愿。")


def _closed(wish: Wish) -> str:
    return _("没有继续，原因：%(why)s。不影响帮扶，可以再发布新的心愿。") % {
        "why": _(wish.closed_why)
    }


_WORDS = {
    Wish.State.SUBMITTED: _submitted,
    Wish.State.CHECKED: _checked,
    Wish.State.RETURNED: _returned,
    Wish.State.OPEN: _open,
    Wish.State.CLAIMED: _claimed,
    Wish.State.FULFILLED: _fulfilled,
    Wish.State.WITHDRAWN: _withdrawn,
    Wish.State.CLOSED: _closed,
}
