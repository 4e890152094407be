"""A colleague with a password, an authenticator and ten recovery codes."""

from datetime import timedelta

import pyotp
import pytest
import time_machine
from django.utils import timezone

from mashang.accounts import totp
from mashang.accounts.actions import staff
from mashang.accounts.models import KinDeclaration, User
from tests.accounts.colleagues import PASSWORD, WHO, code


@pytest.fixture
def still_clock():
    """The clock moves only when a test says so."""
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


@pytest.fixture
def enrolled(still_clock):
    """张 with a password, an authenticator and ten recovery codes; the next code is fresh."""
    opened = staff.new_enrolment(staff.open_account("zhang", "张敏"))
    authenticator = pyotp.TOTP(totp.secret_from(staff.tidy(opened.code), ""))
    spare = staff.enrol("zhang", opened.code, PASSWORD, code(authenticator), origin=WHO)
    KinDeclaration.objects.create(user=opened.user, has_none=True)
    still_clock.shift(timedelta(seconds=31))
    return User.objects.get(), authenticator, spare
