"""不丢内容: what somebody typed survives a session that ended meanwhile.

A form that arrives signed out is sealed into the sign-in page and comes back after it. Nothing is
stored on the server; the sealed text opens for half an hour, for this address, and only for the
person whose session it was.
"""

import base64
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from mashang.core.privacy.keys import CIPHERS, Unreadable, derive, open_sealed, seal

if TYPE_CHECKING:
    from mashang.accounts.models import User

SECONDS = 30 * 60
MOST_BYTES = 1_000_000
# Secrets are typed again, and the token of the old session is worth nothing.
LEFT_OUT = {"csrfmiddlewaretoken", "password", "password2", "old_password", "second", "sms_code"}
_CONTEXT = b"carried form"


@dataclass(frozen=True)
class StashedForm:
    """A form on its way: where it goes, what was typed, and whether files stayed behind."""

    path: str
    fields: list[tuple[str, str]]
    left_files: bool


def stash(request: Any) -> str:
    """Seal the form of a POST request; empty if it is too large to travel."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in LEFT_OUT
    ]
    user_id = request.user.pk or request.session.former_user_id
    content = {
        "path": request.get_full_path(),
        "fields": fields,
        "files": bool(request.FILES),
        "user": str(user_id) if user_id else None,
        "until": timezone.now().timestamp() + SECONDS,
    }
    plain = json.dumps(content, ensure_ascii=False).encode()
    return _seal(plain) if len(plain) <= MOST_BYTES else ""


def restore(sealed: str, user: "User") -> StashedForm | None:
    """The form, for the person who typed it and in time; else None."""
    try:
        content = json.loads(_open(sealed))
    except (Unreadable, ValueError):  # whatever was pasted in there
        return None
    if content["until"] < timezone.now().timestamp() or content["user"] not in (None, str(user.pk)):
        return None
    fields = [(name, value) for name, value in content["fields"]]
    return StashedForm(content["path"], fields, content["files"])


def _seal(plain: bytes) -> str:
    return base64.urlsafe_b64encode(seal(_key(), plain, _CONTEXT, settings.MASHANG_CIPHER)).decode()


def _open(sealed: str) -> bytes:
    return open_sealed(_key(), base64.urlsafe_b64decode(sealed), _CONTEXT, settings.MASHANG_CIPHER)


def _key() -> bytes:
    _, size = CIPHERS[settings.MASHANG_CIPHER]
    return derive(settings.MASHANG_MASTER_KEY, "carried form", size)
