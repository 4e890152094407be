"""The eight questions of the self-test, in two short pages."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_noop as N_

from mashang.cases.selftest import (
    COST_BANDS,
    INCOME_BANDS,
    REASONS,
    VEHICLES,
    WORKPLACES,
    Answers,
)
from mashang.web.forms import Form

_CHOOSE = {"required": N_("请选一项")}


def _bands(bands: Mapping[str, object]) -> list[tuple[str, str]]:
    return [(code, band.label) for code, band in bands.items()]  # type: ignore[attr-defined]


def _radio(label: str, choices: list[tuple[str, str]], **more: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages=_CHOOSE,
        **more,  # type: ignore[arg-type]
    )


class _Page(Form):
    use_required_attribute = False


class FirstPage(_Page):
    region = forms.ChoiceField(
        label=N_("您住在哪里"), error_messages={"required": N_("请选择您住的地方")}
    )
    persons = forms.IntegerField(
        label=N_("家里几口人一起生活"),
        min_value=1,
        max_value=20,
        help_text=N_("包括您自己"),
        error_messages={
            "required": N_("请填人数，例如 3"),
            "invalid": N_("请只填数字，例如 3"),
            "min_value": N_("至少 1 人"),
            "max_value": N_("人数太多，请核对"),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    income = _radio(
        N_("全家一年大概收入多少"), _bands(INCOME_BANDS), help_text=N_("工资、做生意、退休金都算")
    )

    def __init__(self, regions: Mapping[str, str], data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["region"].choices = [("", N_("请选择")), *regions.items()]  # type: ignore[attr-defined]


class SecondPage(_Page):
    costs = _radio(N_("一年里看病、上学等大笔花费，自己出了多少"), _bands(COST_BANDS))
    reasons = forms.MultipleChoiceField(
        label=N_("家里遇到了什么"),
        choices=list(REASONS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=N_("可以选几项"),
    )
    dwellings = _radio(
        N_("家里人名下有几套房"), [("0", N_("没有")), ("1", N_("一套")), ("2", N_("两套或更多"))]
    )
    vehicle = _radio(N_("有没有汽车"), list(VEHICLES.items()))
    has_business = _radio(
        N_("家里有没有人办企业或雇人开店"), [("no", N_("没有")), ("yes", N_("有"))]
    )
    workplace = _radio(N_("您现在的工作"), list(WORKPLACES.items()))

    def answers(self, first: FirstPage) -> Answers:
        cleaned = self.cleaned_data
        return Answers(
            persons=first.cleaned_data["persons"],
            income=first.cleaned_data["income"],
            costs=cleaned["costs"],
            reasons=frozenset(cleaned["reasons"]),
            dwellings=int(cleaned["dwellings"]),
            vehicle=cleaned["vehicle"],
            has_business=cleaned["has_business"] == "yes",
            workplace=cleaned["workplace"],
        )
