"""What the OpenAPI promises, held against requests that it allows and that it forbids."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from mashang.accounts.actions import tokens
from mashang.api.description import openapi
from tests.wishes.builders import make_claim, make_giver, make_wish

pytestmark = pytest.mark.django_db
EXAMPLES = 40  # of each operation
MANY = 1_000_000
# A cursor that we did not make and one key for two acts are well formed and yet refused; a word
# that nobody asked for is overlooked.
NOT_ASKED = [positive_data_acceptance, negative_data_rejection]


@dataclass
class Wall:
    """What a request may really mean."""

    header: dict[str, str]
    real: dict[str, str]  # path parameters


@pytest.fixture
def wall(branch_a: dict, monkeypatch: pytest.MonkeyPatch) -> Wall:
    names = ("api-looks", "api-acts", "api-network")
    monkeypatch.setattr(settings, "MASHANG_LIMITS", dict.fromkeys(names, MANY))
    giver = make_giver()
    text = tokens.issue("职工之家", "claim", by=giver)
    claim = make_claim(make_wish(union=branch_a["own"]), giver)
    number = make_wish(union=branch_a["own"]).number
    real = {"number": number, "claim_id": str(claim.pk)}
    return Wall({"Authorization": f"Bearer {text}"}, real)


@pytest.fixture
def still_open() -> Iterator[None]:
    """A server would give the connection back after each answer, and the test's transaction with it."""
    for moment in (request_started, request_finished):
        moment.disconnect(close_old_connections)
    yield
    for moment in (request_started, request_finished):
        moment.connect(close_old_connections)


promised = schemathesis.openapi.from_dict(openapi())
promised.app = get_wsgi_application()


@promised.given(is_real=st.booleans())
@promised.parametrize()
@hypothesis.settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@pytest.mark.usefixtures("still_open")
def test_every_answer_is_as_described(case: Any, wall: Wall, is_real: bool) -> None:
    if is_real:
        case.path_parameters |= {
            name: wall.real[name] for name in wall.real if name in case.path_parameters
        }
    case.call_and_validate(headers=wall.header, excluded_checks=NOT_ASKED)


def test_the_description_is_served_to_anybody(db: None) -> None:
    answer = Client().get("/api/v1/openapi.json")

    told = answer.json()
    assert told["openapi"].startswith("3.")
    assert sorted(told["paths"]) == [
        "/api/v1/claims",
        "/api/v1/claims/{claim_id}",
        "/api/v1/claims/{claim_id}/extend",
        "/api/v1/claims/{claim_id}/give-up",
        "/api/v1/wishes",
        "/api/v1/wishes/{number}",
        "/api/v1/wishes/{number}/claim",
    ]
    assert told["paths"]["/api/v1/claims"]["get"]["security"] == [{"token": []}]
