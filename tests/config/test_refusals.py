"""What a page answers when the database cannot serve, as operating.md promises."""

import pytest
from django.db import IntegrityError, OperationalError
from django.test import Client

from mashang.cases.models import Case
from mashang.unions.roles import Role
from tests.builders import make_staff

pytestmark = pytest.mark.django_db
PAGE = "/desk/cases/"


@pytest.fixture
def keeper(branch_a, signed_in) -> Client:
    browser = signed_in(make_staff("唐洁", branch_a["county"], Role.KEEPER))
    browser.raise_request_exception = False
    return browser


def break_with(monkeypatch, error: Exception) -> None:
    def broken(*args: object) -> None:
        raise error

    monkeypatch.setattr(type(Case.objects.all()), "visible_to", broken)


@pytest.mark.parametrize("words", ["database or disk is full", "database is locked"])
def test_a_database_that_cannot_serve_has_its_sentence(keeper, monkeypatch, words) -> None:
    break_with(monkeypatch, OperationalError(words))

    assert keeper.get(PAGE).status_code == 503


def test_a_mistake_of_ours_stays_one(keeper, monkeypatch) -> None:
    break_with(monkeypatch, IntegrityError("NOT NULL constraint failed: nobody.knows"))

    assert keeper.get(PAGE).status_code == 500
