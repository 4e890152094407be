"""申请表: every field and list of the real form, in short steps, asked only when it matters."""

from datetime import date

import pytest

from mashang.cases.assessment.from_answers import household_of
from mashang.cases.form import (
    case_application,
    consents,
    forms,
    history,
    lists,
    one_off_application,
    papers,
    people,
)
from mashang.cases.form.checks import checked
from mashang.cases.form.fields import MOST_FIELDS, Field, Kind, Step, When
from mashang.cases.form.sheets import Sheet
from mashang.cases.rules import COST_KINDS, INCOME_KINDS
from mashang.core.errors import Invalid
from tests.cases.answers import as_typed

EVERY_STEP = [*case_application.STEPS, *one_off_application.STEPS, *people.PARTS]
REGIONS = {"450103": "南宁市青秀区"}

# The printed form (C1), section by section, beside the names of our fields.
_FORM = """
    name ethnicity politics id_number phone other_contact postcode marital hukou_kind hukou_region
    address health disability_kind disability_grade medical_cover work_state first_worked_on industry
    model_worker employer employer_kind employer_state contract_signed_on contract_term person_kind
    housing floor_area used_area rent_monthly kitchen toilet own_monthly allowance_monthly relief_card
    is_single_parent can_help_itself has_no_worker main_cause other_causes story bank bank_branch
    card_number estates vehicle vehicle_year other_property other_aid cost_illness cost_schooling
    cost_other
"""
PRINTED = set(_FORM.split())
_MEMBERS = """
    name relation ethnicity id_number politics monthly_income model_worker health disability_kind
    medical_cover marital hukou_kind phone other_contact identity education entered_in school_years
    place employer_kind employer_state industry contract_signed_on contract_term remark
"""
PRINTED_OF_MEMBERS = set(_MEMBERS.split())


def names(steps) -> set[str]:
    return {field.name for step in steps for field in step.fields}


def test_nothing_of_the_printed_form_is_left_out() -> None:
    assert names(case_application.STEPS) >= PRINTED
    assert names(people.PARTS) >= PRINTED_OF_MEMBERS


def test_every_step_is_short() -> None:
    assert [step.key for step in EVERY_STEP if len(step.fields) > MOST_FIELDS] == []


@pytest.mark.parametrize("form", forms.FORMS)
def test_a_form_asks_nothing_twice(form: str) -> None:
    asked = [field.name for step in forms.FORMS[form] for field in step.fields]
    assert len(asked) == len(set(asked))


def test_one_off_aid_is_much_shorter() -> None:
    assert len(names(one_off_application.STEPS)) * 2 < len(names(case_application.STEPS))


def test_what_hangs_on_an_answer_names_one_that_is_asked() -> None:
    for steps in (*forms.FORMS.values(), people.PARTS):
        known = names(steps)
        hanging = [f.when for s in steps for f in s.fields if isinstance(f.when, When)]
        hanging += [s.when for s in steps if isinstance(s.when, When)]
        assert {when.field for when in hanging} <= known


def test_workers_never_read_the_word_for_hardship() -> None:
    said = [step.title + step.lead for step in EVERY_STEP]
    said += [f.label + f.hint for step in EVERY_STEP for f in step.fields]
    said += [asked.title + asked.words for asked in consents.asked_of("file", {})]
    assert not any("困难" in words for words in said)


def test_the_money_asked_for_is_the_money_reckoned_with() -> None:
    asked = names(case_application.STEPS)
    assert {f"income_{kind}" for kind in INCOME_KINDS} <= asked
    assert {f"cost_{kind}" for kind in COST_KINDS} <= asked


def test_a_loss_that_was_made_good_does_not_count() -> None:
    household = household_of(
        {"main_cause": "accident", "sudden_cost": 100, "sudden_repaid": 100, "persons": 2}
    )
    assert (household.persons, household.accident_cost_fen) == (2, 0)


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (Kind.MONEY, "1,234.5", 123450),
        (Kind.MONEY, "１２ 元", 1200),
        (Kind.AREA, "68.5 ㎡", "68.5"),
        (Kind.COUNT, "３", 3),
        (Kind.YEAR, "2023年", "2023"),
        (Kind.MONTH, "2005年3月", "2005-03"),
        (Kind.MONTH, "200503", "2005-03"),
        (Kind.DAY, "2026-3-5", "2026-03-05"),
        (Kind.DAY, "2026年3月5日", "2026-03-05"),
        (Kind.PHONE, "+86 120 0000 0001", "12000000001"),
        (Kind.TEXT, "  李   春燕 ", "李 春燕"),
    ],
)
def test_people_write_the_same_thing_in_many_ways(kind: Kind, typed: str, kept: object) -> None:
    step = Step("x", "x", fields=(Field("it", "这一项", kind, most=100),))

    assert checked(step, {"it": [typed]}, {}, REGIONS) == {"it": kept}


@pytest.mark.parametrize(
    ("kind", "typed", "words"),
    [
        (Kind.MONEY, "一千", "只填数字"),
        (Kind.MONEY, "", "没有就填 0"),
        (Kind.MONEY, "-5", "不能是负数"),
        (Kind.AREA, "大约六十", "只填数字"),
        (Kind.COUNT, "0", "应在 1 到"),
        (Kind.YEAR, "23", "四位数"),
        (Kind.YEAR, "2999", "还没有到"),
        (Kind.MONTH, "2005-13", "年和月"),
        (Kind.DAY, "2026-02-30", "写成 2026-03-15"),
        (Kind.DAY, "1800-01-01", "太早"),
        (Kind.PHONE, "12345", "11 位"),
        (Kind.CARD, "6228 4800", "12 到 19 位"),
        (Kind.CARD, "6228480000000000017", "有一位不对"),
        (Kind.TEXT, "很" * 41, "最多 40 个字"),
        (Kind.ONE, "x", "列出的选项"),
        (Kind.REGION, "110101", "列出的选项"),
    ],
)
def test_each_wrong_input_has_its_sentence(kind: Kind, typed: str, words: str) -> None:
    step = Step("x", "x", fields=(Field("it", "这一项", kind, choices={"a": "甲"}),))

    with pytest.raises(Invalid) as refusal:
        checked(step, {"it": [typed]}, {}, REGIONS)

    assert words in refusal.value.fields["it"]


def test_a_number_of_fifteen_digits_fills_in_birthday_and_sex() -> None:
    step = Step("x", "x", fields=(case_application.ID_NUMBER,))

    kept = checked(step, {"id_number": ["990100800517001"]}, {}, {})

    assert (kept["born_on"], kept["sex"]) == ("1980-05-17", "male")
    assert len(kept["id_number"]) == 18


def test_causes_are_one_and_at_most_three_more() -> None:
    told = {"main_cause": "low_income", "story": "收入低"}
    for causes, words in (
        (["accident", "disaster", "schooling", "other"], "最多选 3 项"),
        (["low_income"], "不用再选主要原因"),
    ):
        with pytest.raises(Invalid) as refusal:
            checked(case_application.CAUSES, as_typed({**told, "other_causes": causes}), {}, {})
        assert words in refusal.value.fields["other_causes"]


def test_the_card_is_the_workers_own() -> None:
    told = {
        "bank_owner": "张三", "bank": "农行", "bank_branch": "支行",
        "card_number": "6228480000000000018",
    }  # fmt: skip

    with pytest.raises(Invalid) as refusal:
        checked(case_application.BANK, as_typed(told), {"name": "李春燕"}, {})

    assert "本人的卡" in refusal.value.fields["bank_owner"]


def test_a_driver_is_asked_about_the_car_and_nobody_else_is() -> None:
    told = {"estates": [], "runs_business": "no"}

    kept = checked(case_application.PROPERTY, as_typed({**told, "vehicle": "none"}), {}, {})
    assert "vehicles" not in kept
    with pytest.raises(Invalid) as refusal:
        checked(case_application.PROPERTY, as_typed({**told, "vehicle": "car"}), {}, {})
    assert {"vehicles", "vehicle_year", "vehicle_use"} == set(refusal.value.fields)


def test_papers_follow_from_what_was_told() -> None:
    told = {"health": "disabled", "work_state": "jobless", "has_employer": "no"}

    kinds = {paper.kind for paper in papers.papers_for("file", told)}

    assert {"id_card", "disability", "jobless"} <= kinds
    assert not {"income", "diagnosis", "school", "contract"} & kinds


def test_a_paper_at_hand_is_no_longer_lacking() -> None:
    lacking = [p.kind for p in papers.lacking("one_off", {}, {"id_card"})]

    assert lacking == ["bank_card"]


def test_only_a_family_with_children_is_asked_for_the_guardians_consent() -> None:
    child = {"members": [{"key": "a", "born_on": "2015-01-01"}]}

    assert "children" in {a.purpose for a in consents.asked_of("file", child)}
    assert "children" not in {a.purpose for a in consents.asked_of("file", {})}


def test_old_words_find_their_present_code() -> None:
    assert history.code_of("health", "尿毒症", date(2018, 5, 1)) == "kidney"
    assert history.code_of("cause", "意外灾害", date(2014, 5, 1)) == "accident"
    assert history.code_of("category", "未享受低保", date(2014, 5, 1)) is None
    assert history.code_of("health", "尿毒症", date(2024, 5, 1)) is None


def test_every_old_word_leads_to_a_code_that_exists() -> None:
    present = {
        "category": {"deep", "relative", "accident"},
        **{
            name: set(getattr(lists, name.upper()))
            for name in (
                "work_state", "relation", "hukou_kind", "health", "disability_grade", "housing",
                "industry", "cause",
            )
        },
    }  # fmt: skip
    for old in history.old_lists():
        assert {code for code in old.words.values() if code} <= present[old.list], old.name


def test_the_lists_are_complete() -> None:
    assert len(lists.ETHNICITY) == 56 and lists.ETHNICITY["08"] == "壮族"
    assert len(lists.HEALTH) == 20 and len(lists.INDUSTRY) == 20 and len(lists.CAUSE) == 12


def test_a_page_hides_only_what_hangs_on_an_answer_of_its_own() -> None:
    """What hangs on an answer of an earlier page stands there: no script can see that answer."""
    for step in EVERY_STEP:
        hanging = [f.when for f in step.fields if isinstance(f.when, When)]
        told = {"born_on": "1980-03-01"} | {when.field: when.values[0] for when in hanging}
        sheet = Sheet(step, told, REGIONS)
        named = {field.field.widget.attrs.get("data-when") for field in sheet}

        assert named <= {None, *sheet.fields}, step.key
