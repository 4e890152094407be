"""困难测算: the arithmetic of hardship, without a database.

    (12-month income − rigid expenditure) ÷ persons ÷ 12, against multiples of the 低保标准.

The result proposes a category and explains itself line by line; the union decides. Limits are
compared exactly, as whole fen × 12 × persons; only the figure that people read is rounded (to the
fen, half away from zero), so rounding never moves a family over a line.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_noop as N_

from mashang.cases.rules import COST_KINDS, FACTS, INCOME_KINDS, Category, Exclusion, RuleSet
from mashang.core.errors import Invalid
from mashang.core.money import yuan

MONTHS = 12


@dataclass(frozen=True)
class Standard:
    """低保标准 as it was used: a copy, so that a later standard never changes an old result."""

    monthly_fen: int
    region: str
    valid_from: date
    source: str


@dataclass(frozen=True)
class Household:
    """What a family states for the twelve months before it applies; all sums in fen."""

    persons: int
    income_fen: Mapping[str, int] = field(default_factory=dict)  # by INCOME_KINDS
    costs_fen: Mapping[str, int] = field(default_factory=dict)  # by COST_KINDS
    facts: Mapping[str, int] = field(default_factory=dict)  # by FACTS; a yes is 1
    after_accident: bool = False  # emergency, accident or grave illness
    accident_cost_fen: int = 0  # cost and loss that nobody made good

    @property
    def total_income_fen(self) -> int:
        return sum(self.income_fen.values())


@dataclass(frozen=True)
class Line:
    """One line of the explanation, for people."""

    label: str
    amount_fen: int | None  # None where the line says something that is not a sum
    text: str  # as it is kept: in Chinese
    source: str = ""
    sentence: str = ""  # the same with its gaps, and what fills them, to be said in any language
    facts: Mapping[str, str] = field(default_factory=dict)


def _line(
    label: str, fen: int | None, sentence: str, source: str = "", /, **facts: str | int
) -> Line:
    words = {name: str(fact) for name, fact in facts.items()}
    return Line(label, fen, sentence % words if words else sentence, source, sentence, words)


@dataclass(frozen=True)
class Hit:
    """An exclusion that applies."""

    code: str
    label: str
    text: str
    source: str
    effect: str


@dataclass(frozen=True)
class Result:
    category: str | None  # code of the proposed category
    category_label: str
    also: tuple[str, ...]  # categories with a cause of their own (意外致困) that are met as well
    net_fen: int  # per person and month; negative when the costs exceed the income
    income_fen: int
    rigid_fen: int
    persons: int
    standard: Standard | None
    excluded: tuple[Hit, ...]
    to_judge: tuple[Hit, ...]  # exclusions that a person has to judge
    lines: tuple[Line, ...]
    rules: tuple[dict[str, Any], ...]

    @property
    def is_eligible(self) -> bool:
        return self.category is not None

    def as_snapshot(self) -> dict[str, Any]:
        """Plain JSON values: what the application keeps for good."""
        snapshot = asdict(self)
        if self.standard:
            snapshot["standard"]["valid_from"] = self.standard.valid_from.isoformat()
        return snapshot


def assess(household: Household, standard: Standard | None, rules: RuleSet) -> Result:
    """Propose a category. Without a standard none is proposed, and a line says why.

    Raises Invalid when the household cannot be reckoned (no person, a negative sum, a kind that
    nobody knows); `fields` names them.
    """
    _check(household)
    rigid_fen = _rigid_fen(household, rules)
    rest_fen = household.total_income_fen - rigid_fen
    net_fen = _rounded(Fraction(rest_fen, household.persons * MONTHS))
    hits = [_hit(rule) for rule in rules.exclusions if rule.applies(household.facts)]
    excluded = tuple(hit for hit in hits if hit.effect == "exclude")
    met = [
        rule
        for rule in rules.categories
        if standard and _meets(rule, household, rest_fen, standard)
    ]
    proposed = met[0] if met and not excluded else None
    return Result(
        category=proposed.code if proposed else None,
        category_label=proposed.label if proposed else "",
        also=tuple(rule.code for rule in met[1:] if rule.accident_only) if proposed else (),
        net_fen=net_fen,
        income_fen=household.total_income_fen,
        rigid_fen=rigid_fen,
        persons=household.persons,
        standard=standard,
        excluded=excluded,
        to_judge=tuple(hit for hit in hits if hit.effect == "ask"),
        lines=(
            *_income_lines(household),
            *_cost_lines(household, rules),
            _net_line(household, rigid_fen, net_fen),
            *_limit_lines(household, rest_fen, standard, rules),
            *_hit_lines(hits),
            _verdict_line(proposed, excluded, standard),
        ),
        rules=tuple(rules.as_cards()),
    )


# The arithmetic ------------------------------------------------------------------------


def _rigid_fen(household: Household, rules: RuleSet) -> int:
    counted = {rule.cost for rule in rules.deductions}
    return sum(fen for cost, fen in household.costs_fen.items() if cost in counted)


def _meets(rule: Category, household: Household, rest_fen: int, standard: Standard) -> bool:
    if rule.accident_only and not household.after_accident:
        return False
    return _under_limit(rule, household, rest_fen, standard) or _costs_too_much(rule, household)


def _under_limit(rule: Category, household: Household, rest_fen: int, standard: Standard) -> bool:
    return rest_fen < rule.times * standard.monthly_fen * household.persons * MONTHS


def _costs_too_much(rule: Category, household: Household) -> bool:
    if rule.cost_percent is None:
        return False
    return household.accident_cost_fen * 100 > household.total_income_fen * rule.cost_percent


def _rounded(value: Fraction) -> int:
    """Whole fen, half away from zero (四舍五入)."""
    whole = int(abs(value) + Fraction(1, 2))
    return whole if value >= 0 else -whole


def _hit(rule: Exclusion) -> Hit:
    return Hit(rule.code, rule.label, rule.text, rule.source, rule.effect)


# The check ---------------------------------------------------------------------------------


def _check(household: Household) -> None:
    wrong = dict(_faults(household))
    if wrong:
        raise Invalid("cannot_reckon", N_("有内容需要改正才能测算"), fields=wrong)


def _faults(household: Household) -> Iterator[tuple[str, str]]:
    if household.persons < 1:
        yield "persons", N_("共同生活人数至少 1 人")
    if household.accident_cost_fen < 0:
        yield "accident_cost_fen", N_("金额不能是负数")
    yield from _faults_in("income_fen", household.income_fen, INCOME_KINDS)
    yield from _faults_in("costs_fen", household.costs_fen, COST_KINDS)
    yield from _faults_in("facts", household.facts, FACTS)


def _faults_in(
    name: str, given: Mapping[str, int], known: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    for key, value in given.items():
        if key not in known:
            yield f"{name}.{key}", N_("没有这个种类")
        elif value < 0 and (name, key) != ("income_fen", "business"):
            yield f"{name}.{key}", N_("不能是负数")  # only a trade can end the year with a loss


# The explanation ---------------------------------------------------------------------------


def _income_lines(household: Household) -> Iterator[Line]:
    for kind, label in INCOME_KINDS.items():
        if fen := household.income_fen.get(kind, 0):
            yield _line(label, fen, N_("近 12 个月，全家合计"))
    yield _line(N_("家庭年收入"), household.total_income_fen, N_("以上各项相加"))


def _cost_lines(household: Household, rules: RuleSet) -> Iterator[Line]:
    counted = {rule.cost: rule for rule in rules.deductions}
    for cost, label in COST_KINDS.items():
        fen = household.costs_fen.get(cost, 0)
        rule = counted.get(cost)
        if fen and rule:
            yield _line(rule.label, fen, N_("从收入中扣除；%(text)s"), rule.source, text=rule.text)
        elif fen:
            yield _line(label, fen, N_("按规则不从收入中扣除"))
    yield _line(N_("刚性支出合计"), _rigid_fen(household, rules), N_("以上计入的各项相加"))


def _net_line(household: Household, rigid_fen: int, net_fen: int) -> Line:
    return _line(
        N_("家庭人均月净收入"),
        net_fen,
        N_("（%(income)s − %(costs)s）÷ %(n)s 人 ÷ 12 个月 = %(net)s 元，四舍五入到分"),
        income=yuan(household.total_income_fen),
        costs=yuan(rigid_fen),
        n=household.persons,
        net=yuan(net_fen),
    )


def _limit_lines(
    household: Household, rest_fen: int, standard: Standard | None, rules: RuleSet
) -> Iterator[Line]:
    if standard is None:
        yield _line(N_("低保标准"), None, N_("还没有登记当地的低保标准，暂时不能比较"))
        return
    yield _line(
        N_("低保标准"),
        standard.monthly_fen,
        N_("%(region)s每人每月，%(day)s 起执行"),
        standard.source,
        region=standard.region,
        day=f"{standard.valid_from:%Y-%m-%d}",
    )
    for rule in rules.categories:
        yield _limit_line(rule, household, rest_fen, standard)


def _limit_line(rule: Category, household: Household, rest_fen: int, standard: Standard) -> Line:
    limit_fen = _rounded(rule.times * standard.monthly_fen)
    facts = {"times": _said(rule.times), "limit": yuan(limit_fen)}
    if rule.accident_only and not household.after_accident:
        text, facts = N_("没有填报意外、灾害或重大疾病，不适用"), {}
    elif _under_limit(rule, household, rest_fen, standard):
        text = N_("低于低保标准的 %(times)s 倍（%(limit)s 元），符合")
    elif _costs_too_much(rule, household):
        text = N_("相关花费 %(cost)s 元，超过全年收入的 %(percent)s%%，符合")
        facts = {"cost": yuan(household.accident_cost_fen), "percent": str(rule.cost_percent)}
    else:
        text = N_("不低于低保标准的 %(times)s 倍（%(limit)s 元），不符合")
    return _line(rule.label, limit_fen, text, rule.source, **facts)


def _hit_lines(hits: list[Hit]) -> Iterator[Line]:
    for hit in hits:
        if hit.effect == "exclude":
            sentence = N_("属于不予建档的情形；%(text)s")
        else:
            sentence = N_("需要工会核实认定；%(text)s")
        yield _line(hit.label, None, sentence, hit.source, text=hit.text)


def _verdict_line(
    proposed: Category | None, excluded: tuple[Hit, ...], standard: Standard | None
) -> Line:
    facts: dict[str, str] = {}
    if proposed:
        text, facts = N_("建议认定为%(category)s，由工会审核决定"), {"category": proposed.label}
    elif excluded:
        text = N_("因“%(reasons)s”，不建议建档，由工会核实决定")
        facts = {"reasons": "”“".join(hit.label for hit in excluded)}
    elif standard is None:
        text = N_("补登低保标准后再测算")
    else:
        text = N_("人均月净收入高于各类标准，不建议建档，由工会审核决定")
    return _line(N_("测算意见"), None, text, **facts)


def _said(times: Fraction) -> str:
    """3/2 → "1.5"."""
    return f"{float(times):g}"
