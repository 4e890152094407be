"""申请页: tabs, masks, reveals, papers, the tie and the broken glass."""

import pytest
from django.utils import timezone

from mashang.accounts.models import Consent, Relative
from mashang.cases.actions import papers as paper_actions
from mashang.cases.models import Access
from mashang.core.models import RateWindow
from mashang.demo.households import make_household
from mashang.reference.models import LivingStandard
from mashang.unions.roles import Role
from tests.builders import make_holder, make_member, make_staff
from tests.cases.offices import (
    application_of,
    bring_to,
    give_consent,
    make_office,
    make_standard,
    submit,
)
from tests.pictures import make_jpeg

TABS = ["overview", "family", "money", "papers", "assessment", "history"]


@pytest.fixture
def office(branch_a):
    return make_office(branch_a)


@pytest.fixture
def step(office):
    make_standard()
    answers = make_household(0, today=timezone.localdate()).answers
    return submit(office, papers=False, answers=answers)


@pytest.fixture
def found(step):
    return application_of(step)


def address(found, part=""):
    return f"/desk/applications/{found.pk}/{part}"


def stale(browser):
    """The last proof of who sits there is an hour old."""
    session = browser.session
    session["proved_at"] = timezone.now().timestamp() - 3600
    session.save()


@pytest.mark.parametrize("tab", TABS)
def test_each_tab_is_shown_and_is_a_look_of_its_own(office, found, signed_in, tab):
    page = signed_in(office.clerk).get(address(found, f"{tab}/"))

    assert page.status_code == 200 and page["Cache-Control"] == "no-store"
    look = Access.objects.get()
    assert (look.viewer, look.basis) == (office.clerk, "review")


def test_without_the_local_standard_the_page_says_what_to_do(office, found, signed_in):
    clerk = signed_in(office.clerk)
    assert "测算建议" in clerk.get(address(found)).text

    LivingStandard.objects.all().delete()

    page = clerk.get(address(found)).text
    assert "请先登记本地低保标准" in page and "不建议建档" not in page


def test_an_unknown_tab_is_missing(office, found, signed_in):
    assert signed_in(office.clerk).get(address(found, "nothing/")).status_code == 404


def hidden_values(found):
    answers = found.answers.reveal()
    names = ("id_number", "phone", "address", "card_number", "name", "story")
    members = [m[n] for m in answers["members"] for n in ("name", "id_number")]
    return [answers[name] for name in names] + members


@pytest.mark.parametrize("tab", [*TABS, "form"])
def test_no_page_shows_a_number_an_address_or_a_name(office, found, signed_in, tab):
    page = signed_in(office.clerk).get(address(found, f"{tab}/")).text
    for value in hidden_values(found):
        assert value not in page


def test_the_assessment_is_explained_line_by_line(office, found, signed_in):
    page = signed_in(office.clerk).get(address(found, "assessment/")).text
    assert "低保标准" in page and "÷" in page and "建议" in page


# One answer at a time

WHY = {"purpose": "check"}


@pytest.mark.parametrize("typed", [{}, {"purpose": ""}, {"purpose": "just so"}])
def test_a_press_without_a_purpose_is_asked_for_what_and_counts_for_nothing(
    office, found, signed_in, typed
):
    desk = signed_in(office.clerk)
    for headers in ({}, {"HTTP_HX_REQUEST": "true"}):
        page = desk.post(address(found, "reveal/id_number/"), typed, **headers)

        assert found.answers.reveal()["id_number"] not in page.text
        assert "为了什么看" in page.text and 'value="identity"' in page.text
        assert "checked" not in page.text and "selected" not in page.text
    assert not Access.objects.exists() and not RateWindow.objects.exists()


def test_the_purpose_that_was_chosen_stands_beside_the_look(office, found, signed_in):
    signed_in(office.clerk).post(address(found, "reveal/id_number/"), {"purpose": "correct"})

    assert Access.objects.get().reason == "替本人更正"


@pytest.mark.parametrize("key", ["id_number", "phone", "address", "card_number", "story", "name"])
def test_one_press_shows_one_answer_and_is_written_down(office, step, found, signed_in, key):
    give_consent(step, Consent.Purpose.BANK)
    page = signed_in(office.clerk).post(
        address(found, f"reveal/{key}/"), WHY, HTTP_HX_REQUEST="true"
    )

    value = found.answers.reveal()[key]
    assert value in page.text
    others = [other for other in hidden_values(found) if other not in value]
    assert not any(other in page.text for other in others)
    look = Access.objects.get()
    assert look.what.startswith("显示") and look.reason


@pytest.mark.parametrize("key", ["card_number", "health"])
def test_what_the_household_no_longer_agrees_to_stays_hidden(office, found, signed_in, key):
    page = signed_in(office.clerk).post(address(found, f"reveal/{key}/"), WHY)

    assert page.status_code == 403 and "撤回" in page.text
    assert not Access.objects.exists()


def test_a_member_s_number_is_shown_by_its_own_press(office, found, signed_in):
    member = found.answers.reveal()["members"][0]
    page = signed_in(office.clerk).post(address(found, f"reveal/{member['key']}.id_number/"), WHY)
    assert member["id_number"] in page.text and "已记录" in page.text


def test_what_hides_nothing_cannot_be_revealed(office, found, signed_in):
    for key in ("marital", "nonsense", "x.id_number"):
        page = signed_in(office.clerk).post(address(found, f"reveal/{key}/"), WHY)
        assert page.status_code == 404
    assert not Access.objects.exists()


def test_an_old_proof_is_asked_for_again_before_anything_is_shown(office, found, signed_in):
    browser = signed_in(office.clerk)
    stale(browser)
    page = browser.post(address(found, "reveal/id_number/"), WHY)
    assert found.answers.reveal()["id_number"] not in page.text
    assert "动态口令" in page.text and not Access.objects.exists()


def test_a_reveal_is_never_a_get(office, found, signed_in):
    assert signed_in(office.clerk).get(address(found, "reveal/id_number/")).status_code == 405


def test_the_fragment_of_a_hidden_answer_is_the_one_on_the_page(office, found, signed_in):
    page = signed_in(office.clerk).get(address(found)).text
    assert 'hx-target="closest div"' in page and "/reveal/id_number/" in page


# Papers


@pytest.fixture
def paper(office, found):
    return paper_actions.add(found, kind="id_card", data=make_jpeg(), by=found.holder.user)


def test_a_paper_is_shown_once_and_each_look_is_written_down(office, paper, signed_in):
    browser = signed_in(office.clerk)
    for _ in range(2):
        page = browser.get(f"/desk/papers/{paper.pk}/")
        assert "data:image/jpeg;base64," in page.text
    assert Access.objects.filter(what="材料·身份证（正反面）").count() == 1  # of this minute


def test_a_paper_asks_for_a_fresh_proof(office, paper, signed_in):
    browser = signed_in(office.clerk)
    stale(browser)
    page = browser.get(f"/desk/papers/{paper.pk}/")
    assert page.status_code == 302 and "/desk/confirm/" in page["Location"]


def test_a_removed_paper_is_gone(office, paper, signed_in):
    type(paper).objects.update(removed_at=timezone.now())
    assert signed_in(office.clerk).get(f"/desk/papers/{paper.pk}/").status_code == 404


# Who may look


def test_outside_the_scope_it_does_not_exist(found, paper, lu, signed_in):
    browser = signed_in(lu)
    for part in ("", "papers/", "form/", "home-check/"):
        assert browser.get(address(found, part)).status_code == 404
    assert browser.post(address(found, "reveal/id_number/"), WHY).status_code == 404
    assert browser.get(f"/desk/papers/{paper.pk}/").status_code == 404
    assert not Access.objects.exists()


def test_inside_the_scope_but_not_one_s_turn_shows_the_way_and_no_content(office, found, signed_in):
    page = signed_in(office.approver).get(address(found))
    assert page.status_code == 403 and "应急查阅" in page.text
    assert not Access.objects.exists()


def test_breaking_the_glass_leads_back_and_opens_the_page(office, found, signed_in):
    browser = signed_in(office.approver)
    back = address(found)
    asked = f"/desk/households/{found.holder_id}/break-glass/?next={back}"

    assert "30 分钟" in browser.get(asked).text
    assert browser.post(asked, {"reason": "看看"}).status_code == 422
    answer = browser.post(asked, {"reason": "夜间来电求助，需要核实", "next": back})
    assert answer.status_code == 302 and answer["Location"] == back
    assert browser.get(back).status_code == 200
    assert set(Access.objects.values_list("basis", flat=True)) == {"break_glass"}


def test_the_way_back_never_leaves_the_desk(office, found, signed_in):
    asked = f"/desk/households/{found.holder_id}/break-glass/"
    reason = {"reason": "夜间来电求助，需要核实", "next": "https://example.org/desk/"}
    answer = signed_in(office.approver).post(asked, reason)
    assert answer["Location"] == "/desk/work/"


def test_a_draft_is_still_the_worker_s_own(office, found, signed_in):
    type(found).objects.filter(pk=found.pk).update(state="draft")
    assert signed_in(office.clerk).get(address(found)).status_code == 404


# The panel


def test_a_relative_finds_the_panel_shut_with_the_reason(office, found, signed_in):
    Relative.objects.create(user=office.clerk, id_index=found.holder.id_index, relation="姐妹")
    page = signed_in(office.clerk).get(address(found)).text
    assert "回避" in page and "不予通过的决定" not in page


def test_what_is_lacking_stands_before_the_button(office, found, signed_in):
    page = signed_in(office.clerk).get(address(found)).text
    assert "通过之前还差" in page and "还缺身份证" in page and "补拍身份证" in page


def test_who_sits_at_another_step_is_told_to_leave_it_to_a_colleague(office, signed_in):
    step = bring_to("recheck", office)
    both = make_staff("万能", office.branch["town"], Role.CLERK, Role.REVIEWER)
    step.review.seats.filter(user=office.clerk).update(user=both)
    page = signed_in(both).get(address(application_of(step))).text
    assert "请交给同事办理" in page


def test_somebody_who_stands_in_another_household_is_flagged_and_not_shown(
    office, found, branch_b, signed_in
):
    """The other branch's household stays unseen; only the union above both is named."""
    twin = make_holder(branch_b["own"], name="覃桂香")
    make_member(twin, "spouse", "李春燕", found.holder.id_number.reveal())

    page = signed_in(office.clerk).get(address(found)).text

    assert "有人同时登记在别的家庭" in page and "广西壮族自治区总工会核实" in page
    for hidden in ("覃", branch_b["own"].name, branch_b["county"].name, twin.id_tail):
        assert hidden not in page
