"""前后不一致: asked back kindly, let stand with a tick, shown at the desk, never a bar."""

from datetime import date, timedelta

import pytest
import time_machine

from mashang import workflows
from mashang.cases.actions import applications, assisted, changes
from mashang.cases.form import (
    case_application,
    contradictions,
    forms,
    one_off_application,
    people,
)
from mashang.cases.form.contradictions import OF_HOUSEHOLD, OF_MEMBERS
from mashang.cases.queries import answers as desk_answers
from mashang.core.errors import SURE, AskedBack
from mashang.core.privacy.identity import parse_id_number
from tests.builders import make_id_number
from tests.cases.answers import (
    MOTHER,
    SON,
    TYPED,
    as_typed,
    begin,
    current,
    fill_in,
    make_ready,
    tell_member,
)
from tests.cases.households import make_case

pytestmark = pytest.mark.django_db
TODAY = "2026-11-30 10:00+08:00"
WORKER = {"born_on": "1980-05-17", "sex": "female", "id_number": "x", "marital": "married"}
PUPIL = {"relation": "daughter", "identity": "primary", "sex": "female", "id_number": "x"}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def application(li, branch_a):
    return fill_in(begin(li, branch_a["own"]), by=li)


def codes(found):
    return {row.code for row in found}


def fill(application, step, **told):
    return applications.fill(
        application, step, as_typed({**TYPED, **told}), by=application.holder.user
    )


def tell(application, told, key="new"):
    typed = as_typed(told)
    return applications.fill_member(application, key, people.WHO, typed, by=application.holder.user)


# The cut half of a number ----------------------------------------------------------------


def cut_numbers():
    """The first 15 digits of the numbers of children born in 2001 to 2012, three days of each month."""
    for year in range(2001, 2013):
        for month in range(1, 13):
            for day in (1, 11, 28):
                yield make_id_number(date(year, month, day))[:15]


def test_every_cut_half_of_a_childs_number_is_asked_back():
    numbers = list(cut_numbers())
    assert len(numbers) == 432

    for number in numbers:
        whole = parse_id_number(number)  # read as the old number of somebody born in 1920
        child = {**PUPIL, "born_on": whole.born_on.isoformat(), "sex": whole.sex}
        assert "oldest" in codes(contradictions.in_member(child, WORKER)), number


def test_the_whole_number_of_the_same_child_is_not():
    for day in range(0, 365 * 9, 97):
        born = date(2011, 9, 1) + timedelta(days=day)
        child = {**PUPIL, "born_on": born.isoformat()}
        if born <= date(2021, 11, 30):
            assert codes(contradictions.in_member(child, WORKER)) == set(), born


def test_a_cut_number_is_asked_back_where_it_is_typed_and_stands_with_the_tick(application):
    cut = make_id_number(date(2010, 3, 7))[:15]
    told = {**SON, "relation": "daughter", "identity": "primary", "id_number": cut}

    with pytest.raises(AskedBack) as asked:
        tell(application, told)
    assert "106 岁" in asked.value.fields["id_number"] and "少抄" in asked.value.fields["id_number"]
    assert SURE in asked.value.fields
    assert len(current(application).answers.reveal()["members"]) == 2, "nothing was kept"

    tell(application, {**told, SURE: "on"})
    assert len(current(application).answers.reveal()["members"]) == 3


def test_a_grandmother_of_106_with_her_old_number_has_a_way(application):
    told = {**MOTHER, "relation": "grandmother", "id_number": "990101201003072", SURE: "on"}
    tell(application, told)

    assert current(application).answers.reveal()["members"][-1]["born_on"] == "1920-10-03"


def test_an_old_number_of_the_parents_age_is_read_without_a_question(application):
    tell(application, {**MOTHER, "id_number": "990101520903072"})

    assert current(application).answers.reveal()["members"][-1]["born_on"] == "1952-09-03"


def test_what_was_let_stand_is_not_asked_at_every_later_page(application):
    told = {**MOTHER, "relation": "grandmother", "id_number": "990101201003072"}
    tell(application, {**told, SURE: "on"})

    tell(application, {**told, "health": "good"})  # another answer of the same page changes


def test_the_colleague_who_begins_for_somebody_is_asked_too(branch_a, chen):
    cut = make_id_number(date(2010, 3, 7))[:15]
    begin_for = {"kind": "one_off", "union": branch_a["own"], "reason": "眼睛看不清", "by": chen}

    with pytest.raises(AskedBack) as asked:
        assisted.start_for(cut, **begin_for)
    assert "106 岁" in asked.value.fields["number"]

    assert assisted.start_for(cut, is_sure=True, **begin_for).pk


# Each row of the table -------------------------------------------------------------------


def member(**told):
    return {"id_number": "x", "sex": "female", "born_on": "1952-09-03", **told}


MEMBERS = {
    "oldest": member(born_on="1920-10-03"),
    "age_of_identity": member(relation="daughter", identity="primary", born_on="1999-01-01"),
    "child_at_work": member(relation="daughter", identity="at_work", born_on="2015-01-01"),
    "young_pensioner": member(relation="sister", identity="retired", born_on="1999-01-01"),
    "generation": member(relation="son", sex="male", born_on="1980-05-17"),  # the mother's own day
    "sex_of_relation": member(relation="son", sex="female", born_on="2010-06-01"),
    "young_spouse": member(relation="spouse", sex="male", born_on="2012-01-01"),
    "spouse_of_same_sex": member(relation="spouse", sex="female", born_on="1981-01-01"),
    "spouse_of_unmarried": member(relation="spouse", sex="male", born_on="1981-01-01"),
}
FEN = 100
INCOME = {f"income_{kind}": 0 for kind in ("wage", "business", "property", "transfer", "other")}
HOUSEHOLDS = {
    "oldest": {"born_on": "1920-10-03"},
    "child": {"born_on": "2014-10-03"},
    "young_pensioner": {"born_on": "1999-10-03", "work_state": "retired"},
    "worked_as_child": {"first_worked_on": "1990-07"},
    "employer_at_work": {"work_state": "jobless", "has_employer": "yes"},
    "single_parent_married": {"is_single_parent": "yes"},
    "single_parent_with_spouse": {
        "is_single_parent": "yes", "marital": "divorced", "members": [{"relation": "spouse"}],
    },
    "worker_in_jobless_family": {"has_no_worker": "yes", "members": [{"identity": "at_work"}]},
    "wage_in_jobless_family": {"has_no_worker": "yes", "income_wage": 18_000 * FEN},
    "own_income_beyond_all": {**INCOME, "income_wage": 18_000 * FEN, "own_monthly": 1_800 * FEN},
    "allowance_beyond_transfer": {"income_transfer": 3_600 * FEN, "allowance_monthly": 400 * FEN},
    "cause_own_illness": {"main_cause": "own_illness", "health": "good"},
    "cause_own_disability": {"main_cause": "own_disability", "health": "good"},
    "cause_kin_disability": {"main_cause": "kin_disability", "members": [{"health": "good"}]},
    "cause_schooling": {"main_cause": "schooling", "members": [{"identity": "retired"}]},
    "cause_single_parent": {"main_cause": "single_parent", "is_single_parent": "no"},
    "repaid_beyond_cost": {"sudden_cost": 100, "sudden_repaid": 101},
    "used_beyond_floor": {"floor_area": "46", "used_area": "46.5"},
    "home_without_estate": {"housing": "commodity", "vehicle": "none"},
    "self_built_without_estate": {"housing": "self_built", "vehicle": "none"},
}  # fmt: skip


@pytest.mark.parametrize("row", OF_MEMBERS, ids=lambda row: row.code)
def test_each_row_about_a_member_finds_what_it_is_for(row):
    worker = {**WORKER, "marital": "divorced" if row.code == "spouse_of_unmarried" else "married"}

    assert row.code in codes(contradictions.in_member(MEMBERS[row.code], worker))


@pytest.mark.parametrize("row", OF_HOUSEHOLD, ids=lambda row: row.code)
def test_each_row_about_the_household_finds_what_it_is_for(row):
    assert row.code in codes(contradictions.in_household({**WORKER, **HOUSEHOLDS[row.code]}))


@pytest.mark.parametrize(
    "row", [*OF_MEMBERS, *OF_HOUSEHOLD], ids=lambda row: f"{type(row).__name__}-{row.code}"
)
def test_each_row_hangs_on_a_question_of_the_form(row):
    steps = people.PARTS if row in OF_MEMBERS else case_application.STEPS
    asked = {field.name for step in steps for field in step.fields}

    assert set(row.fields) <= asked


def test_an_ordinary_family_is_asked_nothing(application):
    assert contradictions.findings(application.answers.reveal(), forms.questions_of("file")) == []


@pytest.mark.parametrize(
    ("relation", "sex", "born"),
    [
        ("son", "male", "2000-01-01"),
        ("father", "male", "1955-01-01"),
        ("grandmother", "female", "1935-01-01"),
        ("grandchild", "female", "2022-01-01"),
        ("spouse", "male", "1970-01-01"),
        ("brother", "male", "1990-01-01"),
        ("other", "male", "1980-05-17"),
    ],
)
def test_relatives_of_their_usual_age_are_not_asked_about(relation, sex, born):
    one = {**member(relation=relation, sex=sex, born_on=born), "identity": "other"}

    assert codes(contradictions.in_member(one, WORKER)) == set()


# Along the way ---------------------------------------------------------------------------


def test_a_son_with_his_mothers_day_of_birth_is_asked_back(application):
    her_day = date.fromisoformat(application.answers.reveal()["born_on"])

    with pytest.raises(AskedBack) as asked:
        tell(
            application, {**SON, "identity": "other", "id_number": make_id_number(her_day, "male")}
        )
    assert "亲属关系对不上" in asked.value.fields["id_number"]


def test_a_wage_in_a_family_without_work_is_asked_back_at_the_wage(application):
    fill(
        application,
        case_application.FAMILY,
        has_no_worker="yes",
        can_help_itself="no",
        is_sure="on",
    )

    with pytest.raises(AskedBack) as asked:
        fill(application, case_application.INCOME, income_wage="18000", own_monthly="1500")
    assert set(asked.value.fields) == {"income_wage", SURE}

    fill(
        application,
        case_application.INCOME,
        income_wage="18000",
        own_monthly="1500",
        **{SURE: "on"},
    )
    assert current(application).answers.reveal()["income_wage"] == 18_000 * FEN


@pytest.mark.parametrize(
    ("main", "others", "place"),
    [("kin_illness", ["own_disability"], "other_causes"), ("own_disability", [], "main_cause")],
)
def test_a_cause_that_does_not_fit_is_asked_back_where_it_was_chosen(
    application, main, others, place
):
    with pytest.raises(AskedBack) as asked:
        fill(application, case_application.CAUSES, main_cause=main, other_causes=others)

    assert "本人残疾" in asked.value.fields[place]


def test_a_form_asks_back_only_about_its_own_questions(li, branch_a):
    """“健康状况” was told for the file; the short form does not ask it, so nobody can look it up there."""
    whole = workflows.submit_application(make_ready(li, branch_a), by=li)
    applications.withdraw(whole, by=li)
    short = begin(li, branch_a["own"], kind="one_off")
    assert short.answers.reveal()["health"] == "good"

    told = fill(short, one_off_application.EVENT, main_cause="own_illness")

    assert told.answers.reveal()["main_cause"] == "own_illness"
    assert desk_answers.contradictory(told) == []


def test_a_flat_of_ones_own_that_nobody_owns_is_asked_back_at_the_estates(application):
    fill(application, case_application.HOUSING, housing="commodity", **{SURE: "on"})
    step = case_application.PROPERTY

    with pytest.raises(AskedBack) as asked:
        fill(
            application,
            step,
            vehicle="car",
            vehicles="1",
            vehicle_year="2015",
            vehicle_use="ordinary",
        )
    assert "没有选商品房" in asked.value.fields["estates"]

    fill(application, step, estates=["commodity"])


def test_what_was_let_stand_keeps_nobody_from_submitting(application):
    fill(application, case_application.HOUSING, housing="commodity", **{SURE: "on"})

    lacking = [
        step.key
        for step in forms.unfilled("file", current(application).answers.reveal(), {"450103": "x"})
    ]
    assert lacking == []


# At the desk -----------------------------------------------------------------------------


def test_the_colleague_who_examines_is_told(application):
    fill(application, case_application.HOUSING, housing="commodity", **{SURE: "on"})

    rows = desk_answers.contradictory(current(application))

    assert [row.code for row in rows] == ["home_without_estate"]
    assert "您" not in rows[0].words


def test_what_the_household_withholds_is_not_given_away_by_a_contradiction(application):
    fill(
        application,
        case_application.CAUSES,
        main_cause="own_illness",
        other_causes=[],
        **{SURE: "on"},
    )

    assert desk_answers.contradictory(current(application)) == [], "no consent to health yet"


def test_a_member_added_at_the_desk_is_asked_back(branch_a, chen):
    case = make_case(branch_a["own"])
    number = parse_id_number(make_id_number(date(2010, 3, 7))[:15])
    person = {
        "relation": "daughter", "name": "李小妹", "identity": "primary", "id_number": number.number,
        "born_on": number.born_on.isoformat(), "sex": number.sex,
    }  # fmt: skip

    with pytest.raises(AskedBack):
        changes.add_member(case, person, why="出生", by=chen)

    assert changes.add_member(case, person, why="出生", by=chen, is_sure=True).pk


def test_a_change_that_does_not_fit_the_file_is_asked_back(branch_a, chen):
    case = make_case(branch_a["own"])

    moved = {"housing": "commodity", "vehicle": "none"}

    with pytest.raises(AskedBack):
        changes.change(case, moved, why="搬家", by=chen)

    changes.change(case, moved, why="搬家", by=chen, is_sure=True)


def test_words_name_the_person_of_the_household_by_relation(application):
    tell_member(
        application,
        "gran",
        {**MOTHER, "relation": "grandmother", "id_number": "990101201003072", SURE: "on"},
        by=application.holder.user,
    )

    rows = desk_answers.contradictory(current(application))

    assert [(row.code, row.who) for row in rows] == [("oldest", "祖母")]


def test_a_sentence_that_may_stand_on_several_pages_names_both_questions() -> None:
    """“这里” and “前面” are true on one page only: it is asked back on whichever is filled in last."""
    page_of = {field.name: step.key for step in forms.FORMS["file"] for field in step.fields}
    across = [
        row for row in OF_HOUSEHOLD if len({page_of[n] for n in row.fields if n in page_of}) > 1
    ]

    assert len(across) > 5
    assert not [row.code for row in across if "这里" in row.words or "前面" in row.words]
