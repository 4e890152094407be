"""公示 on both doors: published at the desk, read and objected to by anyone."""

import pytest
from django.test import Client

from mashang.cases.models import Objection, Publicity
from tests.cases.offices import application_of, bring_to, end_of, make_office, publish

WORDS = "他家去年买了一辆新车，请核实。"


@pytest.fixture
def office(branch_a):
    return make_office(branch_a)


@pytest.fixture
def step(office):
    return bring_to("publicity", office)


@pytest.fixture
def notice(office, step):
    return publish(step, office.clerk)


def desk(step, part=""):
    return f"/desk/applications/{step.subject_id}/publicity/{part}"


def wall(notice):
    return f"/publicity/{notice.slug}/"


def test_a_clerk_publishes_and_gets_the_address_and_the_sheet(office, step, signed_in):
    browser = signed_in(office.clerk)
    assert browser.post(desk(step), {"place": ""}).status_code == 422
    assert browser.post(desk(step), {"place": "厂区公告栏"}).status_code == 302

    notice = Publicity.objects.get()
    assert wall(notice) in browser.get(desk(step)).text
    sheet = browser.get(desk(step, "notice/")).text
    assert "厂区公告栏" in sheet and "李*" in sheet


def test_anyone_reads_the_masked_words_and_no_engine_keeps_them(step, notice, client):
    page = client.get(wall(notice))

    holder = application_of(step).holder
    assert page.status_code == 200 and "李*" in page.text
    for hidden in (holder.name, holder.id_number.reveal(), holder.phone.reveal(), "困难"):
        assert hidden not in page.text
    assert page["X-Robots-Tag"] == "noindex, nofollow" and page["Cache-Control"] == "no-store"


def test_after_the_end_the_page_says_so_and_shows_nothing(notice, client):
    end_of(notice, seconds=1)
    page = client.get(wall(notice))
    assert page.status_code == 410 and "公示已结束" in page.text and "李*" not in page.text


def test_a_notice_that_never_was_looks_like_one_that_ended(notice, client):
    end_of(notice, seconds=1)
    ended, never = client.get(wall(notice)), client.get("/publicity/never/")
    assert (never.status_code, never.text) == (ended.status_code, ended.text)


def test_an_objection_needs_no_name_and_holds_the_step(office, notice, client):
    page = client.post(wall(notice), {"body": WORDS})
    assert page.status_code == 200 and "已收到" in page.text
    objection = Objection.objects.get()
    assert objection.raised_by is None and objection.body.reveal() == WORDS


def test_an_objection_one_minute_late_is_told_where_to_turn(notice, client):
    end_of(notice, minutes=1)
    page = client.post(wall(notice), {"body": WORDS})
    assert page.status_code == 409 and "12351" in page.text
    assert not Objection.objects.exists()


def test_too_few_words_come_back_with_advice(notice, client):
    page = client.post(wall(notice), {"body": "假的"})
    assert page.status_code == 422 and "写明情况" in page.text and "假的" in page.text


def test_many_objections_from_one_network_are_slowed_down(notice):
    answers = [Client().post(wall(notice), {"body": WORDS}).status_code for _ in range(6)]
    assert answers == [200] * 5 + [429]


def test_a_clerk_answers_an_objection(office, step, notice, client, signed_in):
    client.post(wall(notice), {"body": WORDS})
    browser, objection = signed_in(office.clerk), Objection.objects.get()
    address = f"/desk/applications/{step.subject_id}/objections/{objection.pk}/answer/"

    assert WORDS in browser.get(desk(step)).text
    assert browser.post(address, {"upheld": "no", "words": " "}).status_code == 422
    assert browser.post(address, {"upheld": "no", "words": "车是亲戚的"}).status_code == 302
    assert "车是亲戚的" in browser.get(desk(step)).text
    objection.refresh_from_db()
    assert objection.state == Objection.State.DISMISSED


def test_another_branch_neither_sees_nor_answers(step, notice, client, lu, signed_in):
    client.post(wall(notice), {"body": WORDS})
    objection = Objection.objects.get()
    address = f"/desk/applications/{step.subject_id}/objections/{objection.pk}/answer/"
    browser = signed_in(lu)
    assert browser.get(desk(step)).status_code == 404
    assert browser.get(desk(step, "notice/")).status_code == 404
    assert browser.post(address, {"upheld": "no", "words": "不属实"}).status_code == 404
