"""What a colleague has at hand when they sign in."""

import pyotp
from django.utils import timezone

from mashang.accounts.devices import Origin, new_device

PASSWORD = "qing-shan-lv-shui-7"
NEW_PASSWORD = "xin-mi-ma-2026-cao"
WHO = Origin(new_device(), "10.0.0.1")


def code(authenticator: pyotp.TOTP) -> str:
    return authenticator.at(timezone.now())
