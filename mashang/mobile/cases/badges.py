"""How each of one's own applications stands, with where the money is that was granted."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.aid.models import AidProposal
from mashang.cases.models import Application
from mashang.cases.queries.my_applications import tone_of, word_of

UNPAID = N_("同意临时救助，等打款")


def badges_of(applications: Iterable[Application], user: User) -> list[dict[str, object]]:
    """`application`, `word` and `tone` of each; what was granted has not ended before the money has come.
    One query more than the words take."""
    waiting = AidProposal.objects.own(user).granted_waiting()
    unpaid = set(waiting.values_list("application_id", flat=True))
    return [_badge_of(each, is_unpaid=each.pk in unpaid) for each in applications]


def timeline_of(items: list[dict[str, Any]], *, is_unpaid: bool) -> list[dict[str, Any]]:
    """办理经过, whose last line (“已结束”) waits for the money that was granted."""
    if not (is_unpaid and items):
        return items
    return [*items[:-1], items[-1] | {"title": UNPAID, "state": "now"}]


def _badge_of(application: Application, *, is_unpaid: bool) -> dict[str, object]:
    if is_unpaid:
        return {"application": application, "word": _(UNPAID), "tone": "wait"}
    return {
        "application": application,
        "word": word_of(application),
        "tone": tone_of(application),
    }
