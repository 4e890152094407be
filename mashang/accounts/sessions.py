"""会话: Django's database sessions, kept in `SignIn` so that their owner can see and end them.

The database holds a keyed hash of the cookie. Each session says how long it may lie idle; using it
puts that off again, with a write at most once a minute.
"""

from datetime import timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.utils import timezone

from mashang.accounts.models import SignIn, User
from mashang.core.db.compiled import CompiledQuery, Param
from mashang.core.privacy.keys import mac

STAFF_IDLE = timedelta(minutes=15)
PHONE_IDLE = timedelta(days=30)
TOUCH_EVERY = timedelta(minutes=1)


def stored_key(cookie: str) -> str:
    """What the database keeps of a session cookie: 40 hex characters."""
    return mac("session", cookie.encode()).hex()[:40]


# Behind every request, so it is compiled once.
WITH_USER = CompiledQuery(
    lambda: SignIn.objects.filter(
        session_key=Param("session_key", SignIn._meta.get_field("session_key"))
    ).select_related("user")
)


class SessionStore(DatabaseSessions):
    """`session_key` is the cookie everywhere in here; only its hash goes to the database."""

    model: type[SignIn]
    former_user_id: str | None = None  # whose session it was that has just run out
    user: User | None = None  # whose session it is, read in the same query

    @classmethod
    def get_model_class(cls) -> type[SignIn]:
        return SignIn

    def load(self) -> dict[str, Any]:
        row = WITH_USER.first(session_key=stored_key(self.session_key or ""))
        if row is None or row.expire_date <= timezone.now():
            self._session_key = None
            self.former_user_id = str(row.user_id) if row and row.user_id else None
            return {}
        self.user = row.user
        self.modified |= row.seen_at is None or timezone.now() - row.seen_at > TOUCH_EVERY
        return self.decode(row.session_data)

    def exists(self, session_key: str) -> bool:
        return super().exists(stored_key(session_key))

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            self.model.objects.filter(session_key=stored_key(key)).delete()

    def create_model_instance(self, data: dict[str, Any]) -> SignIn:
        return SignIn(
            session_key=stored_key(self.session_key or ""),
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            user_id=data.get(SESSION_KEY),
            device=data.get("device", ""),
            started_at=data.get("started_at"),
            seen_at=timezone.now(),
        )
