"""本级概况: the chair's page counts the branch, all of it and nothing beside it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from mashang.cases.actions import reviews
from mashang.core.errors import Missing
from mashang.reviews.models import Step
from mashang.stats import charts, queries
from mashang.unions.models import Union
from mashang.unions.roles import Role
from scripts import english
from tests.access import half_chinese
from tests.builders import make_staff, make_union
from tests.cases.offices import TAKE, bring_to, make_office, submit

PAGE = "/desk/branch/"


@pytest.fixture
def office(branch_a):
    return make_office(branch_a)


@pytest.fixture
def branch_b_office(branch_b):
    return make_office(branch_b)


def at(union):
    return queries.overview(union, timezone.localdate())


def test_it_counts_what_is_open_late_received_and_filed(office, branch_a):
    late = submit(office)
    Step.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - timedelta(days=3))
    reviews.approve(submit(office), by=office.clerk)
    reviews.refuse(submit(office), by=office.clerk, reason_code="X2")
    filed = bring_to("filing", office)
    TAKE["filing"](filed, office)

    found = at(branch_a["county"])

    assert (found.open, found.overdue, found.received) == (2, 1, 4)
    assert (found.filed, found.refused, found.on_file) == (1, 1, 1)
    assert {w.name: (w.open, w.overdue) for w in found.works if w.open} == {
        "受理初审": (1, 1),
        "入户核查": (1, 0),
    }
    assert found.categories[0] == ("深度困难", 1)


def test_each_union_below_has_its_line_and_the_late_ones_stand_first(office, branch_a):
    quiet = make_union(Union.Kind.TOWN, branch_a["county"], "安静镇总工会")
    step = submit(office)
    Step.objects.filter(pk=step.pk).update(due_on=timezone.localdate() - timedelta(days=3))
    bring_to("decision", office)

    rows = at(branch_a["county"]).below

    assert [row.union for row in rows] == [branch_a["county"], branch_a["town"], quiet]
    assert [(row.open, row.overdue, row.received) for row in rows] == [
        (1, 0, 0),
        (1, 1, 2),
        (0, 0, 0),
    ]


def test_the_branch_beside_is_not_in_it(office, branch_b_office, branch_a, branch_b):
    submit(branch_b_office)
    assert at(branch_a["county"]).open == 0
    assert at(branch_b["county"]).open == at(branch_a["province"]).open == 1


def test_the_figures_take_the_same_queries_however_much_lies_there(office, branch_a):
    taken = []
    for _ in range(2):
        submit(office, papers=False)
        with CaptureQueriesContext(connection) as asked:
            at(branch_a["province"])
        taken.append(len(asked))
    assert taken[0] == taken[1] <= 8


def test_the_chart_says_what_the_table_says(office, branch_a):
    submit(office)
    drawn = charts.works(at(branch_a["county"]).works).decode()
    assert drawn.count("<svg") == 1 and "<script" not in drawn
    for word in ("受理初审", "建档录入", "期限内", "已逾期"):
        assert word in drawn


def test_the_chart_speaks_the_language_of_its_reader(office, branch_a):
    english.compile_wording()
    submit(office)
    with translation.override("en"):
        drawn = charts.works(at(branch_a["county"]).works).decode()
        empty = charts.works([]).decode()
    for word in ("First check", "In time", "Overdue"):
        assert word in drawn
    assert "Nothing is under way" in empty
    assert half_chinese.remains(drawn + empty, []) == []


def test_an_empty_branch_has_a_chart_too(branch_a):
    assert b"<svg" in charts.works(at(branch_a["county"]).works)


def test_the_chair_sees_the_page_and_goes_down_the_tree(office, branch_a, signed_in):
    chair = signed_in(office.approver)
    page = chair.get(PAGE).text
    assert "青山县总工会" in page and f"?union={branch_a['town'].pk}" in page
    below = chair.get(f"{PAGE}?union={branch_a['town'].pk}").text
    assert "<h1>青山镇总工会" in below and "青山市总工会" not in below
    picture = chair.get(f"{PAGE}works.svg")
    assert picture["Content-Type"].startswith("image/svg+xml")


@pytest.mark.parametrize("asked", ["above", "beside", "nothing"])
def test_what_lies_outside_does_not_exist(office, branch_a, branch_b, signed_in, asked):
    ids = {"above": branch_a["city"].pk, "beside": branch_b["county"].pk, "nothing": "nothing"}
    assert signed_in(office.approver).get(f"{PAGE}?union={ids[asked]}").status_code == 404
    assert signed_in(office.approver).get(f"{PAGE}works.svg?union={ids[asked]}").status_code == 404


def test_a_clerk_has_no_overview(office, signed_in):
    assert signed_in(office.clerk).get(PAGE).status_code == 403


def test_who_oversees_nothing_is_told_so_below_the_door_too(office):
    with pytest.raises(Missing):
        queries.union_for(office.clerk)


def test_an_auditor_sees_figures_and_no_application(office, branch_a, signed_in):
    step = submit(office)
    auditor = signed_in(make_staff("沈鉴", branch_a["city"], Role.AUDITOR))
    assert auditor.get(PAGE).status_code == 200
    assert auditor.get(f"/desk/applications/{step.subject_id}/").status_code == 403
