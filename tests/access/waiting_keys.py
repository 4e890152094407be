"""What waits on the file of the planted world for somebody's word: a number, an account, a merge, an alert."""

from typing import Any

from mashang.accounts.actions.consents import give
from mashang.accounts.models import User
from mashang.aid.models import AidProposal
from mashang.cases.actions import alerts, channels
from mashang.cases.models import Holder, Merge
from tests.builders import make_application, make_holder, make_phone, make_worker

ACCOUNT = {"bank_owner": "李春燕", "bank": "农行", "card_number": "6228480000000000001"}


def waiting_keys(holder: Holder, crew: dict[str, User]) -> dict[str, Any]:
    """Each asked for by the keeper, so that others of the county answer."""
    keeper = crew["keeper"]
    change = channels.ask(
        holder, "sign_in", make_phone(), old=holder.user.phone.reveal(), why="手机丢了", by=keeper
    )
    merge = Merge.objects.create(
        into=holder,
        duplicate=make_holder(holder.union, make_worker()),
        stands_as="spouse",
        why="户口簿",
        asked_by=keeper,
    )
    alert = alerts.over_the_limit("probing", by=crew["clerk"])
    assert alert is not None
    return {
        "channel_change": change.pk,
        "merge": merge.pk,
        "alert": alert.pk,
        "granted": granted_sum(holder, by=crew["approver"]).pk,
    }


def granted_sum(holder: Holder, *, by: User) -> AidProposal:
    """One-off aid that was approved and waits to be paid."""
    application = make_application(
        holder, kind="one_off", state="ended", ending="aided", ended_at=holder.created_at,
        answers=ACCOUNT, granted_fen=50_000,
    )  # fmt: skip
    give(holder.pk, "bank", version="1", by=holder.user)
    return AidProposal.objects.create(
        holder=holder, union=holder.union, union_path=holder.union_path, application=application,
        project="emergency", amount_fen=50_000, proposed_by=by,
    )  # fmt: skip
