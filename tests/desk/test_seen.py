"""看到什么，办什么: whoever decides names what they had on the screen; on anything newer nothing is done."""

import pytest

from mashang.cases.actions import changes, files, papers
from mashang.cases.models import Application, Checker, HomeCheck
from mashang.core.models import TrailEntry
from mashang.givers import actions as givers
from mashang.givers.models import Organisation
from mashang.reviews.models import Decision
from mashang.wishes.actions import moderation, wishes
from mashang.wishes.models import Wish
from tests.builders import make_member, make_staff, sign_in
from tests.cases.offices import (
    application_of,
    bring_to,
    check_home,
    give_consent,
    make_office,
    make_standard,
    open_step,
    submit,
)
from tests.desk import deciding
from tests.desk.deciding import FORMS
from tests.desk.files import make_room
from tests.pictures import make_jpeg
from tests.readers import mark_at
from tests.wishes.families import make_wish_room, words

pytestmark = pytest.mark.django_db
LOOKS = ("access.logged", "organisation.looked_at", "id_number.typed")


@pytest.fixture
def office(branch_a):
    return make_office(branch_a)


def acts():
    return TrailEntry.objects.exclude(action__in=LOOKS).count()


# Each form that decides ------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMS)
def test_a_form_decides_with_the_mark_of_what_stands_there_alone(branch_a, name):
    """The page that refuses carries the new mark and what was typed: read, then pressed again, it is done."""
    sent = FORMS[name](branch_a)
    before = acts()
    for mark in ("", "0123456789abcdef", "nonsense-"):
        page = sent.post(seen=mark)
        assert page.status_code == 409 and "您打开这一页之后" in page.text
        assert f'name="seen" value="{mark_at(sent.path)}"' in page.text
        for typed in sent.typed.values():
            assert not isinstance(typed, str) or typed in page.text
    assert acts() == before

    assert sent.post().status_code == 302
    assert acts() > before


# What came meanwhile ---------------------------------------------------------------------


def late(office, step, change, way="approve", who=None):
    """The answer to a decision whose page was opened before `change`."""
    path = f"/desk/applications/{step.subject_id}/{way}/"
    seen = mark_at(path)
    change(step)
    told = {"step": step.pk, "seen": seen, f"{way}-opinion": "情况属实，同意"}
    return sign_in(who or office.clerk).post(path, told)


def add_paper(step):
    application = application_of(step)
    worker = application.holder.user
    papers.add(application, kind="id_card", data=make_jpeg(90, 70), by=worker)


def test_a_paper_that_came_while_somebody_was_reading_is_read_first(office):
    step = submit(office)
    answer = late(office, step, add_paper)

    assert answer.status_code == 409
    assert "您打开这一页之后，补交或移除了材料，没有办理；请先看过现在的内容再办" in answer.text
    assert "情况属实，同意" in answer.text and 'target="_blank"' in answer.text
    assert not Decision.objects.exists()


CHANGES = {
    "申请人的授权有变化": give_consent,
    "家庭成员有变化": lambda step: make_member(application_of(step).holder, "son", "李小明"),
    "困难测算的结果变了": lambda step: make_standard(99_000),
    "申请人改了填写的内容": lambda step: answer_anew(step, income_wage=9_900_000),
    "受理工会、代办或审定的内容变了": lambda step: Application.objects.filter(
        pk=step.subject_id
    ).update(assist_reason="本人不会用手机"),
}


def answer_anew(step, **changed):
    application = application_of(step)
    application.answers = application.answers.reveal() | changed
    application.save()


@pytest.mark.parametrize("happened", CHANGES)
def test_each_change_is_named_to_who_decides(office, happened):
    answer = late(office, submit(office), CHANGES[happened])
    assert answer.status_code == 409 and happened in answer.text


def test_several_changes_are_named_together(office):
    step = submit(office)

    def both(step):
        add_paper(step)
        give_consent(step)

    assert "补交或移除了材料、申请人的授权有变化，没有办理" in late(office, step, both).text


def test_a_visit_that_was_written_down_anew_is_not_signed_unread(office):
    step = bring_to("home_check", office)
    check_home(step, office.clerk)
    sign = f"/desk/applications/{step.subject_id}/home-check/sign/"
    seen = mark_at(sign)
    told = {"people": "少一人", "income": "无", "housing": "自有", "health": "好", "agrees": "no"}
    again = deciding.Sent(sign_in(office.clerk), sign.replace("sign/", ""), told, has_photo=True)
    assert again.post(visited_on=deciding.TODAY()).status_code == 302

    answer = sign_in(office.colleague).post(sign, {"seen": seen})

    assert answer.status_code == 409 and "入户核查的登记改过" in answer.text
    assert "少一人" in answer.text
    assert list(Checker.objects.values_list("user", flat=True)) == [office.clerk.pk]
    assert HomeCheck.objects.get().agrees is False


def test_one_more_signature_keeps_nobody_from_signing(office, branch_a):
    step = bring_to("home_check", office)
    check_home(step, office.clerk)
    sign = f"/desk/applications/{step.subject_id}/home-check/sign/"
    seen = mark_at(sign)
    third = make_staff("赵同", branch_a["own"], "clerk")
    sign_in(third).post(sign, {"seen": seen})

    assert sign_in(office.colleague).post(sign, {"seen": seen}).status_code == 302
    assert Checker.objects.count() == 3


def test_who_was_first_is_told_before_what_changed(office):
    step = submit(office)
    path = f"/desk/applications/{step.subject_id}/approve/"
    seen = mark_at(path)
    sign_in(office.clerk).post(path, {"step": step.pk})
    answer = sign_in(office.colleague).post(path, {"step": step.pk, "seen": seen})

    assert answer["X-Refusal"] == "step_taken" and "周敏" in answer.text


def test_a_file_that_a_colleague_changed_meanwhile_is_read_first(branch_a):
    room = make_room(branch_a["own"])
    seen = mark_at(room.address("change/"))
    changes.change(room.now(), {"employer": "绿水制衣厂"}, why="换工作", by=room.clerk)
    told = {"employer": "青山丝厂", "why": "换了工作", "seen": seen}
    answer = sign_in(room.clerk).post(room.address("change/"), told)

    assert answer.status_code == 409 and "档案有了新的版本" in answer.text
    assert "青山丝厂" in answer.text and "第 2 版" in answer.text
    assert room.now().version == 2


def test_a_fact_is_confirmed_as_it_was_read_whatever_else_changes(branch_a):
    room = make_room(branch_a["own"])
    income, housing = room.address("check/income/"), room.address("check/housing/")
    seen = {path: mark_at(path) for path in (income, housing)}
    changes.change(room.now(), {"housing": "public_rent"}, why="搬家", by=room.clerk)
    desk = sign_in(room.clerk)

    assert desk.post(income, {"seen": seen[income]}).status_code == 302
    answer = desk.post(housing, {"seen": seen[housing]})
    assert answer.status_code == 409 and "这条信息有人改过" in answer.text


def test_a_file_that_was_closed_meanwhile_says_so_though_its_form_is_gone(branch_a):
    room = make_room(branch_a["own"])
    seen = mark_at(room.address("change/"))
    sign_in(room.clerk).post(room.address("close/"), {"reason": "已解困脱困"})
    told = {"employer": "青山丝厂", "why": "换了工作", "seen": seen}
    answer = sign_in(room.clerk).post(room.address("change/"), told)

    assert answer.status_code == 409 and "档案的状态、类别或建档工会变了" in answer.text


def test_another_report_is_not_accepted_in_place_of_the_one_that_was_read(branch_a):
    room = make_room(branch_a["own"])
    worker, accept = room.case.holder.user, room.address("change/accept/")
    first = changes.report_change(room.now(), {"employer": "绿水制衣厂"}, why="", by=worker)
    seen = mark_at(accept)
    changes.decline_change(first, answer="还没有入职", by=room.clerk)
    changes.report_change(room.now(), {"employer": "青山丝厂"}, why="", by=worker)
    answer = sign_in(room.clerk).post(accept, {"seen": seen})

    assert answer.status_code == 409 and "职工申报的变动已经换了一份" in answer.text
    assert files.current_answers(room.now())["employer"] != "青山丝厂"


def test_an_organisation_that_applied_anew_is_not_approved_unread(branch_a):
    organisation = deciding.apply_for_organisation(branch_a)
    approver = make_staff("县审批", branch_a["county"], "approver")
    page = f"/desk/organisations/{organisation.pk}/"
    seen = mark_at(page)
    givers.refuse(organisation, why="执照看不清", by=approver)
    deciding.apply_for_organisation(branch_a, name="完全另一家")
    answer = sign_in(approver).post(page + "approve/", {"seen": seen})

    assert answer.status_code == 409 and "单位改了申请内容或执照" in answer.text
    assert "完全另一家" in answer.text
    assert Organisation.objects.get().state == "applied"


def test_words_that_were_mended_are_not_sent_back_for_the_old_ones(branch_a):
    room = make_wish_room(branch_a)
    wish = room.post()
    page = f"/desk/wishes/{wish.pk}/"
    seen = mark_at(page)
    wishes.correct(wish, words=words(item="毛毯"), by=room.worker)
    answer = sign_in(room.clerk).post(page + "send-back/", {"why": "请写清尺码", "seen": seen})

    assert answer.status_code == 409 and "这个心愿的内容改过" in answer.text
    assert "请写清尺码" in answer.text and Wish.objects.get().state == "submitted"


def test_a_story_for_the_old_words_is_given_back(branch_a):
    room = make_wish_room(branch_a)
    wish = room.post()
    moderation.check(wish, by=room.clerk)
    page = f"/desk/wishes/{wish.pk}/"
    seen = mark_at(page)
    wish.refresh_from_db()
    wishes.correct(wish, words=words(item="毛毯"), by=room.worker)
    told = {"story": "家里的锅坏了一年", "rung": "5", "seen": seen}
    answer = sign_in(room.reviewer).post(page + "open/", told)

    assert answer.status_code == 409 and "家里的锅坏了一年" in answer.text


# The control -----------------------------------------------------------------------------


def test_without_the_comparison_the_old_page_would_decide(office, monkeypatch):
    monkeypatch.setattr("mashang.cases.actions.reviews.require_seen", lambda seen, parts: None)
    step = submit(office)

    assert late(office, step, add_paper).status_code == 302
    assert open_step(step).pk != step.pk
