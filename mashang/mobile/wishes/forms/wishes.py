"""Forms of one's own wishes: shape only; what may be wished for is in `wishes.eligibility`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mashang.core.money import parse_yuan, yuan
from mashang.web.forms import Form, read_as
from mashang.wishes.catalogue import Item
from mashang.wishes.eligibility import MOST_REASON
from mashang.wishes.models import Category, DeliveryMode, ForWhom, Wish
from mashang.wishes.words import WishWords, words_of

# What a family may choose; parcels to the union are the giver's affair.
WAYS = [
    (DeliveryMode.THROUGH_UNION, _("由工会转交给我")),
    (DeliveryMode.FAIR, _("在工会的活动上领")),
    (DeliveryMode.SERVICE, _("是一项服务，约好时间去")),
    (DeliveryMode.TO_HOME, _("直接送到我家（要把住址告诉认领人）")),
]


class WishForm(Form):
    """One wish in plain fields. The price is typed in yuan and cleaned to fen."""

    category = forms.ChoiceField(label=_("哪一类"), choices=Category.choices)
    item = forms.CharField(label=_("想要什么"), max_length=30)
    price_fen = forms.CharField(
        label=_("大约多少钱"), widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    spec = forms.CharField(
        label=_("大小、尺码"),
        max_length=40,
        required=False,
        help_text=_("例如“3 升”“42 码”“一米五”"),
    )
    for_whom = forms.ChoiceField(
        label=_("给谁用"), choices=ForWhom.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("为什么需要它"),
        max_length=MOST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "一两句话就好，说东西不说病情，也不说学校、年级和单位。不要写姓名、电话、微信和住址"
        ),
    )
    needed_by = forms.DateField(
        label=_("希望什么时候以前收到"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    delivery_mode = forms.ChoiceField(
        label=_("怎么拿到"),
        choices=WAYS,
        initial=DeliveryMode.THROUGH_UNION,
        widget=forms.RadioSelect,
    )

    def clean_price_fen(self) -> int:
        return read_as(parse_yuan, self.cleaned_data["price_fen"])

    def keep_from_home(self, why: str = "") -> None:
        """Where nothing is sent straight home it is not offered; `why` is said where it will be some day."""
        asked = self.fields["delivery_mode"]
        asked.choices = WAYS[:-1]  # type: ignore[attr-defined]
        asked.help_text = why
        if self.initial.get("delivery_mode") == DeliveryMode.TO_HOME:
            self.initial = {**self.initial, "delivery_mode": DeliveryMode.THROUGH_UNION}

    def words(self) -> WishWords:
        return WishWords(**self.cleaned_data)


class AgreeForm(Form):
    """同意⑦: never ticked beforehand."""

    agree = forms.BooleanField(
        label=_("我同意把隐去姓名的心愿放上心愿墙"),
        error_messages={"required": _("请勾选同意后再提交；不同意也不影响帮扶")},
    )


class AddressForm(Form):
    """同意⑧: of this wish alone; never ticked beforehand."""

    agrees_address = forms.BooleanField(
        label=_("我同意让认领这个心愿的人看到我的姓名、电话和住址"),
        error_messages={"required": _("请勾选同意，或者回去改成由工会转交；不同意也不影响帮扶")},
    )


def as_typed(words: WishWords) -> dict[str, Any]:
    """Words as the form shows them."""
    return {**words.columns(), "price_fen": yuan(words.price_fen)}


def of_item(item: Item) -> dict[str, Any]:
    """What choosing from the list fills in."""
    told = {"category": item.category, "item": item.name, "price_fen": yuan(item.price_fen)}
    return told | ({"delivery_mode": DeliveryMode.SERVICE} if item.is_service else {})


def of_wish(wish: Wish) -> dict[str, Any]:
    return as_typed(words_of(wish))
