"""困难测算: the arithmetic, its limits, and what it tells people."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mashang.cases.assessment.arithmetic import Household, Standard, assess
from mashang.cases.rules import COST_KINDS, RuleSet, default_cards, default_rules
from mashang.core.errors import Invalid

TODAY = date(2026, 11, 23)
RULES = default_rules(TODAY)
NANNING = Standard(900_00, "南宁市", date(2025, 1, 1), "演示默认值")


def family(income=30_000_00, costs=0, persons=3, **also):
    return Household(
        persons=persons, income_fen={"wage": income}, costs_fen={"illness": costs}, **also
    )


def test_income_less_costs_is_shared_by_persons_and_months():
    result = assess(family(income=50_000_00, costs=20_000_00), NANNING, RULES)

    assert result.net_fen == 833_33  # 30,000 ÷ 3 ÷ 12
    assert (result.income_fen, result.rigid_fen, result.persons) == (50_000_00, 20_000_00, 3)
    assert result.category == "deep"


def test_every_kind_of_income_and_cost_counts_once():
    household = Household(
        persons=1,
        income_fen={"wage": 1, "business": 20, "property": 300, "transfer": 4_000, "other": 50_000},
        costs_fen={
            "illness": 1,
            "disability": 2,
            "schooling": 3,
            "housing": 4,
            "work": 5,
            "other": 6,
        },
    )

    result = assess(household, NANNING, RULES)

    assert (result.income_fen, result.rigid_fen) == (54_321, 21)


def test_compulsory_schooling_is_not_taken_off_and_the_line_says_so():
    household = Household(
        persons=3, income_fen={"wage": 100}, costs_fen={"compulsory_schooling": 60, "schooling": 40}
    )

    result = assess(household, NANNING, RULES)

    assert result.rigid_fen == 40
    assert [line.text for line in result.lines if line.label == "义务教育阶段支出"] == [
        "按规则不从收入中扣除"
    ]


@pytest.mark.parametrize(
    ("income", "category"),
    [
        (12 * 900_00 - 1, "deep"),
        (12 * 900_00, "relative"),  # "below" the standard means below
        (24 * 900_00 - 1, "relative"),
        (24 * 900_00, None),
    ],
)
def test_one_fen_decides_and_the_line_itself_is_outside(income, category):
    assert assess(family(income=income, persons=1), NANNING, RULES).category == category


def test_the_rounded_figure_never_decides():
    """Half a fen under the line rounds to the line, and still counts as under."""
    result = assess(family(income=12 * 900_00 * 2 - 1, persons=2), NANNING, RULES)

    assert (result.net_fen, result.category) == (900_00, "deep")


def test_costs_above_income_give_a_negative_figure():
    result = assess(family(income=10_000_00, costs=46_000_00), NANNING, RULES)

    assert (result.net_fen, result.category) == (-1000_00, "deep")


def test_a_half_fen_is_rounded_away_from_zero():
    assert assess(family(income=6, persons=1), NANNING, RULES).net_fen == 1
    assert assess(family(income=0, costs=6, persons=1), NANNING, RULES).net_fen == -1


def test_an_accident_counts_up_to_three_times_the_standard():
    income = 12 * 2_600_00

    assert assess(family(income, persons=1), NANNING, RULES).category is None
    assert (
        assess(family(income, persons=1, after_accident=True), NANNING, RULES).category
        == "accident"
    )


def test_an_accident_that_costs_over_four_fifths_of_the_income_counts_whatever_the_income():
    def hurt(cost):
        return family(200_000_00, persons=1, after_accident=True, accident_cost_fen=cost)

    assert assess(hurt(160_000_00), NANNING, RULES).category is None
    assert assess(hurt(160_000_01), NANNING, RULES).category == "accident"


def test_a_deep_case_after_an_accident_names_both():
    result = assess(family(after_accident=True, accident_cost_fen=1), NANNING, RULES)

    assert (result.category, result.also) == ("deep", ("accident",))


def test_two_dwellings_exclude_and_one_does_not():
    excluded = assess(family(facts={"dwellings": 2}), NANNING, RULES)

    assert excluded.category is None
    assert [hit.code for hit in excluded.excluded] == ["X2"]
    assert "有两套及以上住房" in excluded.lines[-1].text
    assert assess(family(facts={"dwellings": 1}), NANNING, RULES).category == "deep"


def test_what_places_judge_differently_is_left_to_a_person():
    result = assess(family(facts={"no_employer": 1}), NANNING, RULES)

    assert result.category == "deep"
    assert [hit.code for hit in result.to_judge] == ["X9"]


def test_without_a_standard_nothing_is_proposed_and_the_line_says_why():
    result = assess(family(), None, RULES)

    assert not result.is_eligible
    assert any("还没有登记当地的低保标准" in line.text for line in result.lines)


def test_the_explanation_reads_from_income_to_proposal():
    result = assess(family(income=50_000_00, costs=20_000_00), NANNING, RULES)

    assert [line.label for line in result.lines] == [
        "工资性收入", "家庭年收入", "因病支出", "刚性支出合计", "家庭人均月净收入",
        "低保标准", "深度困难职工", "相对困难职工", "意外致困职工", "测算意见",
    ]  # fmt: skip
    assert result.lines[4].text.startswith("（50,000.00 − 20,000.00）÷ 3 人 ÷ 12 个月 = 833.33 元")
    assert result.lines[-1].text == "建议认定为深度困难职工，由工会审核决定"
    assert all(line.source for line in result.lines if line.label.endswith("困难职工"))


def test_the_snapshot_is_json_and_carries_the_rules_that_were_used():
    snapshot = json.loads(json.dumps(assess(family(), NANNING, RULES).as_snapshot()))

    assert snapshot["standard"]["valid_from"] == "2025-01-01"
    assert RuleSet.from_cards(snapshot["rules"]) == RULES


@pytest.mark.parametrize(
    ("household", "wrong"),
    [
        (Household(persons=0), "persons"),
        (Household(persons=1, accident_cost_fen=-1), "accident_cost_fen"),
        (Household(persons=1, income_fen={"wage": -1}), "income_fen.wage"),
        (Household(persons=1, income_fen={"lottery": 1}), "income_fen.lottery"),
        (Household(persons=1, costs_fen={"illness": -1}), "costs_fen.illness"),
        (Household(persons=1, facts={"yacht": 1}), "facts.yacht"),
    ],
)
def test_what_cannot_be_reckoned_is_refused_by_name(household, wrong):
    with pytest.raises(Invalid) as refused:
        assess(household, NANNING, RULES)

    assert list(refused.value.fields) == [wrong]


def test_a_trade_may_end_the_year_with_a_loss():
    household = Household(persons=1, income_fen={"wage": 20_000_00, "business": -12_000_00})

    assert assess(household, NANNING, RULES).income_fen == 8_000_00


# What must hold for every family ---------------------------------------------------------

money = st.integers(0, 500_000_00)
families = st.builds(
    Household,
    persons=st.integers(1, 12),
    income_fen=st.fixed_dictionaries({"wage": money, "transfer": money}),
    costs_fen=st.dictionaries(st.sampled_from(sorted(COST_KINDS)), money),
    facts=st.dictionaries(
        st.sampled_from(["dwellings", "vehicles", "no_employer"]), st.integers(0, 3)
    ),
    after_accident=st.booleans(),
    accident_cost_fen=money,
)
standards = st.builds(
    Standard, st.integers(1, 3_000_00), st.just("某市"), st.just(TODAY), st.just("测试")
)
RANK = {"deep": 3, "relative": 2, "accident": 1, None: 0}


def changed(household, **fields):
    return Household(**{**household.__dict__, **fields})


@given(families, standards, st.integers(1, 500_000_00))
def test_more_income_never_makes_a_family_poorer(household, standard, more):
    richer = changed(
        household, income_fen={**household.income_fen, "wage": household.income_fen["wage"] + more}
    )

    before, after = (assess(each, standard, RULES) for each in (household, richer))

    assert RANK[after.category] <= RANK[before.category]
    assert after.net_fen >= before.net_fen


@given(families, standards, st.sampled_from(sorted(COST_KINDS)), money)
def test_more_costs_never_take_a_family_out(household, standard, kind, more):
    costs = {**household.costs_fen, kind: household.costs_fen.get(kind, 0) + more}

    before = assess(household, standard, RULES)
    after = assess(changed(household, costs_fen=costs), standard, RULES)

    assert RANK[after.category] >= RANK[before.category]


@given(families, standards, st.integers(1, 2_000_00))
def test_a_higher_standard_never_takes_a_family_out(household, standard, more):
    higher = Standard(standard.monthly_fen + more, *list(standard.__dict__.values())[1:])

    before, after = (assess(household, each, RULES) for each in (standard, higher))

    assert RANK[after.category] >= RANK[before.category]


@given(families, standards)
def test_an_exclusion_always_excludes(household, standard):
    result = assess(changed(household, facts={"business": 1}), standard, RULES)

    assert result.category is None and result.excluded


@given(families, standards)
def test_the_lines_always_add_up(household, standard):
    lines = {line.label: line.amount_fen for line in assess(household, standard, RULES).lines}

    parts = sum(lines.get(label, 0) for label in ("工资性收入", "转移净收入"))
    costs = sum(
        lines.get(card["label"], 0) for card in default_cards() if card["kind"] == "deduction"
    )
    assert (parts, costs) == (lines["家庭年收入"], lines["刚性支出合计"])
