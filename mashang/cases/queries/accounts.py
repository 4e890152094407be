"""收款账号: whether granted money may go to the account that an application names."""

from typing import Any

from django.db.models import Q

from mashang.cases.models import Application, ChannelChange, Holder
from mashang.cases.queries.access import surviving
from mashang.core.privacy.keys import blind_index

MOST_LOOKED_AT = 3


def change_that_holds_back(application: Application) -> ChannelChange | None:
    """The newest change to this very account, unless it has taken effect: until then nothing is paid to it.

    None where the account is the household's known one: the household may have named it itself meanwhile.
    """
    index = payee_of(application)
    if not index or surviving(application.holder).payee_index == index:
        return None
    changes = ChannelChange.objects.of_household(application.holder).filter(
        kind=ChannelChange.Kind.ACCOUNT, new_index=index
    )
    newest = changes.order_by("-created_at").first()
    if newest is None or newest.state == ChannelChange.State.DONE:
        return None
    return newest


def payee_of(application: Application) -> str:
    """By what index the account is known that the application names; empty if it names none."""
    answers: dict[str, Any] = application.answers.reveal()
    card = answers.get("card_number")
    return blind_index("account", card) if card else ""


def payee_of_before(holder: Holder, *, but: Application) -> str:
    """The account of the household's last application that was granted, where none has been noted yet:
    another one than `but`, which tells of an account now."""
    granted = Application.objects.of_household(holder).filter(
        Q(state=Application.State.FILED) | Q(ending=Application.Ending.AIDED)
    )
    newest = (
        granted.exclude(pk=but.pk)
        .select_related("holder__data_key")
        .order_by("-submitted_at")[:MOST_LOOKED_AT]
    )
    return next((index for application in newest if (index := payee_of(application))), "")
