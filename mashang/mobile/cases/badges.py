"""How each of one's own applications stands, with where the money is that was granted."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from mashang.accounts.models import User
from mashang.aid.models import AidProposal
from mashang.cases.models import Application
from mashang.cases.queries.my_applications import tone_of, word_of


def badges_of(applications: Iterable[Application], user: User) -> list[dict[str, object]]:
    """`application`, `word` and `tone` of each; what was granted has not ended before the money has come.
    One query more than the words take."""
    waiting = AidProposal.objects.own(user).granted_waiting()
    unpaid = set(waiting.values_list("application_id", flat=True))
    return [_badge_of(each, is_unpaid=each.pk in unpaid) for each in applications]


def _badge_of(application: Application, *, is_unpaid: bool) -> dict[str, object]:
    if is_unpaid:
        return {"application": application, "word": _("同意临时救助，等打款"), "tone": "wait"}
    return {
        "application": application,
        "word": word_of(application),
        "tone": tone_of(application),
    }
