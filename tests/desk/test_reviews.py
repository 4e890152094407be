"""办理 through the desk's pages: the three ways on, and the work before them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from mashang.accounts.models import Consent
from mashang.cases.actions import reviews
from mashang.cases.models import Application, Case, Evaluation, HomeCheck, IncomeCheck
from mashang.reviews.models import Decision
from tests.cases.offices import (
    application_of,
    bring_to,
    check_home,
    give_consent,
    make_office,
    open_step,
    submit,
)
from tests.pictures import make_jpeg


@pytest.fixture
def office(branch_a):
    return make_office(branch_a)


def address(step, part=""):
    return f"/desk/applications/{step.subject_id}/{part}"


def press(browser, step, way, **fields):
    prefix = way.replace("-", "_")
    named = {f"{prefix}-{name}": value for name, value in fields.items()}
    return browser.post(address(step, f"{way}/"), {"step": step.pk, **named})


# The three ways


def test_passing_a_step_goes_on_to_the_next_one_of_the_same_colleague(office, signed_in):
    step = submit(office)
    answer = press(signed_in(office.clerk), step, "approve", opinion="情况属实")

    assert answer.status_code == 302 and answer["Location"] == address(step)
    assert Decision.objects.get().opinion.reveal() == "情况属实"


def test_passing_a_step_on_to_another_office_goes_back_to_the_list(office, signed_in):
    step = submit(office, kind="one_off")
    answer = press(signed_in(office.clerk), step, "approve")
    assert answer["Location"] == "/desk/work/"


def test_what_is_lacking_is_told_in_a_sentence(office, signed_in):
    step = submit(office, papers=False)
    answer = press(signed_in(office.clerk), step, "approve")
    assert answer.status_code == 409 and "还缺身份证" in answer.text


def test_sending_back_names_each_thing_on_a_line_of_its_own(office, signed_in):
    step = submit(office)
    answer = press(signed_in(office.clerk), step, "send-back", missing="户口簿\n\n 诊断证明 ")
    assert answer.status_code == 302
    assert application_of(step).missing == ["户口簿", "诊断证明"]
    page = signed_in(office.clerk).get(address(step)).text
    assert "已退回申请人补正" in page and "诊断证明" in page


def test_sending_back_without_a_list_comes_back_with_the_field_named(office, signed_in):
    step = submit(office)
    answer = press(signed_in(office.clerk), step, "send-back", missing=" ", opinion="请尽快")
    assert answer.status_code == 422 and "还有 1 处要改" in answer.text
    assert "请尽快" in answer.text  # what was typed is not lost


def test_a_refusal_gives_its_reason(office, signed_in):
    step = submit(office)
    browser = signed_in(office.clerk)
    assert press(browser, step, "refuse").status_code == 422
    assert press(browser, step, "refuse", reason_code="N9").status_code == 422
    assert press(browser, step, "refuse", reason_code="X2").status_code == 302
    assert application_of(step).state == Application.State.ENDED


def test_the_later_one_is_told_who_was_first(office, signed_in):
    step = submit(office, kind="one_off")
    press(signed_in(office.clerk), step, "approve")
    late = press(signed_in(office.colleague), step, "refuse", reason_code="X2")
    assert late.status_code == 409 and "周敏" in late.text
    assert late["X-Refusal"] == "step_taken"
    assert f'href="{address(step)}"' in late.text and "看最新情况" in late.text


@pytest.mark.parametrize("told", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_a_form_of_no_step_is_told_to_reload(office, signed_in, told):
    step = submit(office)
    answer = signed_in(office.clerk).post(address(step, "approve/"), {"step": told})
    assert answer.status_code == 409 and "请刷新页面" in answer.text


def test_a_step_of_another_application_cannot_be_slipped_in(office, signed_in):
    mine, other = submit(office), submit(office)
    answer = signed_in(office.clerk).post(address(mine, "approve/"), {"step": other.pk})
    assert answer.status_code == 409 and not Decision.objects.exists()


def test_the_decision_asks_for_category_and_level_and_proposes_the_reckoned_one(office, signed_in):
    step = bring_to("decision", office)
    browser = signed_in(office.approver)
    assert "困难类别" in browser.get(address(step)).text
    assert press(browser, step, "approve").status_code == 422

    answer = press(browser, step, "approve", category="relative", level="county")
    assert answer.status_code == 302
    assert application_of(step).granted_category == "relative"


def test_one_off_aid_is_granted_in_yuan_and_kept_in_fen(office, signed_in):
    step = bring_to("decision", office, kind="one_off")
    browser = signed_in(office.approver)
    assert press(browser, step, "approve", granted_fen="很多").status_code == 422
    press(browser, step, "approve", granted_fen="3,000")
    assert application_of(step).granted_fen == 300_000


def test_filing_opens_the_file(office, signed_in):
    step = bring_to("filing", office)
    assert press(signed_in(office.county_clerk), step, "approve").status_code == 302
    assert Case.objects.count() == 1


def test_a_clerk_of_another_branch_finds_nothing_to_decide(office, lu, signed_in):
    step = submit(office)
    for way in ("approve", "send-back", "refuse"):
        assert press(signed_in(lu), step, way).status_code == 404


# The work before


VISIT = {
    "people": "一致", "income": "退休金", "housing": "租房", "health": "慢性病", "needs": "",
    "agrees": "yes",
}  # fmt: skip


def visit(browser, step, **also):
    fields = {**VISIT, "visited_on": timezone.localdate().isoformat(), **also}
    return browser.post(address(step, "home-check/"), fields)


def photo():
    return SimpleUploadedFile("a.jpg", make_jpeg(), "image/jpeg")


def test_a_visit_is_written_down_by_one_and_signed_by_the_other(office, signed_in):
    step = bring_to("home_check", office)
    assert visit(signed_in(office.clerk), step, photos=[photo(), photo()]).status_code == 302
    other = signed_in(office.colleague)
    assert "我同去了，签字" in other.get(address(step, "home-check/")).text
    other.post(address(step, "home-check/sign/"))

    assert HomeCheck.objects.get().checkers.count() == 2
    assert "已签 2 人" in other.get(address(step, "home-check/")).text
    assert press(other, step, "approve").status_code == 302


def test_a_visit_without_a_photo_comes_back_with_everything_typed(office, signed_in):
    step = bring_to("home_check", office)
    page = visit(signed_in(office.clerk), step, income="摆摊为生")
    assert page.status_code == 422 and "至少上传一张" in page.text and "摆摊为生" in page.text


def test_a_pdf_named_jpg_is_refused_with_its_sentence(office, signed_in):
    step = bring_to("home_check", office)
    pdf = SimpleUploadedFile("a.jpg", b"%PDF-1.7 ...", "image/jpeg")
    page = visit(signed_in(office.clerk), step, photos=[pdf])
    assert page.status_code == 422 and "PDF" in page.text


def test_a_meeting_is_written_down(office, signed_in):
    step = bring_to("evaluation", office)
    votes = {"entitled": 9, "present": 7, "agreed": 6, "against": 1, "minutes": "一致同意"}
    fields = {**votes, "met_on": timezone.localdate().isoformat()}
    browser = signed_in(office.clerk)

    assert browser.post(address(step, "evaluation/"), {**fields, "present": 99}).status_code == 422
    assert browser.post(address(step, "evaluation/"), fields).status_code == 302
    assert Evaluation.objects.get().minutes.reveal() == "一致同意"


def test_the_income_check_is_asked_then_answered(office, signed_in):
    step = bring_to("income_check", office)
    browser, page = signed_in(office.county_reviewer), address(step, "income-check/")
    today = timezone.localdate().isoformat()

    assert browser.post(page, {"asked_on": today}).status_code == 302
    assert "等待核对机构回复" in browser.get(page).text
    told = {"answered_on": today, "result": "differs", "details": ""}
    assert browser.post(page, told).status_code == 422
    assert browser.post(page, {**told, "details": "另有一套房"}).status_code == 302
    assert IncomeCheck.objects.get().result == "differs"
    assert press(browser, step, "approve").status_code == 422  # a word is asked for


def test_without_an_authorisation_the_page_says_how_to_get_one(office, signed_in):
    step = bring_to("income_check", office)
    Consent.objects.update(withdrawn_at=timezone.now())
    browser, page = signed_in(office.county_reviewer), address(step, "income-check/")
    assert "申请人还没有授权" in browser.get(page).text
    refused = browser.post(page, {"asked_on": timezone.localdate().isoformat()})
    assert refused.status_code == 409 and "授权" in refused.text
    give_consent(step)
    assert "登记发函" in browser.get(page).text


@pytest.mark.parametrize("part", ["home-check/", "evaluation/", "publicity/", "income-check/"])
def test_work_of_another_step_says_that_things_have_moved(office, signed_in, part):
    step = submit(office)
    answer = signed_in(office.clerk).get(address(step, part))
    assert answer.status_code == 409 and "请刷新页面" in answer.text


def test_the_history_names_office_person_and_opinion(office, signed_in):
    step = submit(office)
    reviews.approve(step, by=office.clerk, opinion="经电话核实属实")
    page = signed_in(office.clerk).get(address(step, "history/")).text
    assert "周敏" in page and "经电话核实属实" in page and "入户核查" in page


def test_the_printed_form_carries_figures_opinions_and_places_for_seals(office, signed_in):
    step = bring_to("home_check", office)
    check_home(open_step(step), office.clerk, office.colleague)
    page = signed_in(office.clerk).get(address(step, "form/")).text
    assert "审批表" in page and "盖章" in page and "受理初审" in page
