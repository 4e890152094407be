"""限度: each one stands in the list, and whoever meets it is told at every address when to come again."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

import mashang
from mashang.accounts.actions import phones, staff, tokens
from mashang.accounts.devices import new_device
from mashang.accounts.models import User
from mashang.core.requests import rate_limits
from mashang.core.requests.limits import NAMED, table
from mashang.core.requests.throttle import Throttle
from mashang.web import public_throttle
from mashang.wishes.models import Wish
from tests.builders import make_phone, sign_in
from tests.cases.offices import bring_to, make_office, publish
from tests.wishes.builders import make_giver, make_organisation, make_wish

pytestmark = pytest.mark.django_db
OPERATING = Path(__file__).parents[2] / "docs" / "operating.md"
# Limits at whose end nothing is refused, or not in these words: what happens, or what tests it.
SILENT = {
    "scans": "no further rows are written; the page is the same",
    "second-factor": "the same sentence as for any wrong sign-in",
    "second-factor-tried": "a warning to the owner: tests/accounts/test_floods.py",
    "second-factor-warned": "no second warning that day",
    "said-short": "no second line in that hour",
    "told-short": "no second notice that day",
    "ticket": "a new ticket",
    "reveals": "tests/cases/test_limits.py: the rule card's number, words of its own",
    "reveals-by-proof": "the second factor is asked for again",
    "id-numbers": "tests/cases/test_limits.py: the rule card's number, words of its own",
    "kin-declarations": "tests/desk/test_kin.py: words of its own",
    "papers": "tests/cases/test_limits.py: the rule card's number, words of its own",
    "photos": "tests/mobile/test_crowded.py: with a photo at hand",
    "card-photos": "tests/mobile/test_crowded.py: with a photo at hand",
    "card-photos-network": "tests/mobile/test_crowded.py: with a photo at hand",
    "doors": "tests/wishes/test_go_home.py: words of its own",
}


@dataclass
class World:
    """Somebody for each of the addresses."""

    giver: User
    organisation: Any
    wish: Wish
    clerk: User
    slug: str

    def post(self, address: str, client: Client | None = None, **typed: str) -> Any:
        return (client or Client()).post(address, typed)

    def program(self, address: str, method: str = "get") -> Any:
        text = tokens.issue("程序", "claim", by=self.giver)
        ask = getattr(Client(headers={"Authorization": f"Bearer {text}"}), method)
        return ask(f"/api/v1{address}", "", content_type="application/json")

    def known(self, account: str) -> Client:
        """A browser in which this account has signed in before."""
        client = Client()
        client.cookies["device"] = new_device().remember(account).to_cookie()
        return client

    @property
    def phone(self) -> str:
        return str(self.giver.phone.reveal())


STAFF = {"username": "zhang", "password": "wrong-password", "second": "123456"}
ASKED: dict[str, Callable[[World], Any]] = {
    "account-link": lambda w: w.post("/matters/link/", sign_in(w.giver), number="1"),
    "api-looks": lambda w: w.program("/wishes"),
    "api-acts": lambda w: w.program(f"/wishes/{w.wish.number}/claim", "post"),
    "api-network": lambda w: Client().get("/api/v1/wishes"),
    "certificates": lambda w: Client().get("/certificates/ZS1/"),
    "code-check": lambda w: w.post("/sign-in/", phone=w.phone, sms_code="1"),
    "code-check-network": lambda w: w.post("/sign-in/", phone=make_phone(), sms_code="1"),
    "code-messages": lambda w: w.post(
        "/sign-in/", w.known(phones.phone_index(w.phone)), phone=w.phone
    ),
    "code-network": lambda w: w.post("/sign-in/", phone=make_phone()),
    "code-own": lambda w: w.post("/confirm/", sign_in(w.giver)),
    "code-pair": lambda w: w.post("/sign-in/", phone=w.phone),
    "code-phone": lambda w: w.post("/me/phone/", sign_in(w.giver), new_phone="12999990000"),
    "invitations": lambda w: w.post(
        f"/giving/organisations/{w.organisation.pk}/invite/", sign_in(w.giver), phone=make_phone()
    ),
    "objections": lambda w: w.post(f"/publicity/{w.slug}/", body="他家有两套房，请核实情况"),
    "password-account": lambda w: w.post("/desk/sign-in/", **STAFF),
    "password-calm": lambda w: w.post("/desk/enrol/", username="wang", enrolment="x"),
    "password-network": lambda w: w.post("/desk/sign-in/", **STAFF),
    "password-own": lambda w: w.post(
        "/desk/sign-in/", w.known(staff.account_mark("zhang")), **STAFF
    ),
    "password-pair": lambda w: w.post("/desk/sign-in/", **STAFF),
    "proof": lambda w: w.post("/desk/confirm/", sign_in(w.clerk), second="123456"),
    "reports": lambda w: w.post(f"/wishes/{w.wish.number}/report/", kind="unfit"),
    "reports-of-wish": lambda w: w.post(f"/wishes/{w.wish.number}/report/", kind="unfit"),
}
NONE_LEFT = {
    "code-messages": {"code-messages": 1},
    "password-network": {"password-network": 0, "password-calm": 0},
}


@pytest.fixture
def world(branch_a) -> World:
    giver, office = make_giver(), make_office(branch_a)
    notice = publish(bring_to("publicity", office), office.clerk)
    organisation = make_organisation(branch_a["county"], giver)
    wish = make_wish(union=branch_a["own"])
    return World(giver, organisation, wish, office.clerk, notice.slug)


def every_module_is_loaded() -> None:
    for found in walk_packages(mashang.__path__, "mashang."):
        if not re.search(r"\.(migrations|management)|__main__|\.wsgi$", found.name):
            import_module(found.name)


every_module_is_loaded()


def test_every_limit_is_met_at_an_address_or_refuses_nobody() -> None:
    assert set(ASKED) | set(SILENT) == set(NAMED) and not set(ASKED) & set(SILENT)


@pytest.mark.parametrize("name", ASKED)
def test_whoever_meets_it_is_told_when_to_come_again(world, settings, monkeypatch, name) -> None:
    settings.MASHANG_LIMITS = NONE_LEFT.get(name, {name: 0})
    if name == "password-network":  # with the work for a ticket done
        monkeypatch.setattr("mashang.accounts.tickets.require", lambda *given: None)

    answers = [ASKED[name](world) for _ in range(3)]

    refused = answers[-1]
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    words = refused.json()["detail"] if "json" in refused["Content-Type"] else refused.text
    assert re.search(r"操作太频繁，请|请过 \d+ (秒|分钟)|今天的次数用完了，请明天", words)
    assert not re.search(r"\d{3,} (秒|分钟)", words)


def test_a_public_page_says_so_too(monkeypatch) -> None:
    monkeypatch.setattr(public_throttle, "PUBLIC", Throttle(at_once=1, per_second=0.01))
    answers = [Client().get("/certificates/") for _ in range(2)]

    assert answers[1].status_code == 429 and int(answers[1]["Retry-After"]) > 0


def test_what_was_typed_is_still_there(world, settings) -> None:
    settings.MASHANG_LIMITS = {"objections": 0}

    assert "他家有两套房" in ASKED["objections"](world).text


def test_the_table_for_operators_is_the_code_s_own() -> None:
    assert table() in OPERATING.read_text(), "docs/operating.md: put in what limits.table() gives"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (89, "请过 89 秒再试"),
        (91, "请过 2 分钟再试"),
        (5_400, "请过 90 分钟再试"),
        (3 * 3_600, "请今天 13:00 以后再试，或到工会窗口办"),
        (20 * 3_600, "请明天 06:00 以后再试，或到工会窗口办"),
        (86_400, "请明天这个时候再试，或到工会窗口办"),
        (86_400 - 900, "请明天这个时候再试，或到工会窗口办"),
        (7 * 86_400, "请 12 月 8 日以后再试，或到工会窗口办"),
    ],
)
def test_a_wait_is_told_as_people_tell_it(seconds: int, words: str) -> None:
    ten_in_the_morning = timezone.localtime().replace(2026, 12, 1, 10, 0, 0, 0)
    with time_machine.travel(ten_in_the_morning, tick=False):
        assert words in rate_limits.too_many(seconds).message


def test_late_at_night_tomorrow_is_tomorrow() -> None:
    late = timezone.localtime().replace(2026, 12, 1, 23, 50, 0, 0)
    with time_machine.travel(late, tick=False):
        words = rate_limits.too_many(int(timedelta(hours=2).total_seconds())).message

    assert "请明天 01:50 以后再试" in words


def test_nothing_is_counted_without_a_name() -> None:
    house = Path(mashang.__file__).parent
    uses = {
        str(path.relative_to(house))
        for path in house.rglob("*.py")
        if re.search(r"rate_limits\.\w*count|rate_limits import.*count", path.read_text())
    }

    assert uses == {"core/requests/limits.py"}
