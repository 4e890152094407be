"""登记、复核、冲正: two people stand behind every line; a wrong one is reversed, never edited."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.aid import notices
from mashang.aid.models import Aid, AidProposal, Fund, Project, more_of
from mashang.cases.actions import channels
from mashang.cases.actions.recusal import has_filled_in, require_no_conflict
from mashang.cases.form.checks import Typed, checked, unveiled
from mashang.cases.form.fields import Answers
from mashang.cases.form.one_off_application import OWN_ACCOUNT
from mashang.cases.models import Application, ChannelChange, Holder
from mashang.cases.queries.access import surviving
from mashang.cases.queries.accounts import (
    bank_account_of,
    change_that_holds_back,
    is_taken_back,
    payee_of,
)
from mashang.cases.queries.answers import NotAgreed
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.errors import refusing, register
from mashang.core.db.locks import locked
from mashang.core.errors import DomainError, Invalid, Missing, NotAllowed, WrongState
from mashang.core.seen import Parts, require_seen
from mashang.unions.roles import Permission, permissions_at, require
from mashang.unions.second_person import require_two


class NeedsSecondPerson(DomainError):
    code = "needs_second_person"
    message = N_("登记和复核不能是同一个人，请另一位同志来复核")


class AlreadyReversed(DomainError):
    code = "already_reversed"
    message = N_("这一笔已经冲正过，或正等财务复核冲正，不能再次登记")


register("aid_has_two_people", NeedsSecondPerson)
register("aid_is_reversed_once", AlreadyReversed)
register("reversal_is_proposed_once_at_a_time", AlreadyReversed)


@action
def propose(
    holder: Holder,
    *,
    project: str,
    fund: str,
    given_on: date,
    amount_fen: int = 0,
    goods: str = "",
    by: User,
) -> AidProposal:
    """登记帮扶: money in fen, or goods, or both; on the ledger only after a second person."""
    holder = locked(Holder.objects.filter(pk=holder.pk).select_related("union")).get()
    require_no_conflict(by, Permission.AID_PROPOSE, holder, at=holder.union)
    _check(amount_fen, goods, given_on)
    proposal = AidProposal.objects.create(
        holder=holder,
        union=holder.union,
        union_path=holder.union_path,
        project=Project(project),
        fund=Fund(fund),
        amount_fen=amount_fen,
        goods=goods,
        given_on=given_on,
        proposed_by=by,
    )
    record("aid.proposed", proposal, by=by, union=holder.union, fen=amount_fen)
    return proposal


def _check(amount_fen: int, goods: str, given_on: date) -> None:
    if amount_fen <= 0 and not goods:
        raise Invalid(fields={"amount_fen": N_("请填写金额，或者写明给了什么物品、服务")})
    if given_on > timezone.localdate():
        raise Invalid(fields={"given_on": N_("发放日期不能晚于今天；还没有发放的，请发放后再登记")})


@action
def propose_reversal(line: Aid, *, why: str, by: User) -> AidProposal:
    """登记冲正: the same line with the other sign, once a second person has confirmed it.

    By the union that keeps the household now; confirmed where the line was paid.
    """
    holder = surviving(line.holder)
    require_no_conflict(by, Permission.AID_PROPOSE, holder, at=holder.union)
    if line.reverses_id or line.reversals.exists():
        raise AlreadyReversed
    with refusing():
        proposal = AidProposal.objects.create(reverses=line, why=why, proposed_by=by, **_what(line))
    record("aid.reversal_proposed", proposal, by=by, union=line.union, fen=-line.amount_fen)
    return proposal


class GrantedStands(DomainError):
    code = "granted_stands"
    message = N_(
        "这笔救助是审批同意的，不能直接入账或退回，请在“登记发放”里办理；"
        "账户有误的，先请本人更正，在这之前这一笔一直留在这里"
    )


class FilledInForThem(NotAllowed):
    code = "filled_in"
    message = N_("这份申请由您代填过，不能再由您登记发放，请另一位财务同志办理")


class NothingToName(Invalid):
    """`fields` says it beside the number."""

    def __init__(self, *, waits: bool = False) -> None:
        words = N_("和现在登记的收款账号一样，不用再填；要换一张卡的，请填新的卡号")
        if waits:
            words = N_("这个账号已经交上去了，正在核实，不用再填；要换一张卡的，请填新的卡号")
        super().__init__(fields={"card_number": words})


class AccountTakenBack(NotAgreed):
    """To the household itself: `NotAgreed` speaks to a colleague."""

    code = "account_taken_back"
    message = N_("您撤回了使用银行卡信息的同意。请先在“我的授权”里重新同意，再填收款账号")


class AccountNotConfirmed(DomainError):
    code = "account_not_confirmed"
    message = N_(
        "这个收款账号是新填的或者改过，还没有另一位同志确认，现在不能打款；"
        "等着确认的，请经办人到“待确认换号换卡”里核实；没有通过的，请点“更正收款账号”，或请本人在手机上重填"
    )


@action
def pay_granted(
    proposal: AidProposal, *, fund: str, given_on: date, by: User, seen: str | None = None
) -> Aid:
    """登记发放: the granted sum was paid, from which fund and on which day; by somebody who did not
    grant it. From now on it stands on the ledger and the worker sees it. Raises AccountNotConfirmed,
    ChangedMeanwhile."""
    proposal, application, _holder = _granted(proposal)
    require_no_conflict(by, Permission.AID_CONFIRM, proposal.holder, at=proposal.union)
    require_seen(seen, payment_shown(proposal, application))
    if application.ended_at is None:
        raise Missing
    if has_filled_in(application, by):
        raise FilledInForThem
    if change_that_holds_back(application):
        raise AccountNotConfirmed
    _check_paid(fund, given_on, granted_on=timezone.localdate(application.ended_at))
    line = _enter(proposal, by=by, fund=fund, given_on=given_on)
    record("aid.paid_into", line, by=by, union=proposal.union, account=payee_of(application)[:16])
    notices.paid(application)
    return line


@action
def name_account(proposal: AidProposal, typed: Typed, *, by: User) -> ChannelChange:
    """收款账号: into which account of the applicant's own a granted sum is to go, while it is not paid yet.

    By the household, or by a treasurer, whom a second colleague confirms (`channels`). `typed` is the form's own
    page of the account; a card number left empty stays as it is. Raises Invalid per field, NotAgreed,
    NothingToName, ChannelChangeOpen.
    """
    proposal, application, holder = _granted(proposal)
    if not holder.belongs_to(by):
        require_no_conflict(by, Permission.AID_CONFIRM, holder, at=proposal.union)
        if has_filled_in(application, by):
            raise FilledInForThem
    if proposal.state != AidProposal.State.PROPOSED:
        raise WrongState(message=N_("这笔救助已经登记发放，不能再改收款账号"))
    if is_taken_back(application):
        raise AccountTakenBack if holder.belongs_to(by) else NotAgreed
    now, owner = bank_account_of(application), application.answers.reveal().get("name", "")
    bank = {"bank_owner": owner, **checked(OWN_ACCOUNT, unveiled(OWN_ACCOUNT, typed, now), now, {})}
    held_back = change_that_holds_back(application)
    if _stands_already(bank, now, held_back, by):
        raise NothingToName(waits=held_back is not None)
    return channels.name_account(application, holder, bank, by=by)


def _stands_already(bank: Answers, now: Answers, held_back: ChannelChange | None, by: User) -> bool:
    """Whether just this account may be paid to already, or waits for somebody else than who names it."""
    if held_back is None:
        return bank == now
    waits = held_back.bank.reveal() if held_back.is_waiting and held_back.bank else None
    return bank == waits and (held_back.by_household or held_back.asked_by_id == by.pk)


def payment_shown(proposal: AidProposal, application: Application) -> Parts:
    """What a treasurer has paid when the payment is entered."""
    held_back = change_that_holds_back(application)
    return {
        N_("这笔救助已经有人办理"): proposal.state,
        N_("收款账号变了"): payee_of(application),
        N_("收款账号的核实有了变化"): (held_back.pk, held_back.state) if held_back else None,
    }


def _granted(proposal: AidProposal) -> tuple[AidProposal, Application, Holder]:
    """What was granted, on which application, and whose it is now: locked, the household first."""
    related = ("union", "data_key")
    household = Holder.objects.filter(pk=surviving(proposal.holder).pk).select_related(*related)
    holder = locked(household).get()
    rows = AidProposal.objects.filter(pk=proposal.pk, application__isnull=False)
    granted = ("union", "holder__union", "application__holder__data_key", "proposed_by")
    row = locked(rows.select_related(*granted)).first()
    if row is None or row.application is None:
        raise Missing
    return row, row.application, holder


def _check_paid(fund: str, given_on: date, *, granted_on: date) -> None:
    if fund not in Fund.values:
        raise Invalid(fields={"fund": N_("请选择资金来源")})
    if given_on > timezone.localdate():
        raise Invalid(fields={"given_on": N_("发放日期不能晚于今天；还没有发放的，请发放后再登记")})
    if given_on < granted_on:
        raise Invalid(fields={"given_on": N_("发放日期早于审批同意的日期，请核对")})


@action
def confirm(proposal: AidProposal, *, by: User) -> Aid:
    """复核入账: the second person; from now on the line stands for good and the worker sees it."""
    require_no_conflict(by, Permission.AID_CONFIRM, proposal.holder, at=proposal.union)
    if proposal.application_id:
        raise GrantedStands
    return _enter(proposal, by=by)


def _enter(proposal: AidProposal, *, by: User, **also: Any) -> Aid:
    """The line itself, once; `also` is what is known only now."""
    require_two(proposal.proposed_by, by, NeedsSecondPerson)
    proposal.transition_to(AidProposal.State.CONFIRMED, **also)
    sign = -1 if proposal.reverses_id else 1
    with refusing():
        line = Aid.objects.create(
            proposal=proposal,
            reverses=proposal.reverses,
            first_by=proposal.proposed_by,
            second_by=by,
            **_what(proposal) | {"amount_fen": sign * proposal.amount_fen},
        )
    verb = "aid.reversed" if proposal.reverses_id else "aid.confirmed"
    record(verb, line, by=by, union=proposal.union, fen=line.amount_fen, **more_of(line))
    return line


@action
def reject(proposal: AidProposal, *, by: User) -> None:
    """退回登记: nothing enters the ledger."""
    require_no_conflict(by, Permission.AID_CONFIRM, proposal.holder, at=proposal.union)
    if proposal.application_id:
        raise GrantedStands
    proposal.transition_to(AidProposal.State.REJECTED)
    record("aid.rejected", proposal, by=by, union=proposal.union, state=proposal.state)
    notices.proposer_refused(proposal, by=by)


@action
def withdraw(proposal: AidProposal, *, by: User) -> None:
    """撤回登记: by whoever entered it, while nobody has confirmed it; nothing enters the ledger."""
    rows = AidProposal.objects.filter(pk=proposal.pk).select_related("union", "holder__union")
    proposal = locked(rows).get()
    home = surviving(proposal.holder).union
    if proposal.proposed_by_id != by.pk:
        raise NotAllowed(message=N_("这一笔不是您登记的，不能撤回；有误的，请财务退回"))
    if Permission.AID_PROPOSE not in permissions_at(by, proposal.union):
        require(
            by, Permission.AID_PROPOSE, at=home
        )  # a reversal is asked for where the file is now
    if proposal.application_id:
        raise GrantedStands
    proposal.transition_to(AidProposal.State.REJECTED)
    record("aid.withdrawn", proposal, by=by, union=proposal.union, state=proposal.state)


def _what(row: AidProposal | Aid) -> dict[str, object]:
    names = ("holder", "union", "union_path", "project", "fund", "amount_fen", "goods", "given_on")
    return {name: getattr(row, name) for name in names}
