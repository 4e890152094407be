"""去哪里办: a refusal that says where to go has a button that goes there."""

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.aid.actions import AccountTakenBack
from mashang.core.errors import DomainError
from mashang.web.error_responses import SignedOut
from mashang.wishes import refusals as wishes

register = template.Library()

_WALL = ("mobile:wall", N_("去心愿墙看看"))
_CLAIMS = ("mobile:giving", N_("看我认领的心愿"))
_WISHES = ("mobile:my-wishes", N_("看我的心愿"))

# The page that the sentence speaks of, and what the button says.
WAYS: dict[type[DomainError], tuple[str, str]] = {
    wishes.NotOnWall: _WALL,
    wishes.WishTaken: _WALL,
    wishes.WishOffWall: _WALL,
    wishes.TooManyClaims: _CLAIMS,
    wishes.HasOverdueClaim: _CLAIMS,
    wishes.TooManyGivenUp: _CLAIMS,
    wishes.HasLiveWish: _WISHES,
    wishes.YearIsFull: _WISHES,
    wishes.NotOnFile: ("mobile:apply", N_("去申请帮扶")),
    AccountTakenBack: ("mobile:consents", N_("去重新同意")),
    SignedOut: ("mobile:sign-in", N_("重新登录")),
}
# Pages that a sentence of any room may name in quotation marks.
NAMED: dict[str, tuple[str, str]] = {
    "我的事项": ("mobile:matters", N_("看我的事项")),
    "我的服务": ("mobile:own", N_("去我的服务")),
    "我的认领": _CLAIMS,
}


@register.simple_tag
def way_on(refusal: DomainError) -> dict[str, str] | None:
    """`href` and `words` of the page to go to; None where the sentence names none."""
    way = WAYS.get(type(refusal)) or _named_in(_(refusal.message))
    return {"href": reverse(way[0]), "words": way[1]} if way else None


def _named_in(sentence: str) -> tuple[str, str] | None:
    for name, way in NAMED.items():
        if any("“" + said + "”" in sentence for said in (name, _(name))):
            return way
    return None
