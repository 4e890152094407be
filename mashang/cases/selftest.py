"""两分钟自测: a worker learns in plain words whether applying is worth while. Nothing is stored.

The answers are bands, not sums, so the assessment runs three times: for the best, the middle and the
worst that the bands allow. The verdict never refuses: only the union decides, after a real application.
The word 困难 does not appear here; the worker reads this.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.cases.assessment.arithmetic import Household, Standard, assess
from mashang.cases.rules import RuleSet
from mashang.core.errors import Invalid
from mashang.core.money import yuan


@dataclass(frozen=True)
class Band:
    """A range of yuan that a person can pick without looking anything up; all three in fen."""

    label: str
    low_fen: int
    middle_fen: int
    high_fen: int


def _band(label: str, low: int, high: int) -> Band:
    return Band(label, low * 100, (low + high) * 50, high * 100)


INCOME_BANDS = {
    "under_1": _band(N_("1 万元以下"), 0, 10_000),
    "1_to_2": _band(N_("1 万到 2 万元"), 10_000, 20_000),
    "2_to_3": _band(N_("2 万到 3 万元"), 20_000, 30_000),
    "3_to_5": _band(N_("3 万到 5 万元"), 30_000, 50_000),
    "5_to_8": _band(N_("5 万到 8 万元"), 50_000, 80_000),
    "8_to_12": _band(N_("8 万到 12 万元"), 80_000, 120_000),
    "over_12": _band(N_("12 万元以上"), 120_000, 240_000),
}
COST_BANDS = {
    "none": _band(N_("没有大笔花费"), 0, 0),
    "under_half": _band(N_("5 千元以下"), 0, 5_000),
    "half_to_1": _band(N_("5 千到 1 万元"), 5_000, 10_000),
    "1_to_3": _band(N_("1 万到 3 万元"), 10_000, 30_000),
    "3_to_5": _band(N_("3 万到 5 万元"), 30_000, 50_000),
    "5_to_10": _band(N_("5 万到 10 万元"), 50_000, 100_000),
    "over_10": _band(N_("10 万元以上"), 100_000, 300_000),
}
REASONS = {
    "illness": N_("家里有人生病"),
    "accident": N_("意外、灾害或突发重大疾病"),
    "disability": N_("家里有残疾人"),
    "schooling": N_("子女上学（高中、中职、大学）"),
    "housing": N_("租房等住房花费"),
    "other": N_("其他"),
}
VEHICLES = {
    "none": N_("没有"),
    "needed": N_("有，是代步车、就医用车或给单位开车"),
    "own": N_("有，自家使用"),
}
WORKPLACES = {
    "union": N_("有单位，单位有工会"),
    "no_union": N_("有单位，单位没有工会"),
    "platform": N_("骑手、司机、快递员等，没有固定单位"),
    "laid_off": N_("下岗、待岗或刚失业"),
    "none": N_("已退休，或一直没有用人单位"),
}


class Verdict(StrEnum):
    WORTH = "worth"
    ASK = "ask"
    UNLIKELY = "unlikely"


HEADLINES = {
    Verdict.WORTH: N_("很可能符合条件，值得申请"),
    Verdict.ASK: N_("有可能符合，建议申请或先问问工会"),
    Verdict.UNLIKELY: N_("按您填的情况，符合的可能性不大"),
}
ALWAYS = N_("自测只作参考。无论结果怎样，您都可以申请，由工会核实后决定。")


@dataclass(frozen=True)
class Answers:
    """Eight questions; the first, where one lives, is answered by the `standard` that belongs there."""

    persons: int
    income: str  # INCOME_BANDS, the whole household in the last twelve months
    costs: str = "none"  # COST_BANDS, paid by the family itself
    reasons: frozenset[str] = frozenset()  # REASONS
    dwellings: int = 1
    vehicle: str = "none"  # VEHICLES
    has_business: bool = False
    workplace: str = "union"  # WORKPLACES


@dataclass(frozen=True)
class SelfTest:
    verdict: Verdict
    headline: str
    reasons: tuple[str, ...]
    next_step: str
    reminder: str = ALWAYS


def self_test(answers: Answers, standard: Standard | None, rules: RuleSet) -> SelfTest:
    """Plain words for a worker. Raises Invalid when an answer is not one of the choices."""
    _check(answers)
    verdict = _verdict(answers, standard, rules)
    return SelfTest(
        verdict=verdict,
        headline=HEADLINES[verdict],
        reasons=tuple(_reasons(answers, standard, rules)),
        next_step=_next_step(answers),
    )


def _verdict(answers: Answers, standard: Standard | None, rules: RuleSet) -> Verdict:
    if standard is None:
        return Verdict.UNLIKELY if _hits(answers, rules, "exclude") else Verdict.ASK
    best, middle, _ = (
        assess(household, standard, rules).is_eligible for household in _readings(answers)
    )
    if not best:
        return Verdict.UNLIKELY
    return Verdict.WORTH if middle and not _hits(answers, rules, "ask") else Verdict.ASK


def _readings(answers: Answers) -> Iterator[Household]:
    """The household at its best chance, in the middle, and at its worst."""
    income, costs = INCOME_BANDS[answers.income], COST_BANDS[answers.costs]
    yield _household(answers, income.low_fen, costs.high_fen)
    yield _household(answers, income.middle_fen, costs.middle_fen)
    yield _household(answers, income.high_fen, costs.low_fen)


def _household(answers: Answers, income_fen: int, costs_fen: int) -> Household:
    after_accident = "accident" in answers.reasons
    return Household(
        persons=answers.persons,
        income_fen={"wage": income_fen},
        costs_fen={_main_cost(answers): costs_fen},
        facts=_facts(answers),
        after_accident=after_accident,
        accident_cost_fen=costs_fen if after_accident else 0,
    )


def _main_cost(answers: Answers) -> str:
    """The bands do not say how the sum divides; one kind that the rules take off stands for all."""
    named = [
        kind
        for kind in ("illness", "disability", "schooling", "housing")
        if kind in answers.reasons
    ]
    if "accident" in answers.reasons:
        return "illness"
    return named[0] if named else "other"


def _facts(answers: Answers) -> dict[str, int]:
    return {
        "dwellings": answers.dwellings,
        "vehicles": int(answers.vehicle == "own"),
        "business": int(answers.has_business),
        "no_employer": int(answers.workplace == "none"),
    }


def _hits(answers: Answers, rules: RuleSet, effect: str) -> list[str]:
    facts = _facts(answers)
    return [
        _("%(label)s（%(text)s）") % {"label": _(rule.label), "text": _(rule.text)}
        for rule in rules.exclusions
        if rule.effect == effect and rule.applies(facts)
    ]


def _reasons(answers: Answers, standard: Standard | None, rules: RuleSet) -> Iterator[str]:
    if standard is None:
        yield N_("还没有登记您所在地区的低保标准，收入这一项要请工会帮您算")
    else:
        yield _about_income(answers, standard, rules)
    for words in _hits(answers, rules, "exclude"):
        yield _("这一项一般不能建档：%(words)s") % {"words": words}
    for words in _hits(answers, rules, "ask"):
        yield _("这一项各地做法不同，要问工会：%(words)s") % {"words": words}


def _about_income(answers: Answers, standard: Standard, rules: RuleSet) -> str:
    """What each person has a month after the big costs, beside the highest line that applies."""
    best, _middle, worst = (assess(household, standard, rules) for household in _readings(answers))
    limits = [
        rule.times
        for rule in rules.categories
        if "accident" in answers.reasons or not rule.accident_only
    ]
    bounds = {"least": _most(best.net_fen), "most": _most(worst.net_fen)}
    if not limits:
        return _("扣除大笔花费后，每人每月大约 %(least)s 到 %(most)s 元") % bounds
    words = _(
        "扣除大笔花费后，每人每月大约 %(least)s 到 %(most)s 元；"
        "%(region)s现在的参考线是每人每月 %(limit)s 元"
    )
    limit = yuan(int(max(limits) * standard.monthly_fen))
    return words % {**bounds, "region": standard.region, "limit": limit}


def _most(fen: int) -> str:
    """Rough figures are said in whole yuan, and below nothing there is only nothing."""
    return f"{max(fen, 0) // 100:,}"


def _next_step(answers: Answers) -> str:
    return {
        "union": N_("向您单位的工会申请，用这部手机就可以填。"),
        "no_union": N_("单位没有工会，可以由单位代为申请，或向所在乡镇（街道）、社区工会申请。"),
        "platform": N_("没有固定单位也可以申请，请选所在乡镇（街道）或行业工会。"),
        "laid_off": N_("可以向原单位工会申请；单位不在了，请选所在乡镇（街道）、社区工会。"),
        "none": N_("请先打电话问所在乡镇（街道）、社区工会，也可以直接填申请。"),
    }[answers.workplace]


def _check(answers: Answers) -> None:
    wrong = dict(_faults(answers))
    if wrong:
        raise Invalid(
            "self_test_incomplete", N_("还有题目没有选好，请补选后再看结果"), fields=wrong
        )


def _faults(answers: Answers) -> Iterator[tuple[str, str]]:
    if not 1 <= answers.persons <= 20:
        yield "persons", N_("请填共同生活的人数（1 到 20）")
    if not 0 <= answers.dwellings <= 20:
        yield "dwellings", N_("请填住房套数，没有就填 0")
    yield from _unchosen("income", answers.income, INCOME_BANDS)
    yield from _unchosen("costs", answers.costs, COST_BANDS)
    yield from _unchosen("vehicle", answers.vehicle, VEHICLES)
    yield from _unchosen("workplace", answers.workplace, WORKPLACES)
    if not answers.reasons <= set(REASONS):
        yield "reasons", N_("请从列出的原因里选")


def _unchosen(name: str, answer: str, choices: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    if answer not in choices:
        yield name, N_("请选一项")
