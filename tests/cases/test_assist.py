"""代办: the union does it for the worker, with a reason and a signed paper, and the worker is told."""

import pytest

from mashang import workflows
from mashang.accounts.models import Consent, User
from mashang.cases.actions import assisted, papers
from mashang.cases.form import consents
from mashang.cases.models import Application, Holder
from mashang.cases.refusals import HasLiveApplication, NotFilled
from mashang.core.errors import Invalid, NotAllowed
from mashang.notices.models import Message, Notice
from mashang.reviews import actions as reviews
from mashang.unions.models import Union
from tests.builders import make_holder, make_id_number
from tests.cases.answers import current, fill_in, make_ready, make_region
from tests.pictures import make_jpeg

Branch = dict[str, Union]


def start(branch: Branch, by: User, number: str = "", reason: str = "没有智能手机") -> Application:
    make_region()
    return assisted.start_for(
        number or make_id_number(), kind="one_off", union=branch["own"], reason=reason, by=by
    )


def test_a_person_without_a_phone_is_entered(branch_a: Branch, chen: User) -> None:
    number = make_id_number()

    application = start(branch_a, chen, number)

    assert application.holder.user is None and application.filled_by == chen
    assert application.answers.reveal()["id_number"] == number
    assert application.assist_reason == "没有智能手机"


def test_one_known_in_the_branch_is_found_again(branch_a: Branch, chen: User) -> None:
    holder = make_holder(branch_a["own"])

    application = start(branch_a, chen, holder.id_number.reveal())

    assert application.holder == holder and Holder.objects.count() == 1


def test_one_of_another_branch_is_not_hinted_at(
    branch_a: Branch, branch_b: Branch, chen: User
) -> None:
    beside = make_holder(branch_b["own"])

    application = start(branch_a, chen, beside.id_number.reveal())

    assert application.holder != beside


def test_one_with_a_live_application_is_said(branch_a: Branch, chen: User) -> None:
    number = make_id_number()
    start(branch_a, chen, number)

    with pytest.raises(HasLiveApplication):
        start(branch_a, chen, number)


def test_it_needs_a_reason_and_a_right_number(branch_a: Branch, chen: User) -> None:
    with pytest.raises(Invalid) as no_reason:
        start(branch_a, chen, reason=" ")
    with pytest.raises(Invalid) as wrong:
        start(branch_a, chen, "123")

    assert "为什么由工会代办" in no_reason.value.fields["reason"]
    assert "18 位" in wrong.value.fields["number"]


def test_a_clerk_beside_cannot_begin_here(branch_a: Branch, lu: User) -> None:
    with pytest.raises(NotAllowed):
        start(branch_a, lu)


def test_without_the_signed_papers_it_is_not_submitted(branch_a: Branch, chen: User) -> None:
    application = ready(branch_a, chen)

    with pytest.raises(NotFilled) as refusal:
        workflows.submit_application(application, by=chen)

    assert "委托代办书" in refusal.value.fields["papers"]


def test_with_them_it_goes_its_way(branch_a: Branch, chen: User) -> None:
    application = ready(branch_a, chen)
    for number, kind in enumerate(("assist", "consent")):
        papers.add(application, kind=kind, data=make_jpeg(400 + number, 400), by=chen)

    assert workflows.submit_application(application, by=chen).state == Application.State.SUBMITTED
    assert (
        {m.kind for m in Message.objects.all()}
        == {
            "application.submitted",
            "application.assisted",
            "channel.account_asked",  # typed by one colleague: another one confirms it before it is paid to
        }
    )  # no account: the phone that was told gets the words
    ways = set(Consent.objects.values_list("way", flat=True))
    assert ways == {Consent.Way.PAPER}


def test_the_worker_is_told_when_a_colleague_submits(
    li: User, branch_a: Branch, chen: User
) -> None:
    application = make_ready(li, branch_a)
    assisted.take_over(application, reason="住院", by=chen)
    for number, kind in enumerate(("assist", "consent")):
        papers.add(application, kind=kind, data=make_jpeg(400 + number, 400), by=chen)

    workflows.submit_application(application, by=chen)

    kinds = set(Notice.objects.filter(user=li).values_list("kind", flat=True))
    assert kinds == {"application.submitted", "application.assisted", "channel.account_asked"}


def test_a_withdrawal_for_the_worker_keeps_the_signed_wish(
    li: User, branch_a: Branch, chen: User
) -> None:
    application = workflows.submit_application(make_ready(li, branch_a), by=li)

    assisted.withdraw_for(application, reason="本人来电", proof=make_jpeg(), by=chen)

    assert current(application).ending == Application.Ending.WITHDRAWN
    assert application.attachments.filter(kind="assist").exists()


def ready(branch: Branch, by: User) -> Application:
    """Everything told, ticked and signed; the papers about the help itself are not there yet."""
    reviews.install_default_flows(branch["province"])
    number = make_id_number()
    application = fill_in(start(branch, by, number), by=by, id_number=number)
    asked = consents.asked_of(application.kind, application.answers.reveal())
    assisted.agree_on_paper(application, {a.purpose: True for a in asked}, by=by)
    papers.sign(application, data=make_jpeg(300, 120), by=by)
    return application
