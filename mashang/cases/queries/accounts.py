"""收款账号: whether granted money may go to the account that an application names."""

from typing import Any

from django.db.models import Q

from mashang.accounts.models import Consent
from mashang.accounts.queries import has_withdrawn
from mashang.cases.form.case_application import BANK
from mashang.cases.form.checks import names_of
from mashang.cases.models import Application, ChannelChange, Holder
from mashang.cases.queries.access import surviving
from mashang.core.privacy.keys import blind_index

MOST_LOOKED_AT = 3


def is_taken_back(application: Application) -> bool:
    """Whether the family no longer lets its account be used: nothing can be paid to a card until it does again."""
    return has_withdrawn(application.holder_id, Consent.Purpose.BANK)


def change_that_holds_back(application: Application) -> ChannelChange | None:
    """What keeps granted money where it is: another account that was named for it and waits, or else the newest
    change to the account of now, unless it has taken effect.

    None where the account is the household's known one: the household may have named it itself meanwhile.
    """
    changes = ChannelChange.objects.of_household(application.holder).filter(
        kind=ChannelChange.Kind.ACCOUNT
    )
    if waiting := changes.filter(application=application).waiting().first():
        return waiting
    index = payee_of(application)
    if not index or surviving(application.holder).payee_index == index:
        return None
    newest = changes.filter(new_index=index).order_by("-created_at").first()
    if newest is None or newest.state == ChannelChange.State.DONE:
        return None
    return newest


def bank_account_of(application: Application) -> dict[str, Any]:
    """What the form asks of an account: as the application tells it, or as was named since for the sum
    granted on it. Empty where there is none."""
    named = ChannelChange.objects.of_household(application.holder).filter(
        application=application, state=ChannelChange.State.DONE
    )
    newest = named.select_related("holder__data_key").order_by("-ended_at").first()
    told = newest.bank if newest is not None and newest.bank else application.answers
    return {name: value for name, value in told.reveal().items() if name in names_of(BANK)}


def payee_of(application: Application) -> str:
    """By what index the account is known to which the application's money goes; empty if it names none."""
    card = bank_account_of(application).get("card_number")
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
