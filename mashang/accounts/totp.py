"""动态口令: time-based codes (RFC 6238), and the picture by which an authenticator learns the secret."""

import base64
import re

import pyotp
import zxingcpp
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from mashang.core.privacy.keys import mac

STEP_SECONDS = 30
ISSUER = "码上"


def secret_from(enrolment_code: str, seed: str) -> str:
    """The secret of one opening of the enrolment page: 160 bits that nobody without our keys can tell.

    Derived, so that it needs no place to wait in while its owner scans the picture. `seed` is new
    with every opening: whoever handed the code over and looked at the page first knows another one.
    """
    return base64.b32encode(mac("totp secret", f"{enrolment_code}|{seed}".encode())[:20]).decode()


def matching_step(secret: str, code: str) -> int | None:
    """The time step whose code this is: now, the one before or the one after; else None."""
    now = int(timezone.now().timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret)
    steps = (now - 1, now, now + 1)
    return next((step for step in steps if totp.verify(code, for_time=step * STEP_SECONDS)), None)


def enrolment_picture(secret: str, account: str) -> SafeString:
    """The secret as a QR code: an inline SVG, black on white in the dark theme too."""
    uri = pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=ISSUER)
    svg = zxingcpp.create_barcode(uri, zxingcpp.BarcodeFormat.QRCode, ec_level="M").to_svg()
    size, squares = re.search(r'width="(\d+)"', svg), re.search(r'<path d="([^"]+)"', svg)
    if size is None or squares is None:
        raise RuntimeError("zxing-cpp draws its SVG in another way now")
    return format_html(
        '<svg viewBox="0 0 {0} {0}" width="232" height="232" role="img" aria-label="{1}">'
        '<rect width="{0}" height="{0}" fill="#fff"/><path d="{2}" fill="#000"/></svg>',
        size[1],
        "动态口令二维码",
        squares[1],
    )
