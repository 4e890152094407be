"""服务码: the 32 letters in a QR code, made and checked without the database.

    1 letter    version and key id (A to P: version 1, key 0 to 15)
    26 letters  130 bits of HMAC(key, holder id ‖ generation)
    5 letters   25 bits of tag over the 27 before, so that a forged code costs no query

A token says nothing about its holder and follows no sequence. Only ``lookup_hash`` of it is
stored. A reprint is minted again from holder, generation and the key id of the first print.
"""

import hmac
import re
import unicodedata
from base64 import b32encode
from uuid import UUID

from django.conf import settings

from mashang.codes.refusals import CodeKeyGone

LENGTH = 32
_BODY, _TAG = 26, 5
_KEY_LETTERS = "ABCDEFGHIJKLMNOP"
_LONGEST_TEXT = 512
# Around the letters may stand what a scanner or a hand adds: quotes, a full stop, the rest of an address.
_TOKEN_IN_TEXT = re.compile(r"(?:.*/S/)?[^A-Z0-9/]*([A-P][A-Z2-7]{31})(?:[^A-Z0-9].*)?", re.DOTALL)
_SEPARATORS = re.compile(r"[\s\-·]+")


def mint(holder_id: UUID, generation: int, key_id: int | None = None) -> str:
    """Make the token of one generation of a holder's code.

    ``key_id`` defaults to the current key; a reprint names the key of the first print. Raises CodeKeyGone.
    """
    key_id = current_key_id() if key_id is None else key_id
    key = settings.MASHANG_QR_KEYS.get(key_id)
    if key is None:
        raise CodeKeyGone
    subject = holder_id.bytes + generation.to_bytes(4, "big")
    rest = _KEY_LETTERS[key_id] + _letters(key, b"body", subject, _BODY)
    return rest + _letters(key, b"tag", rest.encode(), _TAG)


def read(text: str) -> str | None:
    """Find the token in what a camera or a keyboard gave: a URL or the letters alone.

    Case, spaces, hyphens, full-width letters, punctuation around it and invisible characters (a byte-order
    mark) do not matter. Returns None for anything that
    this installation has not minted (one forgery in 2²⁵ passes by chance and is then not found).
    """
    if len(text) > _LONGEST_TEXT:
        return None
    seen = "".join(char for char in text if unicodedata.category(char) != "Cf")
    tidy = _SEPARATORS.sub("", unicodedata.normalize("NFKC", seen)).upper()
    match = _TOKEN_IN_TEXT.fullmatch(tidy)
    return match[1] if match and _is_ours(match[1]) else None


def lookup_hash(token: str) -> str:
    """The only trace of a token in the database: HMAC with a key that is not kept there."""
    return hmac.digest(settings.MASHANG_LOOKUP_KEY, b"code/" + token.encode(), "sha256").hex()


def url(token: str) -> str:
    """The address in the QR code, upper-case so that the symbol uses its alphanumeric mode."""
    return f"{settings.MASHANG_PUBLIC_URL}/S/{token}".upper()


def current_key_id() -> int:
    """The key that new codes are made with; kept beside ``lookup_hash`` for later reprints."""
    return settings.MASHANG_QR_KEY_ID


def key_id_of(token: str) -> int:
    return _KEY_LETTERS.index(token[0])


def _is_ours(token: str) -> bool:
    key = settings.MASHANG_QR_KEYS.get(key_id_of(token))
    if key is None:
        return False
    rest, tag = token[:-_TAG], token[-_TAG:]
    return hmac.compare_digest(tag, _letters(key, b"tag", rest.encode(), _TAG))


def _letters(key: bytes, purpose: bytes, message: bytes, count: int) -> str:
    digest = hmac.digest(key, b"mashang/code/" + purpose + b"/" + message, "sha256")
    return b32encode(digest[:20])[:count].decode()
