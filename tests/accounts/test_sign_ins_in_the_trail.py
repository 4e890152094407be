"""登录留痕: who came in, who left, who tried; a flood adds a line, and nothing typed stands there."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from mashang.accounts.actions import devices, sign_ins, staff
from mashang.accounts.devices import Origin, new_device
from mashang.accounts.models import FailedSignIn, User
from mashang.core.audit import export, roots
from mashang.core.audit.verifier import verify
from mashang.core.errors import Invalid, Missing, TooMany
from mashang.core.models import TrailEntry
from tests.accounts.colleagues import NEW_PASSWORD, PASSWORD, WHO, code
from tests.crowd import press_at_once

pytestmark = pytest.mark.django_db
STRANGER = Origin(new_device(), "6.6.6.6")


def told(action: str) -> list[TrailEntry]:
    return list(TrailEntry.objects.filter(action=action).order_by("number"))


def tries() -> dict[tuple[str, str], int]:
    """What is counted so far, by account and reason."""
    rows = FailedSignIn.objects.values_list("account", "reason", "tries")
    return {(account, reason): count for account, reason, count in rows}


def guess(word="guess", second="000000", *, name="zhang"):
    with pytest.raises(staff.WrongCredentials):
        staff.sign_in(name, word, second, origin=STRANGER)


def test_coming_in_says_by_which_second_factor_and_from_where_as_hashes(enrolled, still_clock):
    user, authenticator, spare = enrolled
    staff.sign_in("zhang", PASSWORD, code(authenticator), origin=WHO)
    staff.sign_in("zhang", PASSWORD, spare[0], origin=WHO)

    first, second = told("staff.signed_in")
    assert (first.subject, first.subject_id, first.actor_id) == (
        "accounts.user", str(user.pk), str(user.pk),
    )  # fmt: skip
    assert [first.facts["second"], second.facts["second"]] == ["totp", "spare_code"]
    assert first.facts["is_known_device"] is False
    assert first.facts["network"] == second.facts["network"] != first.facts["device"]
    assert "10.0.0.1" not in str(first.facts) and WHO.device.id not in str(first.facts)


def test_a_known_device_is_said_to_be_one(enrolled):
    _, authenticator, _ = enrolled
    known = Origin(WHO.device.remember(staff.account_mark("zhang")), WHO.network)
    staff.sign_in("zhang", PASSWORD, code(authenticator), origin=known)

    assert told("staff.signed_in")[0].facts["is_known_device"] is True


def test_leaving_and_ending_other_devices(enrolled, signed_in):
    user = enrolled[0]
    here, there = signed_in(user), signed_in(user)
    here.post("/desk/account/sign-ins/end-others/")
    there.post("/desk/sign-out/")  # ended already: nobody is there any more
    here.post("/desk/sign-out/")

    assert [entry.actor_id for entry in told("staff.signed_out")] == [str(user.pk)]
    assert [entry.facts["count"] for entry in told("staff.sign_ins_ended")] == [1]


def test_a_worker_leaves_no_entry(li, signed_in):
    phone = signed_in(li)
    phone.post("/sign-out/")

    assert not told("staff.signed_out")
    with pytest.raises(Missing):
        devices.end("nobody's", by=li)


def test_each_way_to_fail_is_counted_by_its_reason(enrolled, still_clock):
    user, authenticator, _ = enrolled
    guess()
    guess("guess again")
    guess(PASSWORD)
    with pytest.raises(staff.WrongProof):
        staff.prove(user, "000000", origin=WHO)
    with pytest.raises(Invalid):
        staff.change_password(user, "wrong", NEW_PASSWORD, "000000", keep="", origin=WHO)
    with pytest.raises(staff.WrongEnrolment):
        staff.check_enrolment("zhang", "AAAA", origin=WHO)
    with pytest.raises(staff.WrongEnrolment):
        staff.enrol("zhang", "AAAA", NEW_PASSWORD, "000000", origin=WHO)

    assert tries() == {
        (str(user.pk), "password"): 2,
        (str(user.pk), "second"): 1,
        (str(user.pk), "proof"): 1,
        (str(user.pk), "old_password"): 1,
        (str(user.pk), "enrolment"): 2,
    }


def test_over_the_limit_is_counted_too(enrolled):
    user = enrolled[0]
    for _ in range(10):
        guess()
    for _ in range(3):
        with pytest.raises(TooMany):
            staff.sign_in("zhang", PASSWORD, "000000", origin=STRANGER)

    assert tries() == {(str(user.pk), "password"): 10, (str(user.pk), "limit"): 3}


def test_a_closed_account_is_counted_under_its_own(enrolled):
    user = enrolled[0]
    User.objects.filter(pk=user.pk).update(is_active=False)
    guess(PASSWORD, code(enrolled[1]))

    assert [account for account, _ in tries()] == [str(user.pk)]


def test_a_hundred_invented_names_are_one_row_and_one_entry_without_a_name(still_clock):
    for number in range(100):
        sign_ins.failed(None, "password", Origin(new_device(), f"6.6.{number}.6"), f"mark {number}")
    guess(name="my-own-password")
    still_clock.shift(timedelta(minutes=12))
    sign_ins.enter_failures()

    (entry,) = told("staff.sign_in_failed")
    assert entry.subject == "accounts.failedsignin" and entry.facts["tries"] == 101
    assert "my-own-password" not in f"{entry.facts}{entry.subject_id}"
    assert not FailedSignIn.objects.exists()


def test_the_count_is_entered_when_its_ten_minutes_are_over_and_once(enrolled, still_clock):
    user = enrolled[0]
    still_clock.move_to(timezone.now().replace(minute=1, second=0))
    guess()
    guess()
    sign_ins.enter_failures()
    assert not told("staff.sign_in_failed") and tries()

    still_clock.shift(timedelta(minutes=11))
    assert (sign_ins.enter_failures(), sign_ins.enter_failures()) == (1, 0)

    (entry,) = told("staff.sign_in_failed")
    assert (entry.subject, entry.subject_id) == ("accounts.user", str(user.pk))
    assert (entry.facts["reason"], entry.facts["tries"]) == ("password", 2)
    roots.seal_roots()
    assert verify(export.lines(), roots.signed_lines(), roots.public_key()).sound


@pytest.mark.django_db(transaction=True)
def test_a_refused_form_keeps_its_count_and_a_page_that_breaks_does_too(client, monkeypatch):
    form = {"username": "nobody", "password": "guess", "second": "000000"}
    assert client.post("/desk/sign-in/", form).status_code == 422
    with pytest.raises(staff.WrongCredentials):
        staff.sign_in("nobody", "guess", "000000", origin=WHO)

    assert tries() == {("", "password"): 2}
    assert not transaction.get_connection().in_atomic_block


@pytest.mark.django_db(transaction=True)
def test_twelve_wrong_tries_at_once_are_all_counted():
    def one() -> None:
        sign_ins.failed(None, "password", STRANGER, "mark")

    assert press_at_once([one] * 12) == [None] * 12
    assert tries() == {("", "password"): 12}


def test_what_a_sign_in_costs(enrolled, django_assert_num_queries):
    """Three statements for the entry; one for a try that failed, three for the first of ten minutes."""
    user = enrolled[0]
    sign_ins.came_in(by=user, second="totp", origin=WHO, account="mark")

    with django_assert_num_queries(3 + 2):  # the savepoint of a test stands for BEGIN and COMMIT
        sign_ins.came_in(by=user, second="totp", origin=WHO, account="mark")
    with django_assert_num_queries(3):
        sign_ins.failed(user, "password", WHO, "mark")
    with django_assert_num_queries(1):
        sign_ins.failed(user, "password", WHO, "mark")


def test_enrolment_and_a_new_password_are_entered(enrolled):
    user, authenticator, _ = enrolled
    staff.change_password(user, PASSWORD, NEW_PASSWORD, code(authenticator), keep="", origin=WHO)

    assert told("staff.enrolled") and told("staff.password_changed")


def test_a_count_that_cannot_be_entered_keeps_none_of_the_others(monkeypatch, still_clock):
    for reason in ("password", "second", "enrolment"):
        sign_ins.failed(None, reason, STRANGER, "")
    still_clock.shift(timedelta(minutes=12))
    write = sign_ins.record

    def now_and_then(action, *args, reason, **facts):
        if reason == "password":
            raise ValueError(reason)
        return write(action, *args, reason=reason, **facts)

    monkeypatch.setattr(sign_ins, "record", now_and_then)
    with pytest.raises(ValueError, match="password"):  # so that the task counts as failed
        sign_ins.enter_failures()

    assert set(tries()) == {("", "password")}
    assert {one.facts["reason"] for one in told("staff.sign_in_failed")} == {"second", "enrolment"}
