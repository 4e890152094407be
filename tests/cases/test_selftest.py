"""两分钟自测: plain words, and never a refusal."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mashang.cases.assessment.arithmetic import Standard
from mashang.cases.rules import default_rules
from mashang.cases.selftest import (
    COST_BANDS,
    INCOME_BANDS,
    REASONS,
    VEHICLES,
    WORKPLACES,
    Answers,
    Verdict,
    self_test,
)
from mashang.core.errors import Invalid

RULES = default_rules(date(2026, 11, 23))
NANNING = Standard(900_00, "南宁市", date(2025, 1, 1), "演示默认值")
RANK = [Verdict.UNLIKELY, Verdict.ASK, Verdict.WORTH]

answers = st.builds(
    Answers,
    persons=st.integers(1, 10),
    income=st.sampled_from(list(INCOME_BANDS)),
    costs=st.sampled_from(list(COST_BANDS)),
    reasons=st.frozensets(st.sampled_from(list(REASONS))),
    dwellings=st.integers(0, 3),
    vehicle=st.sampled_from(list(VEHICLES)),
    has_business=st.booleans(),
    workplace=st.sampled_from(list(WORKPLACES)),
)


def test_a_sick_familys_small_income_is_worth_an_application():
    told = self_test(
        Answers(persons=3, income="3_to_5", costs="3_to_5", reasons=frozenset({"illness"})),
        NANNING,
        RULES,
    )

    assert told.verdict is Verdict.WORTH
    assert "参考线是每人每月 1,800.00 元" in told.reasons[0]
    assert "向您单位的工会申请" in told.next_step


def test_a_good_income_without_costs_is_told_the_likely_answer_and_the_way_all_the_same():
    told = self_test(Answers(persons=2, income="over_12"), NANNING, RULES)

    assert told.verdict is Verdict.UNLIKELY
    assert "您都可以申请" in told.reminder


def test_a_second_flat_is_named_as_the_reason():
    told = self_test(Answers(persons=3, income="under_1", dwellings=2), NANNING, RULES)

    assert told.verdict is Verdict.UNLIKELY
    assert any("有两套及以上住房" in reason for reason in told.reasons)


def test_a_car_for_a_disabled_person_does_no_harm():
    assert (
        self_test(Answers(persons=3, income="1_to_2", vehicle="needed"), NANNING, RULES).verdict
        is Verdict.WORTH
    )


def test_an_accident_widens_the_line():
    plain = Answers(persons=1, income="2_to_3", costs="none")

    assert self_test(plain, NANNING, RULES).verdict is Verdict.ASK
    hurt = replace(plain, reasons=frozenset({"accident"}))
    assert self_test(hurt, NANNING, RULES).verdict is Verdict.WORTH


def test_someone_without_an_employer_is_sent_to_ask():
    told = self_test(Answers(persons=3, income="1_to_2", workplace="none"), NANNING, RULES)

    assert told.verdict is Verdict.ASK
    assert any("要问工会" in reason for reason in told.reasons)


def test_where_no_standard_is_known_one_is_sent_to_ask():
    assert self_test(Answers(persons=3, income="over_12"), None, RULES).verdict is Verdict.ASK


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"persons": 0}, "persons"),
        ({"dwellings": -1}, "dwellings"),
        ({"income": ""}, "income"),
        ({"costs": "lots"}, "costs"),
        ({"vehicle": "yacht"}, "vehicle"),
        ({"workplace": "moon"}, "workplace"),
        ({"reasons": frozenset({"boredom"})}, "reasons"),
    ],
)
def test_a_missing_answer_is_asked_for_by_name(change, name):
    with pytest.raises(Invalid) as refused:
        self_test(replace(Answers(persons=3, income="1_to_2"), **change), NANNING, RULES)

    assert list(refused.value.fields) == [name]


@given(answers, st.sampled_from([NANNING, None]))
def test_it_never_refuses_and_never_uses_the_hard_word(given_answers, standard):
    told = self_test(given_answers, standard, RULES)

    said = told.headline + told.next_step + told.reminder + "".join(told.reasons)
    assert "您都可以申请" in said
    assert not any(word in said for word in ("困难", "不符合", "不能申请", "不予"))
    assert told.reasons


@given(answers, st.integers(0, 6), st.integers(0, 6))
def test_a_higher_income_never_reads_better(given_answers, one, other):
    bands = list(INCOME_BANDS)
    low, high = bands[min(one, other)], bands[max(one, other)]

    poorer = self_test(replace(given_answers, income=low), NANNING, RULES)
    richer = self_test(replace(given_answers, income=high), NANNING, RULES)

    assert RANK.index(richer.verdict) <= RANK.index(poorer.verdict)


@given(answers, st.integers(0, 6), st.integers(0, 6))
def test_higher_costs_never_read_worse(given_answers, one, other):
    bands = list(COST_BANDS)
    low, high = bands[min(one, other)], bands[max(one, other)]

    light = self_test(replace(given_answers, costs=low), NANNING, RULES)
    heavy = self_test(replace(given_answers, costs=high), NANNING, RULES)

    assert RANK.index(heavy.verdict) >= RANK.index(light.verdict)
