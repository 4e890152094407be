"""口令地址: addresses in which something stands that opens more for whoever knows it.

A card's code, the address of a notice that takes itself down, the card of a wish at a fair, its screen, the number
on a certificate, one's own sign-ins. They stand in no log, lead no search engine anywhere and are told to no other page.
`tests/web/test_secret_addresses.py` asks of every parameter of every address whether it belongs here.
"""

import re

HIDDEN = "***"
_BEFORE = "|".join(("s", "publicity", "events/+w", "events/+screen", "certificates", "sign-ins"))
_ADDRESS = re.compile(rf"/+(?:(?:desk|me|account)/+)*(?:{_BEFORE})/+[^/]", re.IGNORECASE)
# In a line of a log an address may stand inside another one (`?next=%2Fevents%2Fw%2F…`).
_IN_A_TEXT = re.compile(
    rf"((?:/|%2F)+(?:{_BEFORE.replace('/+', '(?:/|%2F)+')})(?:/|%2F)+)[^/%?#&\s'\"<>]+",
    re.IGNORECASE,
)


def is_secret(path: str) -> bool:
    return _ADDRESS.match(path) is not None


def hide_secrets(text: str) -> str:
    """The text with what such addresses carry taken out."""
    return _IN_A_TEXT.sub(lambda found: found[1] + HIDDEN, text)
