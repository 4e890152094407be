"""谁看过: every page that shows more of a household than a list does writes its look down first."""

import inspect

import pytest

from mashang.config.checks import policy_of, views
from mashang.web.policies import Level, Rows
from tests.access.looks import reaches_a_look

LIST = "a list by scope: a masked name and the last four digits, nothing to open"
FORM = "a form about an act; of the household it shows a masked name at most"
WITHOUT_A_LOOK = {
    "desk.aid.queue.aid_queue": LIST,
    "desk.cases.applications.break_glass": FORM,
    "desk.cases.assist.begin": LIST,
    "desk.cases.assist.withdraw": FORM,
    "desk.cases.channels.channels": LIST,
    "desk.cases.publicity.notice": "the masked words that hang on the wall anyway",
    "desk.cases.search.search": LIST,
    "desk.cases.transfers.transfers": LIST,
    "desk.cases.worklist.work_list": LIST,
    "desk.codes.cards.cards": LIST,
    "desk.codes.cards.hand_over": FORM,
    "desk.codes.cards.report_lost": FORM,
    "desk.stats.alerts.alert": FORM,
    "desk.stats.alerts.alerts": LIST,
    "desk.wishes.deliveries.deliveries": LIST,
    "desk.wishes.deliveries.goods_photo": "goods, photographed at the union or by the giver",
    "desk.wishes.deliveries.parcel": FORM,
    "desk.wishes.deliveries.take_in": FORM,
    "mobile.cases.families.families": "file numbers and towns, no names",
    "mobile.cases.families.note": "an empty form for the helper's own words",
}


def shown_by_scope() -> set[tuple[str, str]]:
    """The views that show P3 or P4 of other people's households to a GET."""
    return {
        (view.__module__, view.__name__)
        for view, policy in ((inspect.unwrap(v), policy_of(v)) for _, v in views())
        if policy
        and policy.level in (Level.P3, Level.P4)
        and policy.rows in (Rows.SCOPE, Rows.PAIRED)
        and "GET" in policy.methods
    }


def test_every_page_about_a_household_writes_its_look_down():
    without = {
        f"{module.removeprefix('mashang.')}.{name}"
        for module, name in shown_by_scope()
        if not reaches_a_look(module, name)
    }

    assert without - set(WITHOUT_A_LOOK) == set()
    assert set(WITHOUT_A_LOOK) - without == set(), "the excuse is not needed"


def test_a_page_without_a_look_would_be_seen(monkeypatch):
    monkeypatch.setattr("tests.access.looks.LOOKS", set())

    assert not reaches_a_look("mashang.desk.cases.files", "holder")


@pytest.mark.parametrize(
    ("module", "name"),
    [("mashang.desk.cases.files", "holder"), ("mashang.mobile.cases.families", "family")],
)
def test_a_look_is_found_by_the_way_that_leads_to_it(module, name):
    assert reaches_a_look(module, name)
