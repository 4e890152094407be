"""待办清单: mine and the branch's, by deadline, narrowed by the address."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mashang.cases.actions import reviews
from mashang.cases.models import Case
from mashang.reviews.models import Step
from mashang.unions.roles import Role
from tests.builders import make_staff, make_worker
from tests.cases.offices import TAKE, application_of, bring_to, make_office, open_step, submit

LIST = "/desk/work/"


@pytest.fixture
def office(branch_a):
    return make_office(branch_a)


def due(step, days):
    Step.objects.filter(pk=step.pk).update(due_on=timezone.localdate() + timedelta(days=days))


def number_of(step):
    return application_of(step).number


def test_a_clerk_sees_what_lies_with_her_own_union_most_urgent_first(office, signed_in):
    late, soon, later = (submit(office) for _ in range(3))
    due(late, -5)
    due(soon, 0)
    due(later, 40)

    page = signed_in(office.clerk).get(LIST).text

    places = [page.index(number_of(step)) for step in (late, soon, later)]
    assert places == sorted(places)
    assert "已超期" in page and "今天到期" in page


def test_a_clerk_sees_nothing_of_the_branch_beside(office, lu, signed_in):
    step = submit(office)
    browser = signed_in(lu)
    pages = [browser.get(address) for address in (LIST, f"{LIST}?whose=branch")]
    for page in (*pages, browser.post("/desk/search/", {"q": number_of(step)})):
        assert page.status_code == 200
        assert number_of(step) not in page.text.replace(f'value="{number_of(step)}"', "")


def test_what_was_passed_on_lies_with_the_next_office(office, signed_in):
    step = submit(office, kind="one_off")
    reviews.approve(step, by=office.clerk)

    assert number_of(step) not in signed_in(office.clerk).get(LIST).text
    assert number_of(step) in signed_in(office.reviewer).get(LIST).text


def test_the_county_sees_its_whole_branch_when_it_asks_for_it(office, signed_in):
    step = submit(office)
    browser = signed_in(office.county_clerk)

    assert number_of(step) not in browser.get(LIST).text
    branch = browser.get(f"{LIST}?whose=branch").text
    assert number_of(step) in branch


def test_a_branchs_list_leads_nobody_to_a_page_that_is_refused(office, signed_in):
    """It lies with the reviewer: the county's clerk sees that, and no more."""
    step = submit(office, kind="one_off")
    reviews.approve(step, by=office.clerk)
    address = f"/desk/applications/{application_of(step).pk}/"
    browser = signed_in(office.county_clerk)

    branch = browser.get(f"{LIST}?whose=branch").text

    assert number_of(step) in branch and address not in branch
    assert browser.get(address).status_code == 403
    assert address in signed_in(office.reviewer).get(LIST).text


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("due=overdue", {"late"}),
        ("due=soon", {"soon"}),
        ("work=home_check", {"home"}),
        ("kind=one_off", {"soon"}),
        ("work=nonsense", {"late", "soon", "home"}),
    ],
)
def test_the_address_narrows_the_list(office, signed_in, query, seen):
    steps = {"late": submit(office), "soon": submit(office, kind="one_off"), "home": submit(office)}
    due(steps["late"], -3)
    due(steps["soon"], 0)
    reviews.approve(steps["home"], by=office.clerk)
    due(open_step(steps["home"]), 60)

    page = signed_in(office.clerk).get(f"{LIST}?{query}").text

    assert {name for name, step in steps.items() if number_of(step) in page} == seen


def test_the_figures_count_what_the_list_shows(office, signed_in):
    for days in (-3, -1, 0, 40):
        due(submit(office), days)

    counts = signed_in(office.clerk).get(LIST).context["counts"]

    assert (counts.overdue, counts.soon, counts.all) == (2, 1, 4)
    assert counts.by_work == {"accept": 4}


def test_the_list_shows_no_full_name_and_no_number_of_a_person(office, signed_in):
    holder = application_of(submit(office)).holder
    page = signed_in(office.clerk).get(LIST).text

    assert holder.name not in page and holder.id_number.reveal() not in page
    assert "李*" in page and holder.id_tail in page


def test_the_second_page_follows_the_first(office, signed_in):
    steps = [submit(office, papers=False) for _ in range(21)]
    for days, step in enumerate(steps):
        due(step, days)
    browser = signed_in(office.clerk)

    assert number_of(steps[20]) not in browser.get(LIST).text
    second = browser.get(f"{LIST}?page=2").text
    assert number_of(steps[20]) in second and number_of(steps[0]) not in second


def test_the_list_takes_six_queries_however_long_it_is(office, signed_in):
    """Session, user, posts, counts, steps, applications; the bell on every page asks one more."""
    browser = signed_in(office.clerk)
    for _ in range(2):
        for _ in range(3):
            submit(office, papers=False)
        with CaptureQueriesContext(connection) as asked:
            browser.get(LIST)
        own = [query for query in asked if "notices_notice" not in query["sql"]]
        assert len(own) <= 6


def test_an_empty_list_says_what_comes_next(office, signed_in):
    assert "新的申请到了会排在这里" in signed_in(office.clerk).get(LIST).text


def test_the_administrator_sees_no_business_data(office, branch_a, signed_in):
    admin = make_staff("罗管", branch_a["province"], Role.ADMIN)
    assert signed_in(admin).get(LIST).status_code == 403


def test_a_worker_has_no_desk(office, signed_in):
    assert signed_in(make_worker()).get(LIST).status_code == 404


# Searching


@pytest.fixture
def holder(office):
    return application_of(submit(office)).holder


@pytest.mark.parametrize("how", ["number", "name", "first", "tail"])
def test_a_household_is_found_by_number_name_or_last_four(office, holder, signed_in, how):
    number = holder.applications.get().number
    words = {"number": number, "name": holder.name, "first": "李", "tail": holder.id_tail.lower()}
    page = signed_in(office.clerk).post("/desk/search/", {"q": words[how]}).text
    assert f">{number}<" in page and holder.name not in page.replace(f'value="{holder.name}"', "")


def test_a_file_is_found_by_its_number_and_leads_to_its_page(office, signed_in):
    step = bring_to("filing", office)
    TAKE["filing"](step, office)
    case = Case.objects.get()
    page = signed_in(office.clerk).post("/desk/search/", {"q": case.case_no.lower()}).text
    assert f'href="/desk/holders/{case.holder_id}/"' in page


def test_what_is_not_there_is_said_with_advice(office, signed_in):
    assert "没有找到" in signed_in(office.clerk).post("/desk/search/", {"q": "王"}).text


def test_the_words_of_a_search_never_stand_in_an_address(office, holder, signed_in):
    browser = signed_in(office.clerk)

    assert 'action="/desk/search/" method="post"' in browser.get(LIST).text
    assert holder.id_tail not in browser.get("/desk/search/", {"q": holder.id_tail}).text
