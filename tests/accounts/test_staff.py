"""工作人员的密码与动态口令：开通、登录、再次确认、更换、重置."""

from datetime import timedelta

import pyotp
import pytest
from django.utils import timezone

from mashang.accounts import totp
from mashang.accounts.actions import staff
from mashang.accounts.devices import Origin, new_device
from mashang.accounts.models import OneTimeCode, SignIn, User
from mashang.core.errors import Invalid, TooMany
from mashang.unions.scope import posts_of
from tests.accounts.colleagues import NEW_PASSWORD, PASSWORD, WHO, code
from tests.builders import sign_in
from tests.crowd import press_at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]


def test_a_colleague_signs_in_with_both_factors(enrolled) -> None:
    user, authenticator, _ = enrolled

    assert staff.sign_in(" Zhang", PASSWORD, code(authenticator), origin=WHO) == user


def test_the_same_code_is_refused_the_second_time_and_so_is_an_older_one(enrolled) -> None:
    _, authenticator, _ = enrolled
    before = authenticator.at(timezone.now() - timedelta(seconds=30))
    staff.sign_in("zhang", PASSWORD, code(authenticator), origin=WHO)

    for used in (code(authenticator), before):
        with pytest.raises(staff.WrongCredentials):
            staff.sign_in("zhang", PASSWORD, used, origin=WHO)


def test_a_recovery_code_works_once(enrolled) -> None:
    user, _, spare = enrolled

    assert staff.sign_in("zhang", PASSWORD, spare[0].lower(), origin=WHO) == user
    with pytest.raises(staff.WrongCredentials):
        staff.sign_in("zhang", PASSWORD, spare[0], origin=WHO)


def test_secret_and_recovery_codes_are_not_in_clear(enrolled) -> None:
    user, authenticator, spare = enrolled

    columns = User.objects.filter(pk=user.pk).values_list("totp_secret", "password").get()
    assert authenticator.secret not in repr(columns) and PASSWORD not in columns[1]
    assert set(spare).isdisjoint(OneTimeCode.objects.values_list("code_mac", flat=True))


def test_worker_and_closed_accounts_do_not_pass_here(enrolled, li) -> None:
    user, authenticator, _ = enrolled
    User.objects.filter(pk=user.pk).update(is_active=False)

    for name in ("zhang", "nobody"):
        with pytest.raises(staff.WrongCredentials):
            staff.sign_in(name, PASSWORD, code(authenticator), origin=WHO)


def test_an_unknown_name_costs_a_password_check_too(enrolled, monkeypatch) -> None:
    checked = []
    monkeypatch.setattr(staff, "check_password", lambda *given: checked.append(given) or False)

    for name in ("zhang", "nobody"):
        with pytest.raises(staff.WrongCredentials):
            staff.sign_in(name, "guess", "000000", origin=WHO)
    assert len(checked) == 2 and all(stored for _, stored in checked)


def test_a_colleague_half_in_holds_no_post(chen) -> None:
    chen.is_staff = False  # as `request.Keyboard` leaves somebody who came in by phone code

    assert posts_of(chen) == []


def test_a_guesser_fills_the_own_limit_and_not_the_owners(enrolled) -> None:
    user, authenticator, _ = enrolled
    guesser = Origin(new_device(), "6.6.6.6")
    for _ in range(10):
        with pytest.raises(staff.WrongCredentials):
            staff.sign_in("zhang", "guess", "000000", origin=guesser)

    with pytest.raises(TooMany):
        staff.sign_in("zhang", PASSWORD, code(authenticator), origin=guesser)
    assert staff.sign_in("zhang", PASSWORD, code(authenticator), origin=WHO) == user


def test_an_enrolment_code_works_once_and_for_three_days(still_clock) -> None:
    opened = staff.new_enrolment(staff.open_account("wang", "王"))
    still_clock.shift(timedelta(days=3, minutes=1))

    with pytest.raises(staff.WrongEnrolment):
        staff.check_enrolment("wang", opened.code, origin=WHO)
    staff.reset(opened.user)
    again = staff.new_enrolment(opened.user)
    second = pyotp.TOTP(totp.secret_from(staff.tidy(again.code), ""))
    staff.enrol("wang", again.code, PASSWORD, code(second), origin=WHO)
    with pytest.raises(staff.WrongEnrolment):
        staff.enrol("wang", again.code, NEW_PASSWORD, code(second), origin=WHO)


def test_enrolment_wants_a_good_password_and_the_right_code() -> None:
    opened = staff.new_enrolment(staff.open_account("wang", "王"))

    with pytest.raises(Invalid):
        staff.enrol("wang", opened.code, "1234567890", "000000", origin=WHO)
    with pytest.raises(staff.WrongProof):
        staff.enrol("wang", opened.code, PASSWORD, "000000", origin=WHO)
    assert staff.check_enrolment("wang", opened.code, origin=WHO) == opened.user


def test_a_name_is_taken_once() -> None:
    staff.open_account("wang", "王")

    with pytest.raises(staff.UsernameTaken):
        staff.open_account("WANG", "汪")


def test_a_new_password_ends_the_other_sign_ins(enrolled) -> None:
    user, authenticator, _ = enrolled
    here, elsewhere = sign_in(user), sign_in(user)

    staff.change_password(
        user,
        PASSWORD,
        NEW_PASSWORD,
        code(authenticator),
        keep=here.session.session_key,
        origin=WHO,
    )

    assert SignIn.objects.filter(user=user).count() == 1
    assert elsewhere.get("/desk/").status_code == 302


def test_the_old_password_and_a_fresh_code_are_needed_for_a_new_one(enrolled) -> None:
    user, authenticator, _ = enrolled

    for old, second, refusal in (
        ("wrong", code(authenticator), Invalid),
        (PASSWORD, "000000", staff.WrongProof),
    ):
        with pytest.raises(refusal):
            staff.change_password(user, old, NEW_PASSWORD, second, keep="", origin=WHO)
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)


def test_new_recovery_codes_replace_the_old(enrolled) -> None:
    user, _, spare = enrolled

    fresh = staff.renew_recovery_codes(by=user)

    with pytest.raises(staff.WrongProof):
        staff.prove(user, spare[0], origin=WHO)
    staff.prove(user, fresh[0], origin=WHO)


def test_a_reset_leaves_nothing_of_the_old_sign_in(enrolled) -> None:
    user, authenticator, spare = enrolled
    browser = sign_in(user)

    staff.reset(user)

    assert browser.get("/desk/").status_code == 302
    for second in (code(authenticator), spare[0]):
        with pytest.raises(staff.WrongCredentials):
            staff.sign_in("zhang", PASSWORD, second, origin=WHO)


@pytest.mark.django_db(transaction=True)
def test_one_code_pressed_by_five_lets_one_in(enrolled) -> None:
    user, authenticator, _ = enrolled
    second = code(authenticator)

    told = press_at_once([lambda: staff.prove(user, second, origin=WHO)] * 5)

    assert sorted(type(answer).__name__ for answer in told) == ["NoneType"] + ["WrongProof"] * 4
