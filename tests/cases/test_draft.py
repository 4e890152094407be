"""填写: a draft is kept at every step, sealed, and nothing typed is lost."""

import pytest
from django.db import connection

from mashang.accounts.models import User
from mashang.cases.actions import applications, assisted
from mashang.cases.form import case_application, forms, people
from mashang.cases.models import Application
from mashang.cases.refusals import AlreadyOnFile, HasLiveApplication
from mashang.core.errors import Invalid, NotAllowed, WrongState
from mashang.unions.models import Union
from tests.builders import make_id_number, make_worker
from tests.cases.answers import TYPED, as_typed, begin, current, fill_in, make_region
from tests.cases.households import make_case

Branch = dict[str, Union]


def test_a_worker_begins_at_the_union_of_the_employer(li: User, branch_a: Branch) -> None:
    application = begin(li, branch_a["own"])

    assert application.state == Application.State.DRAFT
    assert application.holder.user == li and application.union_path == branch_a["own"].path


def test_what_is_typed_in_a_step_is_kept_sealed(li: User, branch_a: Branch) -> None:
    application = begin(li, branch_a["own"])
    number = make_id_number()

    applications.fill(
        application, case_application.ABOUT, as_typed({**TYPED, "id_number": number.lower()}), by=li
    )

    kept = current(application).answers.reveal()
    assert kept["id_number"] == number and kept["born_on"] == "1980-05-17"
    assert kept["sex"] in ("male", "female") and kept["phone"] == "12000000001"
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers FROM cases_application")
        assert number.encode() not in bytes(cursor.fetchone()[0])


def test_a_wrong_id_number_has_its_sentence_and_nothing_is_kept(li: User, branch_a: Branch) -> None:
    application = begin(li, branch_a["own"])

    with pytest.raises(Invalid) as refusal:
        applications.fill(
            application,
            case_application.ABOUT,
            as_typed({**TYPED, "id_number": "990100198005179999"}),
            by=li,
        )

    assert "逐位核对" in refusal.value.fields["id_number"]
    assert "name" not in current(application).answers.reveal()


def test_going_back_and_changing_an_answer_drops_what_hung_on_it(
    li: User, branch_a: Branch
) -> None:
    application = fill_in(begin(li, branch_a["own"]), by=li)

    applications.fill(
        application, case_application.WORK, as_typed({**TYPED, "has_employer": "no"}), by=li
    )

    kept = forms.relevant("file", current(application).answers.reveal())
    assert "employer" not in kept and kept["has_employer"] == "no"


def test_the_same_person_is_not_entered_twice(li: User, branch_a: Branch) -> None:
    application = begin(li, branch_a["own"])
    number = make_id_number()
    applications.fill(
        application, case_application.ABOUT, as_typed({**TYPED, "id_number": number}), by=li
    )
    spouse = {
        "name": "黄强", "relation": "spouse", "id_number": number, "ethnicity": "01",
        "identity": "at_work", "health": "good", "medical_cover": "worker",
    }  # fmt: skip

    with pytest.raises(Invalid) as refusal:
        applications.fill_member(application, "a1", people.WHO, as_typed(spouse), by=li)

    assert "您自己的身份证号码" in refusal.value.fields["id_number"]


def test_a_household_has_one_live_application(li: User, branch_a: Branch) -> None:
    begin(li, branch_a["own"])

    with pytest.raises(HasLiveApplication) as refusal:
        begin(li, branch_a["own"], "one_off")

    assert "我的事项" in str(refusal.value)


def test_a_household_on_file_reports_changes_but_may_ask_for_one_off_aid(
    li: User, branch_a: Branch
) -> None:
    make_case(branch_a["own"], worker=li)

    with pytest.raises(AlreadyOnFile):
        begin(li, branch_a["own"])
    assert begin(li, branch_a["own"], "one_off").kind == Application.Kind.ONE_OFF


def test_a_household_on_file_asks_where_its_file_is(
    li: User, branch_a: Branch, branch_b: Branch
) -> None:
    make_case(branch_a["own"], worker=li)

    with pytest.raises(Invalid) as refusal:
        begin(li, branch_b["own"], "one_off")

    assert branch_a["own"].name in refusal.value.fields["union"]


def test_a_draft_may_go_to_another_union(li: User, branch_a: Branch) -> None:
    application = begin(li, branch_a["own"])

    applications.move(application, union=branch_a["town"], by=li)

    assert current(application).union == branch_a["town"]


def test_a_city_union_does_not_receive_applications(li: User, branch_a: Branch) -> None:
    with pytest.raises(Invalid) as refusal:
        begin(li, branch_a["city"])

    assert "不直接受理" in refusal.value.fields["union"]


def test_another_worker_cannot_fill_in_my_draft(li: User, branch_a: Branch) -> None:
    application = begin(li, branch_a["own"])

    with pytest.raises(NotAllowed):
        applications.fill(
            application, case_application.ABOUT, as_typed(TYPED), by=make_worker("外人")
        )


def test_a_clerk_beside_cannot_fill_it_in_either(
    li: User, branch_a: Branch, chen: User, lu: User
) -> None:
    application = begin(li, branch_a["own"])
    typed = as_typed({**TYPED, "id_number": make_id_number()})
    with pytest.raises(NotAllowed, match="代办原因"):
        applications.fill(application, case_application.ABOUT, typed, by=chen)

    assisted.take_over(application, reason="没有智能手机", by=chen)
    applications.fill(application, case_application.ABOUT, typed, by=chen)
    with pytest.raises(NotAllowed):
        applications.fill(application, case_application.ABOUT, typed, by=lu)


def test_a_discarded_draft_forgets_what_was_typed(li: User, branch_a: Branch) -> None:
    application = fill_in(begin(li, branch_a["own"]), by=li)

    applications.withdraw(application, by=li)

    gone = current(application)
    assert gone.state == Application.State.ENDED and gone.answers.reveal() == {}
    with pytest.raises(WrongState):
        applications.fill(application, case_application.ABOUT, as_typed(TYPED), by=li)


def test_a_second_application_asks_nothing_that_is_known(li: User, branch_a: Branch) -> None:
    make_region()
    application = begin(li, branch_a["own"])

    assert application.answers.reveal()["phone"] == li.phone.reveal()
