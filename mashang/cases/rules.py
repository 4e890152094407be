"""规则卡: the dated rules of an assessment, each naming its source. Cards are data; here they are checked."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.core.errors import Invalid

DEFAULT_CARDS = Path(__file__).parent / "data" / "rules.json"

Card = Mapping[str, Any]

INCOME_KINDS = {
    "wage": N_("工资性收入"),
    "business": N_("经营净收入"),
    "property": N_("财产净收入"),
    "transfer": N_("转移净收入"),
    "other": N_("其他收入"),
}
COST_KINDS = {
    "illness": N_("因病支出"),
    "disability": N_("因残支出"),
    "schooling": N_("因学支出（义务教育阶段除外）"),
    "compulsory_schooling": N_("义务教育阶段支出"),
    "housing": N_("住房支出"),
    "work": N_("必要就业成本"),
    "other": N_("其他刚性支出"),
}
FACTS = {
    "costly_school": N_("就读高收费学校或自费留学的子女人数"),
    "dwellings": N_("住房套数"),
    "vehicles": N_("机动车辆数（代步、就医、受雇驾驶的除外）"),
    "business": N_("办企业或雇人经营"),
    "refuses_check": N_("拒绝调查核对"),
    "false_papers": N_("隐瞒或提供假材料"),
    "refuses_work": N_("有劳动能力而无故不就业"),
    "breaks_law": N_("涉及违法行为"),
    "no_employer": N_("已退休或没有用人单位"),
}


class BadRuleCard(Invalid):
    code = "bad_rule_card"
    message = N_("规则卡有错误，请按提示改正")


@dataclass(frozen=True)
class Rule:
    code: str
    label: str
    text: str
    source: str
    valid_from: date
    valid_to: date | None  # the last day, included

    KIND: ClassVar[str]

    def holds(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    def as_card(self) -> dict[str, Any]:
        """The card again, ready for JSON: what a snapshot keeps."""
        card = {"kind": self.KIND, **asdict(self)}
        as_text = ("valid_from", "valid_to", "times")
        return card | {key: str(card[key]) for key in as_text if card.get(key)}


@dataclass(frozen=True)
class Category(Rule):
    """困难类别: net income under `times` × 低保标准, or, after an accident, its cost over a share of income."""

    times: Fraction
    accident_only: bool = False
    cost_percent: int | None = None

    KIND = "category"


@dataclass(frozen=True)
class Deduction(Rule):
    """刚性支出: one kind of cost that is taken off the income."""

    cost: str

    KIND = "deduction"


@dataclass(frozen=True)
class Exclusion(Rule):
    """不予建档情形: excludes, or (effect "ask") has to be judged by a person."""

    fact: str
    at_least: int
    effect: str

    KIND = "exclusion"

    def applies(self, facts: Mapping[str, int]) -> bool:
        return facts.get(self.fact, 0) >= self.at_least


@dataclass(frozen=True)
class RuleSet:
    """The rules in force on one day, in the order in which they are tried."""

    categories: tuple[Category, ...]
    deductions: tuple[Deduction, ...]
    exclusions: tuple[Exclusion, ...]

    @classmethod
    def from_cards(cls, cards: Iterable[Card], *, on: date | None = None) -> "RuleSet":
        """Check the cards and keep those in force on the day (without a day: every one).

        Of two cards with one code the later `valid_from` holds, so a new rule needs no edit of the
        old one; of two that begin on one day the later in the list, so a union's own card is simply
        added behind the defaults. Raises BadRuleCard; `fields` maps a card's code to its sentence.
        """
        rules = _checked(cards)
        latest: dict[str, Rule] = {}
        for rule in rules:
            known = latest.get(rule.code)
            if (on is None or rule.holds(on)) and (
                known is None or rule.valid_from >= known.valid_from
            ):
                latest[rule.code] = rule
        newest = latest.values()
        return cls(
            categories=tuple(
                sorted((r for r in newest if isinstance(r, Category)), key=lambda r: r.times)
            ),
            deductions=tuple(r for r in newest if isinstance(r, Deduction)),
            exclusions=tuple(r for r in newest if isinstance(r, Exclusion)),
        )

    def as_cards(self) -> list[dict[str, Any]]:
        return [rule.as_card() for rule in (*self.categories, *self.deductions, *self.exclusions)]


@cache
def default_cards() -> tuple[Card, ...]:
    """The cards that the house ships; unions add theirs behind them."""
    return tuple(json.loads(DEFAULT_CARDS.read_text(encoding="utf-8"))["cards"])


def default_rules(on: date) -> RuleSet:
    return RuleSet.from_cards(default_cards(), on=on)


def _checked(cards: Iterable[Card]) -> list[Rule]:
    rules: list[Rule] = []
    wrong: dict[str, str] = {}
    for number, card in enumerate(cards, start=1):
        try:
            rules.append(_rule(card))
        except ValueError as error:
            wrong[str(card.get("code") or _("第%(n)d张") % {"n": number})] = str(error)
    if wrong:
        raise BadRuleCard(fields=wrong)
    return rules


def _rule(card: Card) -> Rule:
    """One card as a rule; ValueError with a sentence when it is not one."""
    build = {"category": _category, "deduction": _deduction, "exclusion": _exclusion}.get(
        card.get("kind", "")
    )
    if build is None:
        raise ValueError(N_("卡片种类只能是 category、deduction 或 exclusion"))
    return build(card, _common(card))


def _common(card: Card) -> dict[str, Any]:
    for key, word in {"code": N_("编号"), "label": N_("名称"), "source": N_("依据")}.items():
        if not str(card.get(key) or "").strip():
            raise ValueError(_("缺少%(word)s") % {"word": _(word)})
    begins, ends = _day(card.get("valid_from")), card.get("valid_to")
    ends = _day(ends) if ends else None
    if ends and ends < begins:
        raise ValueError(N_("失效日期不能早于生效日期"))
    words = {key: str(card.get(key) or "") for key in ("code", "label", "text", "source")}
    return {**words, "valid_from": begins, "valid_to": ends}


def _day(value: object) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(N_("日期要写成 2026-01-31 的样子")) from None


def _category(card: Card, common: dict[str, Any]) -> Category:
    return Category(
        **common,
        times=_times(card.get("times")),
        accident_only=bool(card.get("accident_only", False)),
        cost_percent=_percent(card.get("cost_percent")),
    )


def _percent(value: object) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int):
        raise ValueError(N_("花费占收入的百分比要写成整数"))
    if not 0 < value <= 1000:
        raise ValueError(N_("花费占收入的百分比不合常理"))
    return value


def _times(value: object) -> Fraction:
    """ "1.5" → 3/2. Never a float, so a limit is exactly what the document says."""
    try:
        times = Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        raise ValueError(N_("低保标准的倍数要写成数字，例如 1.5")) from None
    if not 0 < times <= 10:
        raise ValueError(N_("低保标准的倍数不合常理"))
    return times


def _deduction(card: Card, common: dict[str, Any]) -> Deduction:
    return Deduction(**common, cost=_one_of(COST_KINDS, card.get("cost"), N_("支出种类")))


def _exclusion(card: Card, common: dict[str, Any]) -> Exclusion:
    at_least = card.get("at_least", 1)
    if not isinstance(at_least, int) or at_least < 1:
        raise ValueError(N_("起算数要是 1 以上的整数"))
    effect = _one_of({"exclude": "", "ask": ""}, card.get("effect", "exclude"), N_("效果"))
    return Exclusion(
        **common,
        fact=_one_of(FACTS, card.get("fact"), N_("情形")),
        at_least=at_least,
        effect=effect,
    )


def _one_of(known: Mapping[str, str], value: object, word: str) -> str:
    if value not in known:
        raise ValueError(
            _("%(word)s只能是 %(known)s") % {"word": _(word), "known": "、".join(known)}
        )
    return str(value)
