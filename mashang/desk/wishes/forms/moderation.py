"""Forms of moderating and of posting for a worker: shape only; the rules are in the wishes' room."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mashang.core.money import parse_yuan, yuan
from mashang.desk.unions.forms.tree import day_field
from mashang.unions.numbers import is_money
from mashang.web.forms import Form, read_as
from mashang.wishes.eligibility import MOST_REASON
from mashang.wishes.models import Category, DeliveryMode, ForWhom, Wish
from mashang.wishes.queries.descriptions import Description
from mashang.wishes.queries.moderation import MINE
from mashang.wishes.rules import label_of
from mashang.wishes.words import WishWords, words_of


def amount_field(label: Any, **also: Any) -> forms.CharField:
    """Typed in yuan; the form's `clean_…` makes fen of it (see `read_as`)."""
    return forms.CharField(
        label=label, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **also
    )


class ShownForm(Form):
    """Which wishes the list shows; stands in the address."""

    show = forms.ChoiceField(choices=[(MINE, ""), *Wish.State.choices], required=False)


class OpenForm(Form):
    """终审: what the public reads, and how broadly the family is described."""

    story = forms.CharField(
        label=_("公开的话"),
        max_length=MOST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("原话里会让人认出来的那几句已经拿掉，可以改得通顺些，不要添加"),
    )
    rung = forms.TypedChoiceField(label=_("怎么写这户家庭"), coerce=int, widget=forms.RadioSelect)
    is_common = forms.BooleanField(
        label=_("公开的话里说了病情、学校、单位这一类的，我核对过：在档家庭里够户数都是这样"),
        required=False,
    )

    def __init__(self, rungs: list[Description], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rung"].choices = [  # type: ignore[attr-defined]
            (number, _said(rung)) for number, rung in enumerate(rungs)
        ]


def _said(rung: Description) -> str:
    """青山镇 · 50–59岁 · 给全家."""
    whom = _("给%(whom)s") % {"whom": _(str(ForWhom(rung.shown_for).label))}
    words = [word for word in (rung.place.name, rung.age_band, whom) if word]
    if not rung.place.name:
        words.append(str(_("不写地区和年龄")))
    return " · ".join(words)


class WhyForm(Form):
    why = forms.CharField(
        label=_("要改哪里，或者为什么下架"),
        max_length=100,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("职工会看到原话，请写得明白、客气"),
    )


class HideForm(Form):
    """撤下: its field has a name of its own, as `WhyForm` may stand on the same page."""

    hidden_why = forms.CharField(
        label=_("为什么撤下"),
        max_length=100,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("职工会看到原话，请写得明白、客气"),
    )


class AssistForm(Form):
    """代发: the same words as on the phone, and why the union does it."""

    category = forms.ChoiceField(label=_("类别"), choices=Category.choices)
    item = forms.CharField(label=_("物品或服务"), max_length=30)
    price_fen = amount_field(_("参考价（元）"))
    spec = forms.CharField(label=_("规格尺码"), max_length=40, required=False)
    for_whom = forms.ChoiceField(label=_("给谁"), choices=ForWhom.choices)
    reason = forms.CharField(
        label=_("为什么需要"),
        max_length=MOST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("照职工的意思写，不写姓名、单位、电话和住址，也不写病情、学校和年级"),
    )
    needed_by = day_field(_("希望在此之前"), required=False)
    delivery_mode = forms.ChoiceField(label=_("送达方式"), choices=DeliveryMode.choices)
    assist_reason = forms.CharField(
        label=_("为什么代发"), max_length=100, help_text=_("例如“本人不会用手机，上门时口述”")
    )
    agreed = forms.BooleanField(
        label=_("职工已在纸质同意书上签字，同意隐去姓名上墙"),
        error_messages={"required": _("请先请职工在同意书上签字，再勾选")},
    )

    agrees_address = forms.BooleanField(
        label=_("直接送到家的：职工已另外签字，同意让认领人看到姓名、电话和住址"), required=False
    )

    def clean_price_fen(self) -> int:
        return read_as(parse_yuan, self.cleaned_data["price_fen"])

    def assistance(self) -> dict[str, Any]:
        """Why the union does it, and whether the worker has signed for the address too."""
        return {name: self.cleaned_data[name] for name in ("assist_reason", "agrees_address")}

    def words(self) -> WishWords:
        names = WishWords.__dataclass_fields__
        return WishWords(**{name: self.cleaned_data[name] for name in names})


class WithdrawForm(Form):
    """代撤回: the worker's wish, and why the union carries it out."""

    assist_reason = forms.CharField(
        label=_("为什么代办"), max_length=100, help_text=_("例如“本人来电说不需要了”")
    )


def of_wish(wish: Wish) -> dict[str, Any]:
    """A wish as the form shows it."""
    return {**words_of(wish).columns(), "price_fen": yuan(wish.price_fen)}


class NumberForm(Form):
    """One number of the rules; those in fen are typed in yuan."""

    value = forms.CharField(label=_("数值"), widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    source = forms.CharField(label=_("依据"), max_length=200, help_text=_("文件名称、文号、第几条"))
    valid_from = day_field(_("生效日期"))

    def __init__(self, code: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code = code
        self.fields["value"].label = label_of(code)

    def clean_value(self) -> int:
        text = self.cleaned_data["value"]
        if is_money(self.code):
            return read_as(parse_yuan, text)
        if not text.strip().isdecimal():
            raise forms.ValidationError(_("请填整数"))
        return int(text)


class ItemForm(Form):
    """One usual thing with its price."""

    category = forms.ChoiceField(label=_("类别"), choices=Category.choices)
    name = forms.CharField(label=_("物品或服务"), max_length=30)
    price = amount_field(_("参考价（元）"))
    valid_from = day_field(_("生效日期"))

    def clean_price(self) -> int:
        return read_as(parse_yuan, self.cleaned_data["price"])
