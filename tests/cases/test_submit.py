"""提交: once, whole, and only what the worker has signed."""

import pytest
from django.db import DatabaseError

from mashang import workflows
from mashang.accounts.models import Consent, User
from mashang.cases.actions import applications
from mashang.cases.form import case_application
from mashang.cases.models import Application, Attachment, Member
from mashang.cases.refusals import NotFilled
from mashang.core.errors import NotAllowed, WrongState
from mashang.notices.models import Notice
from mashang.reviews import actions as reviews
from mashang.reviews.models import Decision, Step
from mashang.unions.models import Union
from mashang.unions.roles import Role
from tests.builders import make_staff
from tests.cases.answers import TYPED, as_typed, begin, current, make_ready
from tests.crowd import lock_off, press_at_once

Branch = dict[str, Union]


def test_a_whole_application_goes_to_the_union(li: User, branch_a: Branch) -> None:
    application = workflows.submit_application(make_ready(li, branch_a), by=li)

    assert application.state == Application.State.SUBMITTED
    assert application.number and application.main_cause == "kin_illness"
    assert Step.objects.get(subject_id=application.pk).union == branch_a["own"]
    notice = Notice.objects.get(user=li)
    assert branch_a["own"].name in notice.body and "李春燕" not in notice.body


def test_the_household_is_entered(li: User, branch_a: Branch) -> None:
    application = workflows.submit_application(make_ready(li, branch_a), by=li)

    holder = application.holder
    assert holder.name == "李春燕" and holder.id_number.reveal().endswith(holder.id_tail)
    people = {m.relation: m for m in Member.objects.filter(holder=holder)}
    assert set(people) == {"self", "mother", "son"}
    assert people["son"].details.reveal()["identity"] == "senior"
    assert not any(person.is_on_live_file for person in people.values())


def test_what_is_lacking_is_said_step_by_step(li: User, branch_a: Branch) -> None:
    application = begin(li, branch_a["own"])

    with pytest.raises(NotFilled) as refusal:
        workflows.submit_application(application, by=li)

    assert {"about", "members", "bank", "consents", "sign"} <= set(refusal.value.fields)
    assert "“您本人”" in refusal.value.message
    assert current(application).state == Application.State.DRAFT


def test_without_the_childrens_consent_it_is_not_submitted(li: User, branch_a: Branch) -> None:
    application = make_ready(li, branch_a)
    Consent.objects.filter(purpose=Consent.Purpose.CHILDREN).delete()

    with pytest.raises(NotFilled) as refusal:
        workflows.submit_application(application, by=li)

    assert "使用未成年家人的信息" in refusal.value.fields["consents"]


def test_refusing_what_is_optional_harms_nothing(li: User, branch_a: Branch) -> None:
    application = make_ready(li, branch_a)
    Consent.objects.filter(purpose=Consent.Purpose.HELPER).delete()

    assert workflows.submit_application(application, by=li).state == Application.State.SUBMITTED


def test_somebody_else_cannot_submit_it(li: User, branch_a: Branch, lu: User) -> None:
    application = make_ready(li, branch_a)

    with pytest.raises(NotAllowed):
        workflows.submit_application(application, by=lu)


def test_the_second_tap_is_refused_in_words(li: User, branch_a: Branch) -> None:
    application = make_ready(li, branch_a)
    workflows.submit_application(application, by=li)

    with pytest.raises(WrongState) as refusal:
        workflows.submit_application(application, by=li)

    assert "已提交" in str(refusal.value)


@pytest.mark.django_db(transaction=True)
def test_twenty_thumbs_submit_it_once(li: User, branch_a: Branch) -> None:
    application = make_ready(li, branch_a)

    answers = press_at_once([lambda: workflows.submit_application(application, by=li)] * 20)

    assert [type(a) for a in answers].count(Application) == 1
    assert Step.objects.filter(subject_id=application.pk).count() == 1
    assert Member.objects.filter(holder=application.holder).count() == 3


@pytest.mark.django_db(transaction=True)
def test_with_the_lock_off_the_race_happens_and_the_constraints_have_the_last_word(
    li: User, branch_a: Branch
) -> None:
    application = make_ready(li, branch_a)

    with lock_off():
        answers = press_at_once([lambda: workflows.submit_application(application, by=li)] * 20)

    assert any(isinstance(answer, DatabaseError) for answer in answers)
    assert Step.objects.filter(subject_id=application.pk).count() == 1


def test_one_off_aid_has_its_own_short_form(li: User, branch_a: Branch) -> None:
    application = workflows.submit_application(make_ready(li, branch_a, "one_off"), by=li)

    assert application.state == Application.State.SUBMITTED
    assert set(application.answers.reveal()) >= {"persons", "sudden_cost", "income_total"}
    assert [m.relation for m in Member.objects.filter(holder=application.holder)] == ["self"]


def test_until_somebody_has_decided_the_worker_may_correct(li: User, branch_a: Branch) -> None:
    application = workflows.submit_application(make_ready(li, branch_a), by=li)
    applications.fill(
        application, case_application.EMPLOYER, as_typed({**TYPED, "employer": "青山棉纺厂"}), by=li
    )

    assert current(application).answers.reveal()["employer"] == "青山棉纺厂"


def test_what_was_sent_back_is_mended_and_goes_on(li: User, branch_a: Branch) -> None:
    application = workflows.submit_application(make_ready(li, branch_a), by=li)
    _send_back(application, branch_a)

    workflows.submit_application(application, by=li)

    step = Step.objects.get(subject_id=application.pk, state=Step.State.OPEN)
    assert step.round == 2 and current(application).missing == []
    assert Notice.objects.filter(user=li, kind="application.resubmitted").exists()


def test_once_accepted_it_can_no_longer_be_changed(li: User, branch_a: Branch) -> None:
    application = workflows.submit_application(make_ready(li, branch_a), by=li)
    step = Step.objects.get(subject_id=application.pk)
    clerk = make_staff("何", branch_a["own"], Role.CLERK)
    reviews.decide(step, outcome="approve", by=clerk, data_key=application.holder.data_key)

    with pytest.raises(WrongState) as refusal:
        applications.fill(application, case_application.EMPLOYER, as_typed(TYPED), by=li)

    assert "添加材料" in str(refusal.value)


def test_the_household_belongs_where_it_last_applied(
    li: User, branch_a: Branch, branch_b: Branch
) -> None:
    applications.withdraw(workflows.submit_application(make_ready(li, branch_a), by=li), by=li)

    again = workflows.submit_application(make_ready(li, branch_b), by=li)

    assert again.holder.union == branch_b["own"]


def test_a_withdrawn_application_lies_on_no_desk(li: User, branch_a: Branch) -> None:
    application = workflows.submit_application(make_ready(li, branch_a), by=li)

    applications.withdraw(application, by=li)

    gone = current(application)
    assert (gone.state, gone.ending) == ("ended", "withdrawn")
    assert not Step.objects.filter(subject_id=gone.pk, state=Step.State.OPEN).exists()
    assert Attachment.objects.filter(application=gone, removed_at=None).exists()


def test_after_a_withdrawal_one_may_apply_again(li: User, branch_a: Branch) -> None:
    application = workflows.submit_application(make_ready(li, branch_a), by=li)
    applications.withdraw(application, by=li)

    again = begin(li, branch_a["own"])

    known = again.answers.reveal()
    assert known["name"] == "李春燕" and "story" not in known


def _send_back(application: Application, branch: Branch) -> None:
    step = Step.objects.get(subject_id=application.pk)
    clerk = make_staff("何", branch["own"], Role.CLERK)
    reviews.decide(
        step,
        outcome=Decision.Outcome.SEND_BACK,
        by=clerk,
        data_key=application.holder.data_key,
        missing=["bills"],
    )


def test_after_the_short_form_the_long_one_still_knows_what_was_told(
    li: User, branch_a: Branch
) -> None:
    for kind in ("file", "one_off"):
        told = workflows.submit_application(make_ready(li, branch_a, kind), by=li)
        applications.withdraw(told, by=li)

    again = begin(li, branch_a["own"]).answers.reveal()

    assert again["housing"] == "rent" and len(again["members"]) == 2
    assert again["persons"] == 3 and "story" not in again
