"""收款账号: whether granted money may go to the account that an application names."""

from typing import Any

from mashang.cases.models import Application, ChannelChange
from mashang.core.privacy.keys import blind_index


def change_that_holds_back(application: Application) -> ChannelChange | None:
    """The newest change to this very account, unless it has taken effect: until then nothing is paid to it."""
    answers: dict[str, Any] = application.answers.reveal()
    card = answers.get("card_number")
    if not card:
        return None
    changes = ChannelChange.objects.of_household(application.holder).filter(
        kind=ChannelChange.Kind.ACCOUNT, new_index=blind_index("account", card)
    )
    newest = changes.order_by("-created_at").first()
    if newest is None or newest.state == ChannelChange.State.DONE:
        return None
    return newest
