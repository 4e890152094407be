"""口令: Django's Argon2, in a lane of its own. What is kept is as before: `argon2$argon2id$…`.

As a hasher of Django it stands behind every `check_password`, `make_password` and `set_password`, for
names that nobody has too: no door can hash beside the lane.
"""

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.utils.translation import gettext_noop as N_

from mashang.core.heavy.helper import HelperLost
from mashang.core.heavy.lane import KEPT, Lane

LANE = Lane(
    "passwords",
    "mashang.core.heavy.argon",
    wait=10,
    at_most=15,
    kept=KEPT,
    crowded=N_("现在登录的人多，这一次没有办成；请过几秒再试一次"),
)


class Argon2InLane(Argon2PasswordHasher):
    """Raises Crowded; also when the helper was lost: the same password may be tried again."""

    def encode(self, password: str, salt: str) -> str:
        return str(_asked("encode", password=password, salt=salt))

    def verify(self, password: str, encoded: str) -> bool:
        return _asked("verify", password=password, encoded=encoded) is True


def _asked(job: str, **facts: str) -> object:
    try:
        return LANE.run(job, dict(facts))[0]["answer"]
    except HelperLost:
        raise LANE.full() from None
