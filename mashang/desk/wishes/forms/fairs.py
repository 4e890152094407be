"""Forms of fairs and of the board: shape only; the rules are in `wishes.actions`."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mashang.desk.cases.forms.reviews import YuanField
from mashang.desk.unions.forms.tree import day_field
from mashang.unions.models import Union
from mashang.web.forms import Form
from mashang.wishes.models import Fair, Stock, Wish


class ChosenForm(Form):
    """Wishes that were ticked, of those that this colleague may see."""

    wishes = forms.ModelMultipleChoiceField(queryset=Wish.objects.none())

    def __init__(self, data: Any, wishes: QuerySet[Wish]) -> None:
        super().__init__(data)
        self.fields["wishes"].queryset = wishes  # type: ignore[attr-defined]


class PlaceForm(ChosenForm):
    """Which wishes go to which fair."""

    fair = forms.ModelChoiceField(queryset=Fair.objects.none())

    def __init__(self, data: Any, wishes: QuerySet[Wish], fairs: QuerySet[Fair]) -> None:
        super().__init__(data, wishes)
        self.fields["fair"].queryset = fairs  # type: ignore[attr-defined]


class FairForm(Form):
    union = forms.ChoiceField(label=_("主办工会"))
    name = forms.CharField(label=_("名称"), max_length=40)
    place = forms.CharField(label=_("地点"), max_length=80)
    held_on = day_field(_("日期"))

    def __init__(self, data: Any, unions: Sequence[Union]) -> None:
        super().__init__(data)
        self.unions = {str(union.pk): union for union in unions}
        names = [(key, union.name) for key, union in self.unions.items()]
        self.fields["union"].choices = names  # type: ignore[attr-defined]

    def clean_union(self) -> Union:
        return self.unions[self.cleaned_data["union"]]


class StockForm(Form):
    item = forms.CharField(label=_("物品"), max_length=30)
    price_fen = YuanField(label=_("单价（元）"))
    bought = forms.IntegerField(label=_("数量"), min_value=1, max_value=9999)


class RestockForm(Form):
    more = forms.IntegerField(label=_("补货数量"), min_value=1, max_value=9999)


class CodeForm(Form):
    """What a scanner types, or a colleague: the code, or the whole address of the card."""

    code = forms.CharField(label=_("心愿卡上的码"), max_length=200)

    def clean_code(self) -> str:
        words: str = self.cleaned_data["code"].strip().rstrip("/")
        return words.rsplit("/", 1)[-1].upper()


class HandOutForm(Form):
    stock = forms.ModelChoiceField(
        label=_("从库存领取"),
        queryset=Stock.objects.none(),
        required=False,
        empty_label=_("不用库存"),
    )
    goods = forms.CharField(
        label=_("认领人在现场买的东西"),
        max_length=60,
        required=False,
        help_text=_("用库存的不用填"),
    )

    def __init__(self, data: Any, left: QuerySet[Stock]) -> None:
        super().__init__(data)
        field = self.fields["stock"]
        field.queryset = left  # type: ignore[attr-defined]
        field.label_from_instance = _stock_words  # type: ignore[attr-defined]


def _stock_words(stock: Stock) -> str:
    return f"{stock.item}（{stock.left}）"
