"""接口怎样拒绝: always a problem+json with code and sentence; limits; who comes in."""

import pytest

from mashang.accounts.models import ApiToken
from mashang.unions.roles import Role
from tests.api.conftest import Program
from tests.builders import make_staff
from tests.wishes.builders import make_giver

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"


@pytest.mark.parametrize(
    ("send", "status", "code"),
    [
        (lambda p: p.get("/api/v1/nothing"), 404, "missing"),
        (lambda p: p.delete("/api/v1/wishes"), 405, "wrong_method"),
        (lambda p: p.get("/api/v1/wishes", headers={"Accept": "text/html"}), 406, "not_offered"),
        (lambda p: p.post("/api/v1/wishes/x/claim", {"a": 1}), 415, "not_json"),
        (lambda p: p.act("/wishes/x/claim", {"more": 1}), 422, "not_as_described"),
        (lambda p: p.get("/api/v1/claims", headers={"Authorization": "Bearer x"}), 401, "token_unknown"),
    ],
)  # fmt: skip
def test_every_refusal_is_a_problem(program, giver, send, status, code):
    answer = send(program(giver))

    assert answer.status_code == status and answer["Content-Type"] == PROBLEM
    problem = answer.json()
    assert problem["code"] == code and problem["status"] == status and problem["detail"]


def test_half_a_json_is_refused(program, giver):
    answer = program(giver).post(
        "/api/v1/wishes/x/claim",
        '{"organisation":',
        content_type="application/json",
        headers={"Idempotency-Key": "some-key-1"},
    )

    assert answer.status_code == 400 and answer.json()["code"] == "unreadable"


def test_a_method_that_is_not_offered_names_those_that_are(program):
    assert program().delete("/api/v1/wishes")["Allow"] == "GET"


def test_head_is_a_get_without_its_body(program):
    answer = program().head("/api/v1/wishes")

    assert answer.status_code == 200 and not answer.content


def test_the_first_answer_without_a_token_says_what_is_wanted(program):
    assert program().look("/claims")["WWW-Authenticate"] == "Bearer"


def test_an_answer_to_a_token_is_kept_nowhere(program, giver):
    assert program(giver).look("/claims")["Cache-Control"] == "no-store"


def test_no_answer_leaves_a_cookie_behind(program, giver):
    for answer in (program().look("/wishes"), program(giver).look("/claims")):
        assert not answer.cookies and "Cookie" not in answer.get("Vary", "")


def test_a_colleagues_token_opens_no_desk(program, branch_a):
    chief = make_staff("陈静", branch_a["county"], Role.CLERK)

    answer = program(chief).get("/desk/")

    assert answer.status_code == 302 and "sign-in" in answer["Location"]


def test_its_owner_sees_when_the_app_last_came(program, giver):
    program(giver).look("/claims")

    assert ApiToken.objects.get().used_at


@pytest.mark.parametrize(
    ("limit", "send"),
    [
        ("api-looks", lambda p, wish: p.look("/wishes")),
        ("api-acts", lambda p, wish: p.act(f"/wishes/{wish.number}/claim", {})),
        ("api-network", lambda p, wish: Program().look("/wishes")),
        (
            "api-network",
            lambda p, wish: Program(headers={"Authorization": "Bearer x"}).look("/wishes"),
        ),
    ],
    ids=["a person's looks", "their acts", "a network", "guessed tokens"],
)
def test_too_often_says_when_to_come_again(settings, program, giver, wish, limit, send):
    settings.MASHANG_LIMITS = {limit: 2}
    caller = program(giver)
    before = [send(caller, wish).status_code for _ in range(2)]

    answer = send(caller, wish)

    assert 429 not in before
    assert answer.status_code == 429 and answer.json()["code"] == "too_many"
    assert int(answer["Retry-After"]) > 0 and answer["Content-Type"] == PROBLEM


def test_ten_tokens_of_one_person_take_nothing_from_the_next(program, giver, wish):
    hammering = [program(giver) for _ in range(10)]
    address = f"/wishes/{wish.number}/claim"

    told = [
        hammering[n % 10].act(address, {"more": 1} if n % 2 else {"organisation": "x"}).status_code
        for n in range(80)
    ]
    claimed = program(make_giver("赵六")).act(address, {})

    assert told == [422] * 60 + [429] * 20
    assert claimed.status_code == 201
