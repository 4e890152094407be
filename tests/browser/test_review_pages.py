"""The pages of reviewing, in a real browser at a desk, and the public notice on a phone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from mashang.accounts.models import User
from mashang.cases.actions import access, papers, publicity, reviews
from mashang.demo.households import make_household
from mashang.reviews.models import Step
from mashang.unions.roles import Role
from tests.browser.audit import axe, small_targets, too_wide
from tests.builders import make_branch, make_staff, sign_in
from tests.cases.offices import (
    Office,
    application_of,
    bring_to,
    make_office,
    make_standard,
    publish,
    submit,
)
from tests.pictures import make_jpeg

Shot = Callable[..., None]
POINTER = 24  # the least that WCAG 2.2 asks for at a desk

pytestmark = pytest.mark.django_db(transaction=True)


def told(serial: int) -> dict[str, object]:
    return make_household(serial, today=timezone.localdate()).answers


@pytest.fixture
def office() -> Office:
    make_standard()
    return make_office(make_branch())


def step_in(desk: Page, server: LiveServer, user: User) -> None:
    value = sign_in(user).cookies["sessionid"].value
    desk.context.clear_cookies()
    desk.context.add_cookies([{"name": "sessionid", "value": value, "url": server.url}])


def look(page: Page, shot: Shot, address: str, name: str) -> None:
    page.goto(address)
    see(page, shot, name)


def see(page: Page, shot: Shot, name: str) -> None:
    shot(page, name)
    assert axe(page) == []
    assert too_wide(page) == 0
    assert small_targets(page, POINTER) == []


def due(step: Step, days: int) -> None:
    Step.objects.filter(pk=step.pk).update(due_on=timezone.localdate() + timedelta(days=days))


def forty(office: Office) -> list[Step]:
    """Forty applications before one clerk, some late, some soon, at several steps."""
    steps = [submit(office, papers=n % 3 > 0, answers=told(n)) for n in range(40)]
    for n, step in enumerate(steps):
        application = application_of(step)
        holder = application.holder
        holder.name, holder.id_tail = told(n)["name"], str(told(n)["id_number"])[-4:]
        holder.save()
        if n % 8 == 5:
            papers.add(application, kind="diagnosis", data=make_jpeg(), by=application.filled_by)
        due(step, n - 4)
    return steps


def test_the_work_list_of_a_clerk_with_forty_due(
    desk: Page, live_server: LiveServer, shot: Shot, office: Office
) -> None:
    steps = forty(office)
    step_in(desk, live_server, office.clerk)
    look(desk, shot, "/desk/work/", "desk-work-list")
    look(desk, shot, "/desk/work/?due=overdue", "desk-work-list-overdue")
    desk.get_by_role("searchbox").fill(application_of(steps[3]).holder.name)
    desk.get_by_role("searchbox").press("Enter")
    desk.wait_for_url("**/desk/search/")
    see(desk, shot, "desk-search")
    step_in(desk, live_server, office.county_clerk)
    look(desk, shot, "/desk/work/?whose=branch", "desk-work-list-branch")
    look(desk, shot, "/desk/work/", "desk-work-list-empty")


def test_the_overview_of_a_chair(
    desk: Page, live_server: LiveServer, shot: Shot, office: Office
) -> None:
    forty(office)
    bring_to("decision", office, answers=told(1))
    step_in(desk, live_server, office.approver)
    look(desk, shot, "/desk/branch/", "desk-branch")
    look(desk, shot, "/desk/flows/", "desk-flows")
    look(desk, shot, "/desk/flows/file/", "desk-flow-form")
    glass = application_of(Step.objects.first()).holder
    access.break_glass(glass, reason="夜间来电求助，需要核实住址", by=office.approver)
    step_in(desk, live_server, make_staff("沈管", office.branch["county"], Role.KEEPER))
    look(desk, shot, "/desk/alerts/", "desk-alerts")


def test_an_application_tab_by_tab(
    desk: Page, live_server: LiveServer, shot: Shot, office: Office
) -> None:
    step = submit(office, answers=told(0))
    application = application_of(step)
    paper = papers.add(application, kind="diagnosis", data=make_jpeg(), by=application.filled_by)
    step_in(desk, live_server, office.clerk)
    page = f"/desk/applications/{step.subject_id}/"
    for tab in ("overview", "family", "money", "papers", "assessment", "history", "form"):
        look(desk, shot, f"{page}{tab}/", f"desk-application-{tab}")
    look(desk, shot, f"/desk/papers/{paper.pk}/", "desk-paper")
    step_in(desk, live_server, office.approver)
    look(desk, shot, page, "desk-application-no-access-basis")
    look(desk, shot, f"/desk/households/{application.holder_id}/break-glass/", "desk-break-glass")


def test_one_press_shows_one_answer_in_its_place(
    desk: Page, live_server: LiveServer, shot: Shot, office: Office
) -> None:
    step = submit(office, answers=told(0))
    number = str(told(0)["id_number"])
    step_in(desk, live_server, office.clerk)
    desk.goto(f"/desk/applications/{step.subject_id}/")
    assert number not in desk.content()

    desk.locator("dd", has_text="*************").first.get_by_role("button").click()
    shot(desk, "desk-reveal-for-what")
    desk.get_by_role("button", name="核对身份").click()
    desk.get_by_text(number).wait_for()
    shot(desk, "desk-revealed")
    assert axe(desk) == []


@pytest.mark.parametrize(
    ("work", "page", "who"),
    [
        ("home_check", "home-check/", "clerk"),
        ("evaluation", "evaluation/", "clerk"),
        ("publicity", "publicity/", "clerk"),
        ("recheck", "", "reviewer"),
        ("income_check", "income-check/", "county_reviewer"),
        ("decision", "", "approver"),
        ("filing", "", "county_clerk"),
    ],
)
def test_the_page_of_each_kind_of_work(
    desk: Page, live_server: LiveServer, shot: Shot, office: Office, work: str, page: str, who: str
) -> None:
    step = bring_to(work, office, answers=told(1))
    step_in(desk, live_server, getattr(office, who))
    look(desk, shot, f"/desk/applications/{step.subject_id}/{page}", f"desk-work-{work}")


def test_a_usual_sentence_is_one_press(
    desk: Page, live_server: LiveServer, shot: Shot, office: Office
) -> None:
    step = submit(office, answers=told(2), papers=True, kind="one_off")
    step_in(desk, live_server, office.clerk)
    desk.goto(f"/desk/applications/{step.subject_id}/")
    desk.locator("[data-opinion]").first.click()
    assert "同意受理" in desk.locator("#id_approve-opinion").input_value()
    desk.get_by_text("退回补正", exact=True).click()
    shot(desk, "desk-send-back")
    assert axe(desk) == []


def test_the_notice_on_the_wall_and_on_the_phone(
    desk: Page, phone: Page, live_server: LiveServer, shot: Shot, office: Office
) -> None:
    step = bring_to("publicity", office, answers=told(1))
    notice = publish(step, office.clerk)
    publicity.object_to(notice.slug, body="他家去年买了一辆新车，请工会核实。", by=None)

    look(phone, shot, f"/publicity/{notice.slug}/", "phone-publicity")
    step_in(desk, live_server, office.clerk)
    look(desk, shot, f"/desk/applications/{step.subject_id}/publicity/", "desk-publicity")
    look(
        desk,
        shot,
        f"/desk/applications/{step.subject_id}/publicity/notice/",
        "desk-publicity-notice",
    )
    reviews.refuse(step, by=office.clerk, reason_code="N5", opinion="确有新车，异议成立")
    look(phone, shot, f"/publicity/{notice.slug}/", "phone-publicity-over")
