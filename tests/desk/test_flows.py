"""审核流程: seen by who may set rules, and changed for one branch from a day on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mashang.reviews.models import Flow
from mashang.reviews.queries import flow_for
from tests.cases.offices import make_office, submit

PAGE = "/desk/flows/"


@pytest.fixture
def office(branch_a):
    return make_office(branch_a)


def change(browser, **also):
    tomorrow = timezone.localdate() + timedelta(days=1)
    days = {1: 3, 2: 4, 3: 5, 4: 7, 5: 8, 6: 15, 7: 5, 8: 5}
    told = {f"workdays_{order}": n for order, n in days.items()} | {"people_2": 3}
    fields = {**told, "valid_from": tomorrow.isoformat(), "source": "青工〔2026〕1号", **also}
    return browser.post(f"{PAGE}file/", fields)


def test_the_steps_stand_there_with_days_people_and_source(office, signed_in):
    page = signed_in(office.approver).get(PAGE).text
    assert "入户核查" in page and "总工办发〔2016〕36号" in page and "广西壮族自治区总工会" in page


def test_a_branch_takes_its_own_times_and_the_one_beside_keeps_the_old(
    office, branch_a, branch_b, signed_in
):
    assert change(signed_in(office.approver)).status_code == 302

    tomorrow = timezone.localdate() + timedelta(days=1)
    own, other = (flow_for(b["own"], Flow.Kind.FILE, tomorrow) for b in (branch_a, branch_b))
    assert own.union == branch_a["county"] and other.union == branch_a["province"]
    assert own.steps.get(order=2).people == 3 and own.steps.get(order=1).workdays == 3
    assert [s.work for s in own.steps.all()] == [s.work for s in other.steps.all()]
    assert flow_for(branch_a["own"], Flow.Kind.FILE, timezone.localdate()) == other


def test_what_is_under_way_keeps_its_times(office, signed_in):
    step = submit(office)
    change(signed_in(office.approver))
    step.refresh_from_db()
    assert step.flow_step.workdays == 5


@pytest.mark.parametrize(
    ("also", "sentence"),
    [
        ({"valid_from": "2026-01-01"}, "从明天或以后生效"),
        ({"workdays_1": "0"}, "还有 1 处要改"),
        ({"people_2": "1"}, "还有 1 处要改"),
        ({"source": ""}, "还有 1 处要改"),
    ],
    ids=["past day", "no day", "one person", "no source"],
)
def test_what_cannot_be_comes_back_with_its_sentence(office, signed_in, also, sentence):
    page = change(signed_in(office.approver), **also)
    assert page.status_code == 422 and sentence in page.text
    assert Flow.objects.filter(kind=Flow.Kind.FILE).count() == 1


def test_one_day_has_one_flow(office, signed_in):
    browser = signed_in(office.approver)
    change(browser)
    page = change(browser)
    assert page.status_code == 422 and "换一个生效日期" in page.text


def test_an_unknown_kind_is_missing_and_a_clerk_may_not(office, signed_in):
    assert signed_in(office.approver).get(f"{PAGE}nothing/").status_code == 404
    assert signed_in(office.clerk).get(PAGE).status_code == 403
