"""认领的接口: the same acts as the pages, by token, each once."""

import pytest

from mashang.core.models import IdempotencyKey
from mashang.wishes.models import Claim, Wish
from tests.crowd import press_at_once
from tests.wishes.builders import make_claim, make_giver, make_organisation, make_wish

pytestmark = pytest.mark.django_db


def test_a_program_claims_a_wish_for_its_person(program, wish, giver):
    answer = program(giver).act(f"/wishes/{wish.number}/claim", {})

    made = Claim.objects.get()
    assert answer.status_code == 201 and answer["Location"] == f"/api/v1/claims/{made.pk}"
    assert answer.json()["wish"] == wish.number and answer.json()["state"] == "claimed"
    assert made.giver == giver and Wish.objects.get().state == Wish.State.CLAIMED


def test_it_claims_for_an_organisation_it_acts_for(program, wish, giver, branch_a):
    organisation = make_organisation(branch_a["county"], giver)
    body = {"organisation": str(organisation.pk)}

    answer = program(giver).act(f"/wishes/{wish.number}/claim", body)

    assert answer.json()["kind"] == "organisation"
    assert program(make_giver()).act(f"/wishes/{wish.number}/claim", body).status_code == 404


def test_who_may_not(program, wish, giver, signed_in):
    address = f"/wishes/{wish.number}/claim"
    session = signed_in(giver)

    assert program().act(address, {}).status_code == 401
    assert program(giver, "read").act(address, {}).json()["code"] == "token_may_only_look"
    assert session.post(f"/api/v1{address}", "{}", "application/json").status_code == 401
    own = program(wish.holder.user).act(address, {})
    assert own.status_code == 403 and own.json()["code"] == "own_wish"
    assert not Claim.objects.exists()


def test_the_late_one_is_told_so_and_what_still_waits(program, wish, giver, branch_a):
    make_claim(wish)
    waiting = make_wish(union=branch_a["own"])

    answer = program(giver).act(f"/wishes/{wish.number}/claim", {})

    assert answer.status_code == 409 and answer.json()["code"] == "wish_taken"
    assert "来晚一步" in answer.json()["detail"]
    assert answer.json()["similar"] == [waiting.number]


def test_a_repeated_key_repeats_the_answer(program, wish, giver):
    caller, address = program(giver), f"/wishes/{wish.number}/claim"
    first = caller.act(address, {}, key="the-same-key")
    Claim.objects.update(state=Claim.State.UNDER_WAY)  # meanwhile it went on
    again = caller.act(address, {}, key="the-same-key")

    assert (again.status_code, again.content) == (201, first.content)
    assert again["Location"] == first["Location"] and Claim.objects.count() == 1


def test_the_same_key_with_another_wish_is_refused(program, wish, giver, branch_a):
    other = make_wish(union=branch_a["own"])
    caller = program(giver)
    caller.act(f"/wishes/{wish.number}/claim", {}, key="the-same-key")

    answer = caller.act(f"/wishes/{other.number}/claim", {}, key="the-same-key")

    assert answer.status_code == 422 and answer.json()["code"] == "key_reused"
    assert Claim.objects.count() == 1


def test_an_act_needs_its_key(program, wish, giver):
    answer = program(giver).post(f"/api/v1/wishes/{wish.number}/claim", {}, "application/json")

    assert answer.status_code == 422 and list(answer.json()["fields"]) == ["Idempotency-Key"]


@pytest.mark.django_db(transaction=True)
def test_ten_programs_at_once_make_one_claim(program, branch_a):
    wish = make_wish(union=branch_a["own"])
    callers = [program(make_giver()) for _ in range(10)]

    def press(caller):
        return lambda: caller.act(f"/wishes/{wish.number}/claim", {}).status_code

    answers = press_at_once([press(caller) for caller in callers])

    assert sorted(answers) == [201, *[409] * 9] and Claim.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_key_pressed_at_once_gets_one_answer(program, branch_a):
    wish = make_wish(union=branch_a["own"])
    caller, address = program(make_giver()), f"/wishes/{wish.number}/claim"

    answers = press_at_once([lambda: caller.act(address, {}, key="a-hurry-key")] * 8)

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1 and Claim.objects.count() == 1


def test_my_claims_are_mine_alone(program, giver, branch_a):
    mine = [make_claim(make_wish(union=branch_a["own"]), giver) for _ in range(3)]
    make_claim(make_wish(union=branch_a["own"]))
    reader = program(giver, "read")

    first = reader.look("/claims", limit=2).json()
    second = reader.look("/claims", limit=2, cursor=first["next"]).json()

    ids = [claim["id"] for claim in first["claims"] + second["claims"]]
    assert ids == [str(claim.pk) for claim in reversed(mine)] and second["next"] is None
    assert reader.look(f"/claims/{mine[0].pk}").json()["id"] == str(mine[0].pk)
    assert program(make_giver()).look(f"/claims/{mine[0].pk}").status_code == 404
    assert program().look("/claims").status_code == 401


def test_a_claim_is_given_up_once(program, wish, giver):
    claim, caller = make_claim(wish, giver), program(giver)

    answer = caller.act(f"/claims/{claim.pk}/give-up")
    again = caller.act(f"/claims/{claim.pk}/give-up")

    assert answer.json()["state"] == "given_up" and Wish.objects.get().state == Wish.State.OPEN
    assert again.status_code == 409 and again.json()["code"] == "goods_under_way"


def test_a_claim_is_extended_once(program, wish, giver):
    claim, caller = make_claim(wish, giver), program(giver)

    answer = caller.act(f"/claims/{claim.pk}/extend")

    assert answer.json()["due_on"] > claim.due_on.isoformat() and answer.json()["extended_at"]
    assert caller.act(f"/claims/{claim.pk}/extend").json()["code"] == "not_extended"
    assert program(make_giver()).act(f"/claims/{claim.pk}/extend").status_code == 404


def test_the_kept_answer_names_nobody(program, wish, giver):
    program(giver).act(f"/wishes/{wish.number}/claim", {})

    kept = IdempotencyKey.objects.get().body
    assert wish.number in kept
    for private in (wish.holder_id, wish.holder.user_id, wish.holder.name, giver.pk, giver.name):
        assert str(private) not in kept
