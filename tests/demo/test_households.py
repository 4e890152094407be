"""演示家庭: sixty lives and more, none of a real person, each a form that could be handed in."""

from collections import Counter
from datetime import date

import pytest
import time_machine

from mashang.cases.assessment.arithmetic import Standard, assess
from mashang.cases.assessment.from_answers import household_of
from mashang.cases.form.forms import unfilled
from mashang.cases.form.parse import parse_phone
from mashang.cases.rules import default_rules
from mashang.core.privacy.identity import parse_id_number
from mashang.demo.households import households, stories
from mashang.demo.made_up import make_id_number
from mashang.demo.unions import employers

TODAY = date(2026, 11, 23)
SOME = list(households(len(stories()), today=TODAY))
NANNING = Standard(900_00, "南宁市", date(2025, 1, 1), "演示默认值")


def regions_of(household):
    return {household.answers["address_region"]: "某县"}


def test_there_are_more_than_sixty_different_stories():
    assert len({story["story"] for story in stories()}) == len(stories()) >= 60


@pytest.mark.parametrize("household", SOME, ids=lambda household: household.key)
def test_every_form_is_filled_in_to_the_last_question(household):
    lacking = unfilled(household.kind, household.answers, regions_of(household))

    assert [step.key for step in lacking] == []


def test_nobody_in_them_could_be_real():
    for household in SOME:
        people = [household.answers, *household.answers.get("members", [])]
        assert all(person["id_number"].startswith("99") for person in people)
        assert parse_phone(household.person.phone).startswith("12")


def test_an_id_number_tells_the_persons_birthday_and_sex():
    for household in SOME:
        for member in household.answers.get("members", []):
            told = parse_id_number(member["id_number"])
            assert (told.born_on.isoformat(), told.sex) == (member["born_on"], member["sex"])


def test_no_two_people_share_a_number_even_among_many():
    numbers = Counter(
        person["id_number"]
        for household in households(1000, today=TODAY)
        for person in (household.answers, *household.answers.get("members", []))
    )

    assert set(numbers.values()) == {1}


def test_a_thousand_people_of_one_birthday_have_numbers_of_their_own():
    numbers = {make_id_number(serial, "female", TODAY) for serial in range(1000)}

    assert len(numbers) == 1000
    assert all(parse_id_number(number).sex == "female" for number in numbers)


def test_a_story_comes_round_again_with_other_people_and_other_sums():
    again = list(households(len(stories()) * 2, today=TODAY))[len(stories()) :]

    assert [household.key for household in again] == [household.key for household in SOME]
    assert all(
        one.person.phone != other.person.phone and one.answers["story"] == other.answers["story"]
        for one, other in zip(SOME, again, strict=True)
    )
    assert any(
        one.answers.get("income_wage") != other.answers.get("income_wage")
        for one, other in zip(SOME, again, strict=True)
    )


def test_the_same_day_makes_the_same_households():
    assert list(households(len(stories()), today=TODAY)) == SOME


def test_every_outcome_of_an_assessment_occurs():
    outcomes = Counter(
        assess(household_of(household.answers), NANNING, default_rules(TODAY)).category
        for household in SOME
    )

    assert outcomes["deep"] > 20 and outcomes["relative"] >= 10
    assert outcomes["accident"] >= 2 and outcomes[None] >= 2


def test_every_household_belongs_to_a_union_of_the_demo():
    for household in SOME:
        code = household.union_code
        assert code in employers() or code.count("-") == 1


def test_children_carry_the_fathers_name():
    for household in SOME:
        members = household.answers.get("members", [])
        fathers = [m["name"] for m in members if m["relation"] == "spouse" and m["sex"] == "male"]
        if household.person.sex == "male":
            fathers = [household.person.name]
        children = [m for m in members if m["relation"] in ("son", "daughter")]
        assert all(child["name"][0] == fathers[0][0] for child in children if fathers)


@pytest.mark.parametrize("day", [date(2026, 1, 15), date(2028, 2, 29)])
def test_the_demo_ages_with_the_clock(day):
    with time_machine.travel(day, tick=False):
        for household in households(len(stories()), today=day):
            lacking = unfilled(household.kind, household.answers, regions_of(household))
            assert [step.key for step in lacking] == [], household.key
