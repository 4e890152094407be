"""What somebody asks of the wall in its address. What makes no sense is as if it had not been said."""

import re
from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mashang.core.numbers import is_number
from mashang.web.forms import Form
from mashang.wishes.models import Category, Complaint, Wish
from mashang.wishes.prices import BY_CODE
from mashang.wishes.queries.wall import Asked

MOST_CHARACTERS = 40
STATES = (Wish.State.OPEN, Wish.State.CLAIMED, Wish.State.FULFILLED)
_REGION = re.compile(r"[0-9]{4}([0-9]{2})?")
_PAGE = re.compile(r"[1-9][0-9]{0,5}")


def asked(query: QueryDict) -> Asked:
    """Any address gives a page of the wall."""
    region = query.get("region", "")
    return Asked(
        state=_one_of(query, "state", STATES) or Wish.State.OPEN,
        region=region if _REGION.fullmatch(region) else "",
        category=_one_of(query, "category", Category.values),
        band=_one_of(query, "band", BY_CODE),
        words=query.get("words", "").replace("\0", "")[:MOST_CHARACTERS].strip(),
        after=_number(query, "after"),
        before=_number(query, "before"),
    )


def page_number(query: QueryDict) -> int:
    """Which page this is, as the page before counted; it leads nowhere."""
    text = query.get("page", "")
    return int(text) if _PAGE.fullmatch(text) else 1


def _one_of(query: QueryDict, name: str, known: Iterable[str]) -> str:
    word = query.get(name, "")
    return word if word in known else ""


def _number(query: QueryDict, name: str) -> str:
    number = query.get(name, "")
    return number if is_number(number, "XY") else ""


class ReportForm(Form):
    """举报: what is wrong with a wish's words; nobody says who they are."""

    kind = forms.ChoiceField(
        label=_("有什么问题"),
        choices=[(kind.value, kind.label) for kind in Complaint.OF_WALL],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("说说情况"),
        help_text=_("最多 200 个字；请不要写自己和别人的姓名、电话"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
