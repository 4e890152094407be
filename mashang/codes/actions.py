"""发码、制卡、发卡、挂失、扫码: the life of the code, and every look at it."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.cases.models import Holder
from mashang.cases.queries.access import surviving
from mashang.codes import notices
from mashang.codes import token as tokens
from mashang.codes.models import Card, QrCode, Scan
from mashang.codes.queries import ScanResult, relation_to
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.compiled import CompiledInsert
from mashang.core.db.errors import refusing
from mashang.core.db.locks import locked
from mashang.core.errors import NotAllowed, WrongState
from mashang.core.numbers import fresh_number
from mashang.core.requests.limits import HOUR, Limit
from mashang.unions.roles import Permission, require

ALERT_AGAIN = timedelta(days=1)
ANONYMOUS_SCANS = Limit("scans", "scans of one card by strangers that are written down", 60, HOUR)
NEW_SCAN = CompiledInsert(Scan)
RECEIPTS = (N_("本人签字"), N_("家属代领签字"), N_("邮寄签收"))


@action
def issue_for(holder: Holder, *, by: User) -> QrCode:
    """发码: the holder's code, made on the first submission and the same ever after.

    Called again, it returns the code that lives.
    """
    holder = Holder.objects.select_for_update(of=("self",)).get(pk=holder.pk)
    live = QrCode.objects.filter(holder=holder, revoked_at=None).first()
    return live or _new_generation(holder, by=by)


def _new_generation(holder: Holder, *, by: User) -> QrCode:
    last = QrCode.objects.filter(holder=holder).order_by("-generation").first()
    generation = last.generation + 1 if last else 1
    key_id = tokens.current_key_id()
    lookup = tokens.lookup_hash(tokens.mint(holder.pk, generation, key_id))
    with refusing():
        code = QrCode.objects.create(
            holder=holder, generation=generation, key_id=key_id, lookup=lookup
        )
        Card.objects.create(
            code=code,
            union=holder.union,
            union_path=holder.union_path,
            serial=fresh_number(Card, "serial"),
        )
    record("code.issued", code, by=by, union=holder.union, generation=generation)
    return code


@action
def reissue(holder: Holder, *, by: User) -> QrCode:
    """挂失补发: every card of the household is dead at once, those of merged files too, since nobody can
    tell which one somebody has found; the next one waits to be printed.

    By the holder or by a colleague who manages cards. The file does not change.
    """
    goes_on = surviving(holder).pk
    holder = locked(Holder.objects.filter(pk=goes_on).select_related("union")).get()
    if not holder.belongs_to(by):
        require(by, Permission.CARD_MANAGE, at=holder.union)
    halves = Holder.objects.halves_of(holder)
    live = list(QrCode.objects.filter(holder__in=halves, revoked_at=None).select_related("card"))
    if not live:
        raise WrongState(message=N_("这位职工还没有服务码，不需要挂失"))
    for code in live:
        _revoke(code, holder, by=by)
    return _new_generation(holder, by=by)


def _revoke(code: QrCode, holder: Holder, *, by: User) -> None:
    code.revoked_at = timezone.now()
    code.save(update_fields=["revoked_at"])
    code.card.transition_to(Card.State.LOST)
    record("code.revoked", code, by=by, union=holder.union, generation=code.generation)


@action
def print_cards(cards: Iterable[UUID], *, by: User | None) -> list[Card]:
    """制卡: these cards were sent to the printer. Cards already printed are printed again.

    `by` is None for the operator at the command line, who holds no post.
    """
    rows = Card.objects.select_for_update(of=("self",)).filter(pk__in=list(cards))
    printed = list(rows.select_related("union", "code__holder__user__data_key").order_by("serial"))
    if by:
        for card in printed:
            require(by, Permission.CARD_MANAGE, at=card.union)
    waiting = [card.pk for card in printed if card.state == Card.State.TO_PRINT]
    Card.objects.filter(pk__in=waiting).update(
        state=Card.State.PRINTED, printed_at=timezone.now(), printed_by=by
    )
    for card in printed:
        if card.pk in waiting:
            record("card.printed", card, by=by, union=card.union)
            notices.card_ready(card)
    return printed


@action
def hand_over(card: Card, *, receipt: str, by: User) -> None:
    """发放: into whose hands, against what receipt."""
    card = locked(Card.objects.filter(pk=card.pk).select_related("union", "code")).get()
    require(by, Permission.CARD_MANAGE, at=card.union)
    if receipt not in RECEIPTS:
        raise NotAllowed(
            message=_("请选择签收方式：%(ways)s")
            % {"ways": _("、").join(_(way) for way in RECEIPTS)}
        )
    card.transition_to(
        Card.State.HANDED_OVER, handed_at=timezone.now(), handed_by=by, receipt=receipt
    )
    record("card.handed_over", card, by=by, union=card.union)


def scan(text: str, *, by: User | None) -> ScanResult:
    """扫码: who scanned, what they may see. Every scan of one of our codes leaves a row.

    A text that this installation never minted costs no query and leaves none: it belongs to nobody.
    Somebody who scans one card again and again goes on seeing the neutral page; from the
    sixty-first time in an hour on, no further rows are written.
    """
    token = tokens.read(text)
    if token is None or (by is None and _is_worn_out(token)):
        return ScanResult(Scan.Shown.NEUTRAL)
    return _look_at(token, by=by)


def _is_worn_out(token: str) -> bool:
    return not ANONYMOUS_SCANS.is_free(token)


@action
def _look_at(token: str, *, by: User | None) -> ScanResult:
    sight = relation_to(token, by)
    if sight.holder and sight.shown == Scan.Shown.REFUSED:
        record("code.scan_refused", sight.holder, by=by, union=sight.holder.union)
        if not _was_refused_lately(sight, by):  # a scan repeated must not bury the keeper in alerts
            notices.scan_refused(sight.holder)
    if sight.code:
        NEW_SCAN.insert_row(
            Scan(code=sight.code, viewer=by, shown=sight.shown, reason=sight.reason)
        )
    return sight


def _was_refused_lately(sight: ScanResult, by: User | None) -> bool:
    since = timezone.now() - ALERT_AGAIN
    refused = Scan.objects.filter(code=sight.code, viewer=by, shown=Scan.Shown.REFUSED)
    return refused.filter(created_at__gt=since).exists()
