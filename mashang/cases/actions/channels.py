"""换号换卡: a new phone or account of a household waits for a second colleague, or for its old phone, and a few days.

Everything here hangs on what is true now: who keeps the household, who still sits at a desk, which number it has.
"""

from collections.abc import Container
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.actions import phones as accounts
from mashang.accounts.models import User
from mashang.accounts.queries import accounts_of
from mashang.cases import channel_notices as notices
from mashang.cases.actions import alerts
from mashang.cases.actions.channel_effects import EFFECTS, enter_phone
from mashang.cases.actions.recusal import has_filled_in, require_no_conflict
from mashang.cases.models import Alert, Application, ChannelChange, Holder
from mashang.cases.queries.accounts import (
    bank_account_of,
    change_that_holds_back,
    payee_of,
    payee_of_before,
)
from mashang.cases.queries.shown import channel_change_shown
from mashang.cases.refusals import SamePerson
from mashang.cases.safeguards import newly_linked_until, safeguards_at
from mashang.core.audit.trail import record
from mashang.core.db.action import action, savepoint
from mashang.core.db.errors import refusing
from mashang.core.db.locks import locked
from mashang.core.each import each_by_itself
from mashang.core.errors import DomainError, NotAllowed, WrongState
from mashang.core.privacy.keys import blind_index
from mashang.core.seen import require_seen
from mashang.reference.workdays import add_workdays
from mashang.unions.queries import are_two
from mashang.unions.roles import Permission, holds

Kind, State = ChannelChange.Kind, ChannelChange.State
TOLD_SO = N_("申请表里改填")
TO_BE_PAID = N_("发放救助前重填收款账号")


# Asking ---------------------------------------------------------------------------------


@action
def ask(
    holder: Holder,
    kind: str,
    new: str,
    *,
    old: str,
    why: str,
    by: User,
    by_household: bool = False,
    **also: Any,
) -> ChannelChange:
    """提出更换: nothing changes yet, and whoever was known so far is told.

    Who may is asked by the verb that calls this. Raises ChannelChangeOpen.
    """
    rows = Holder.objects.filter(pk=holder.pk)
    holder = locked(rows.select_related("union", "data_key", "user__data_key")).get()
    with refusing():
        change = ChannelChange.objects.create(
            holder=holder,
            kind=kind,
            new_value=new,
            new_index=index_of(kind, new),
            old_value=old,
            old_index=_known(holder, kind),
            why=why,
            by_household=by_household,
            effective_on=_earliest(holder) if by_household else None,
            asked_by=by,
            **also,
        )
    record("channel.asked", change, by=by, union=holder.union, kind=kind)
    notices.asked(change, needs_colleague=is_newly_linked(holder))
    return change


def _known(holder: Holder, kind: str) -> str:
    """By what index the household is known now in this respect; empty where there is nothing."""
    if kind == Kind.SIGN_IN:
        return (holder.user.phone_index or "") if holder.user else ""
    return holder.payee_index if kind == Kind.ACCOUNT else holder.phone_index


def is_newly_linked(holder: Holder) -> bool:
    """Whether another colleague vouches for where the money goes."""
    return newly_linked_until(holder) is not None


def _earliest(holder: Holder) -> date:
    """When what the household asks takes effect by itself: after some working days, of a newly linked one
    not before its month is over."""
    numbers, today = safeguards_at(holder.union, timezone.localdate()), timezone.localdate()
    usual = add_workdays(today, numbers.workdays_to_change)
    return max(usual, newly_linked_until(holder) or usual)


def index_of(kind: str, value: str) -> str:
    return blind_index("account" if kind == Kind.ACCOUNT else "phone", value)


def opens_household(holder: Holder) -> bool:
    """Whether the contact phone, with the ID number, would open the household to whoever holds it
    (`account_links`): so it is as long as nobody signs in for it."""
    return bool(holder.phone_index) and not holder.owners().exists()


@action
def follow_answers(
    application: Application,
    holder: Holder,
    answers: dict[str, Any],
    *,
    changed: Container[str],
    by: User,
) -> None:
    """What the application tells now: the first phone and the first own account are entered, others wait.

    `changed`: the answers that this act brought; what was there before has been asked for already.
    """
    _follow_phone(holder, answers["phone"], changed, by)
    if card := answers.get("card_number"):
        holder.save()  # whoever is asked about the account is told at the phone of now
        _follow_account(application, holder, card, changed, by)


def _follow_phone(holder: Holder, phone: str, changed: Container[str], by: User) -> None:
    if not opens_household(holder):
        enter_phone(holder, phone)
    else:
        known, old = holder.phone_index, holder.phone.reveal()
        _follow(holder, Kind.CONTACT, phone, known, old=old, asks="phone" in changed, by=by)


def _follow_account(
    application: Application, holder: Holder, card: str, changed: Container[str], by: User
) -> None:
    by_household = holder.belongs_to(by)
    known = holder.payee_index or payee_of_before(holder, but=application)
    if not known and by_household and not is_newly_linked(holder):
        holder.payee_index = index_of(Kind.ACCOUNT, card)
        _settle_waiting(holder, holder.payee_index, by)
        return
    _follow(
        holder,
        Kind.ACCOUNT,
        card,
        known,
        asks="card_number" in changed,
        by=by,
        by_household=by_household,
    )


def _follow(
    holder: Holder,
    kind: str,
    new: str,
    known: str,
    *,
    old: str = "",
    asks: bool,
    by: User,
    **also: Any,
) -> None:
    """Ask for what is new, in place of what waits; nothing for what is asked for already."""
    waiting = ChannelChange.objects.filter(holder=holder, kind=kind).waiting().first()
    index = index_of(kind, new)
    if waiting and (waiting.new_index == index or not asks):
        return
    if waiting:
        _end(waiting, State.DECLINED, by)
        notices.not_done(waiting)
    if index != known and asks:
        ask(holder, kind, new, old=old, why=TOLD_SO, by=by, **also)


@action
def name_account(
    application: Application, holder: Holder, bank: dict[str, Any], *, by: User
) -> ChannelChange:
    """收款账号: where the sum granted on this application is to go; `bank` is what the form asks of an account.

    Whoever says so anew does it in place of what waits: the household always, a colleague of their own. A household
    that goes back to the account of before needs nobody's word for it: what waited ends, and is returned. One that
    nothing could be paid to so far names its first account at once; what a colleague says waits as any other. Who may is asked by the verb that calls this. Raises ChannelChangeOpen.
    """
    holder = locked(Holder.objects.filter(pk=holder.pk).select_related("union", "data_key")).get()
    by_household = holder.belongs_to(by)
    was_payable = bool(payee_of(application)) and change_that_holds_back(application) is None
    for waiting in ChannelChange.objects.filter(holder=holder, kind=Kind.ACCOUNT).waiting():
        if by_household or waiting.asked_by_id == by.pk:
            _end(_locked(waiting), State.DECLINED, by)
            notices.not_done_to_asker(waiting)
            if by_household and _is_of_now(bank, application):
                return _locked(waiting)
    change = ask(
        holder,
        Kind.ACCOUNT,
        bank["card_number"],
        old="",
        why=TO_BE_PAID,
        by=by,
        by_household=by_household,
        application=application,
        bank=bank,
    )
    known = was_payable or holder.payee_index or payee_of_before(holder, but=application)
    if by_household and not known and not is_newly_linked(holder):
        return _carry_out(_locked(change), by=by)
    return change


def _is_of_now(bank: dict[str, Any], application: Application) -> bool:
    """Whether just this account may be paid to, with nothing that waits any more."""
    return bank == bank_account_of(application) and change_that_holds_back(application) is None


def _settle_waiting(holder: Holder, index: str, by: User) -> None:
    """A colleague asked for this very account, and now the household itself names it: there is nothing to wait for."""
    rows = ChannelChange.objects.filter(holder=holder, kind=Kind.ACCOUNT).waiting()
    for change in rows.select_related("holder__union", "holder__data_key", "asked_by"):
        _end(change, State.DECLINED, by)
        if change.new_index != index:
            notices.not_done(change)


# Deciding -------------------------------------------------------------------------------


@action
def confirm(change: ChannelChange, *, by: User, seen: str | None = None) -> ChannelChange:
    """确认: by a second colleague who has made sure in another way. It takes effect after some working days;
    what the household itself asked takes effect at once.

    Raises SamePerson, NotAllowed, ChangedMeanwhile.
    """
    change = _locked(change)
    holder = change.holder
    require_no_conflict(by, Permission.CASE_CHANGE, holder, at=holder.union)
    require_seen(seen, channel_change_shown(change))
    if refusal := refusal_to_confirm(change, by):
        raise refusal
    if change.by_household:
        return _carry_out(change, by=by, confirmed_by=by, confirmed_at=timezone.now())
    days = safeguards_at(holder.union, timezone.localdate()).workdays_to_change
    change.transition_to(
        State.CONFIRMED,
        confirmed_by=by,
        confirmed_at=timezone.now(),
        effective_on=add_workdays(timezone.localdate(), days),
    )
    record("channel.confirmed", change, by=by, union=holder.union, kind=change.kind)
    notices.confirmed(change)
    return change


def refusal_to_confirm(change: ChannelChange, by: User) -> DomainError | None:
    """Why this colleague may not be the second one, whatever they have made sure of; None if they may. They may still
    say 不更换."""
    if change.asked_by_id in accounts_of(by):
        return SamePerson()
    if change.by_household:
        is_theirs = is_newly_linked(change.holder) and _has_filled_in(change.holder, by)
        return NotAllowed(message=FILLED_IN) if is_theirs else None
    if not are_two(change.asked_by, by):
        return NotAllowed(message=MADE_EACH_OTHER)
    return None if _still_asks(change.asked_by, change) else WrongState(message=ASKER_GONE)


def _has_filled_in(holder: Holder, by: User) -> bool:
    rows = Application.objects.of_household(holder).select_related("holder")
    return any(has_filled_in(application, by) for application in rows)


FILLED_IN = N_("这户家庭由您代填过，刚接上账号，收款账号请另一位同志核实确认")
MADE_EACH_OTHER = N_("您和提出的同志，一位的任职是另一位办的，不能算两个人；请另一位同志确认")
ASKER_GONE = N_("提出的同志已经不在岗，这次不能确认；请选“不更换”，本人仍要换的，重新提出")


@action
def confirm_from_old_phone(
    change: ChannelChange, *, by: User, seen: str | None = None
) -> ChannelChange:
    """是我要换的: from the old phone, by the code that just came to it; takes effect at once, unless it has lapsed."""
    change = _locked(change)
    require_seen(seen, channel_change_shown(change))
    if change.kind != Kind.SIGN_IN or change.holder.user_id != by.pk:
        raise NotAllowed(message=N_("这次更换要由工会的第二位同志确认，您可以随时叫停"))
    return _carry_out(change, by=by, confirmed_by=by, confirmed_at=timezone.now())


@action
def stop(change: ChannelChange, *, by: User) -> None:
    """不是我要换的: by the household itself; ends it at once, and the keepers look into it."""
    change = _locked(change)
    if not change.holder.belongs_to(by):
        raise NotAllowed(message=N_("只能叫停自己家庭的更换"))
    _end(change, State.STOPPED, by)
    if change.asked_by.is_staff:
        alerts.about_household(
            Alert.Kind.STOPPED, change.holder, about=change.asked_by, why=change.why, by=by
        )
    notices.stopped(change)


@action
def decline(change: ChannelChange, *, by: User, seen: str | None = None) -> None:
    """不更换: any colleague who may confirm, and whoever asked; also while it waits to take effect."""
    change = _locked(change)
    holder = change.holder
    require_no_conflict(by, Permission.CASE_CHANGE, holder, at=holder.union)
    require_seen(seen, channel_change_shown(change))
    _end(change, State.DECLINED, by)
    notices.not_done(change)


def _end(change: ChannelChange, state: str, by: User | None) -> None:
    change.transition_to(state, ended_by=by, ended_at=timezone.now())
    record(f"channel.{state}", change, by=by, union=change.holder.union, kind=change.kind)


def _locked(change: ChannelChange) -> ChannelChange:
    """The change as it stands now; its household first, as wherever a household changes."""
    locked(Holder.objects.filter(pk=change.holder_id)).get()
    rows = ChannelChange.objects.filter(pk=change.pk)
    related = ("holder__data_key", "holder__union", "holder__user__data_key")
    return locked(rows.select_related(*related, "asked_by", "confirmed_by")).get()


# Taking effect --------------------------------------------------------------------------


def carry_out_due() -> int:
    """到期生效: what was confirmed and not stopped meanwhile; returns how many. `mashang tick` calls it."""
    rows = ChannelChange.objects.unscoped(why="the clock").due(timezone.localdate())
    return each_by_itself(_carry_out_if_due, list(rows))


@action
def _carry_out_if_due(change: ChannelChange) -> bool:
    change = _locked(change)
    if not change.is_waiting or not change.effective_on:
        return False
    if change.effective_on > timezone.localdate():
        return False
    return _carry_out(change, by=None).state == State.DONE


def _carry_out(change: ChannelChange, *, by: User | None, **also: Any) -> ChannelChange:
    """Of a locked change: the new one holds from now on; what does not fit any more has lapsed."""
    if not _still_fits(change, by):
        return _lapse(change, by)
    before = change.state  # the row's own, whatever the attempt below sets
    try:
        with savepoint():
            change.transition_to(
                State.DONE, **also, ended_by=by or change.confirmed_by, ended_at=timezone.now()
            )
            EFFECTS[change.kind](change)
    except accounts.PhoneTaken:
        change.state = before
        return _lapse(change, by)
    record("channel.done", change, by=by, union=change.holder.union, kind=change.kind)
    notices.done(change)
    return change


def _lapse(change: ChannelChange, by: User | None) -> ChannelChange:
    _end(change, State.LAPSED, by)
    notices.not_done(change)
    return change


@action
def lapse_with(holder: Holder, *, by: User) -> None:
    """并入另一份以后: what was asked for a household that goes into another one is asked for anew there."""
    rows = ChannelChange.objects.filter(holder=holder).waiting()
    for change in locked(rows.select_related("holder__union", "holder__data_key", "asked_by")):
        _lapse(change, by)


def _still_fits(change: ChannelChange, by: User | None) -> bool:
    """Whether what is to be replaced is still what it was, and one of the two colleagues is still there."""
    holder = change.holder
    has_moved = holder.merged_into_id is not None or _known(holder, change.kind) != change.old_index
    if has_moved or (change.kind == Kind.CONTACT and not opens_household(holder)):
        return False
    vouches = [who for who in (change.asked_by, change.confirmed_by) if who and who.is_staff]
    is_vouched_for = any(_still_asks(who, change) for who in vouches)
    return change.by_household or by is not None or is_vouched_for


def _still_asks(colleague: User, change: ChannelChange) -> bool:
    """Whether they hold a post that may ask for it: who pays may, for the account of a granted sum."""
    pays = change.application_id is not None and holds(colleague, Permission.AID_CONFIRM)
    return pays or holds(colleague, Permission.CASE_CHANGE)
