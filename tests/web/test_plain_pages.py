"""When the house itself is broken: words in Chinese, a number to quote, and the same number in the log."""

import json
import logging
import re

import pytest
from django.db import OperationalError, connections
from django.test import Client

from mashang.web import plain_pages

pytestmark = pytest.mark.django_db


def broken(monkeypatch, error):
    def fail(*args, **kwargs):
        raise error

    monkeypatch.setattr("mashang.mobile.home.render", fail)
    return Client(raise_request_exception=False)


def test_people_read_what_to_do_and_a_number_that_the_log_has_too(monkeypatch, caplog):
    with caplog.at_level(logging.ERROR):
        page = broken(monkeypatch, ZeroDivisionError("x")).get("/")

    number = re.search(r"编号：(\w{8})", page.text)[1]
    assert page.status_code == 500 and page["X-Refusal"] == "server_error"
    assert "对不起，这一页出了问题" in page.text and "Something went wrong" in page.text
    lines = [record for record in caplog.records if number in str(record.msg)]
    assert len(lines) == 1 and "ZeroDivisionError" in str(lines[0].exc_info or lines[0].msg)


def test_each_time_has_a_number_of_its_own(monkeypatch):
    client = broken(monkeypatch, ZeroDivisionError())
    assert client.get("/").text != client.get("/").text


def test_it_stands_without_database_templates_languages_and_sessions(monkeypatch, rf):
    def gone(*args, **kwargs):
        raise OperationalError("no database")

    monkeypatch.setattr("django.template.loader.get_template", gone)
    monkeypatch.setattr("django.utils.translation._trans", None)
    monkeypatch.setattr(connections["default"], "ensure_connection", gone)
    page = plain_pages.server_error(rf.get("/desk/work/"))

    assert page.status_code == 500 and "回到首页" in page.content.decode()
    assert 'href="/desk/"' in page.content.decode()


def test_a_program_gets_json(rf):
    answer = plain_pages.server_error(rf.get("/api/v1/wishes"))

    told = json.loads(answer.content)
    assert told["code"] == "server_error" and told["status"] == 500
    assert told["number"] in told["detail"]


def test_a_swap_becomes_a_whole_page(rf):
    answer = plain_pages.server_error(rf.get("/desk/work/", headers={"HX-Request": "true"}))
    assert answer["HX-Retarget"] == "body"


def test_the_log_says_which_address_and_never_what_stood_in_it(monkeypatch, caplog):
    client = broken(monkeypatch, None)
    monkeypatch.setattr("mashang.mobile.cases.publicity.Publicity.objects", None)
    with caplog.at_level(logging.ERROR):
        client.get("/publicity/secret-slug/")

    ours = [str(record.msg) for record in caplog.records if record.name == plain_pages.__name__]
    assert len(ours) == 1 and "publicity/<str:slug>/" in ours[0] and "secret-slug" not in ours[0]
