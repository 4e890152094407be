"""谁扫码看到什么: the relation between the person who scans and the holder of the code."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import Consent, User
from mashang.accounts.queries import live_consents
from mashang.cases.models import Holder, Pairing
from mashang.codes import token as tokens
from mashang.codes.models import Card, QrCode, Scan
from mashang.codes.refusals import CardRevoked, HelperNotAgreed, NotYourCode
from mashang.core.db.compiled import CompiledQuery, Param
from mashang.core.errors import DomainError
from mashang.unions.scope import posts_of

Shown = Scan.Shown


@dataclass(frozen=True)
class ScanResult:
    """What one scan shows: a kind of page, and for a refusal which one."""

    shown: Shown
    reason: str = ""
    code: QrCode | None = None
    holder: Holder | None = None
    refusal: type[DomainError] | None = None


def relation_to(token: str, viewer: User | None) -> ScanResult:
    """The sight that `viewer` (None: nobody is signed in) has of the code; one query.

    A merged household's code leads to the holder who survived.
    """
    if viewer is None:
        code = CODE.first(lookup=tokens.lookup_hash(token))
        return ScanResult(Shown.NEUTRAL, N_("未登录") if code else "", code)
    code = RELATED_CODE.first(lookup=tokens.lookup_hash(token), viewer=viewer.pk)
    if code is None:
        return ScanResult(Shown.NEUTRAL)
    holder = code.holder.merged_into or code.holder
    shown, reason, refusal = _shown(code, holder, viewer)
    if code.revoked_at and shown != Shown.NEUTRAL:
        shown, reason, refusal = Shown.REFUSED, N_("已挂失的卡"), CardRevoked
    return ScanResult(shown, reason, code, holder, refusal)


def _lookup() -> Any:
    return Param("lookup", QrCode._meta.get_field("lookup"))


def _related_code() -> Any:
    viewer: Any = Param("viewer", Pairing._meta.get_field("helper").target_field)
    survivor = OuterRef("survivor")
    own = Holder.objects.own(viewer).filter(pk=survivor)
    paired = Pairing.objects.own(viewer).live().filter(case__holder=survivor)
    agreed = live_consents(Consent.Purpose.HELPER).filter(subject_id=survivor)
    codes: Any = QrCode.objects.unscoped(
        why="whoever holds the card; what they see is decided next"
    ).filter(lookup=_lookup())
    codes = codes.select_related("holder__case", "holder__merged_into__case")
    return codes.annotate(
        survivor=Coalesce("holder__merged_into_id", "holder_id"),
        is_own=Exists(own),
        is_paired=Exists(paired),
        is_agreed=Exists(agreed),
    )


# Behind every scan, so they are compiled once: whoever holds the card may ask which code it is.
CODE: CompiledQuery[QrCode] = CompiledQuery(
    lambda: QrCode.objects.unscoped(
        why="whoever holds the card; what they see is decided next"
    ).filter(lookup=_lookup())
)
RELATED_CODE: CompiledQuery[Any] = CompiledQuery(_related_code)


def _shown(code: Any, holder: Holder, viewer: User) -> tuple[Shown, str, type[DomainError] | None]:
    if code.is_own:
        return Shown.OWN, "", None
    if code.is_paired:
        if code.is_agreed:
            return Shown.SIX_FACTS, "", None
        return Shown.REFUSED, N_("职工未同意帮扶人查看"), HelperNotAgreed
    if not viewer.is_staff:
        return Shown.NEUTRAL, N_("无关人员"), None
    if any(holder.union_path.startswith(post.union.path) for post in posts_of(viewer)):
        return Shown.CASE, "", None
    return Shown.REFUSED, N_("不在管辖范围"), NotYourCode


@dataclass(frozen=True)
class LiveCode:
    """The worker's own code as the phone shows it; without an address it can be shown no more, only replaced."""

    url: str
    serial: str
    card_state: str


def live_code_of(user: User) -> LiveCode | None:
    """The code of the signed-in worker's household, of the file that goes on if there are several;
    None before the first submission."""
    codes = QrCode.objects.own(user).select_related("card")
    code = codes.order_by(F("holder__merged_into").asc(nulls_first=True)).first()
    if code is None:
        return None
    return LiveCode(
        url_of(code) if code.has_key else "", code.card.serial, code.card.get_state_display()
    )


def waits_for_new_card(user: User) -> bool:
    """Whether the lost card is dead already and the next one not made: then there is none left to lose. One that can
    be made no more is not waited for."""
    live = list(QrCode.objects.own(user).filter(revoked_at=None).select_related("card"))
    return any(code.generation > 1 for code in live) and all(
        code.card.state == Card.State.TO_PRINT and code.has_key for code in live
    )


def url_of(code: QrCode) -> str:
    """The address in the printed symbol: made again each time, stored nowhere. Raises CodeKeyGone."""
    return tokens.url(tokens.mint(code.holder_id, code.generation, code.key_id))


LOOKED_AT = 50  # codes of each key


def are_minted_here() -> bool:
    """Whether the keys at hand make again the codes that were made here, each under its number; also while there
    are none. A number without a key is no witness (`live_codes_without_key`). One query for each key."""
    return all(_makes_again(key_id) for key_id in settings.MASHANG_QR_KEYS)


def live_codes_without_key() -> int:
    """How many live codes were made by a key that is not in the settings: their cards scan and print no more."""
    live = QrCode.objects.unscoped(why="only counted").filter(revoked_at=None)
    return live.exclude(key_id__in=settings.MASHANG_QR_KEYS).count()


def _makes_again(key_id: int) -> bool:
    rows = QrCode.objects.unscoped(why="only look-up hashes are compared").filter(key_id=key_id)
    tried = [
        tokens.lookup_hash(tokens.mint(row.holder_id, row.generation, key_id)) == row.lookup
        for row in rows[:LOOKED_AT]
    ]
    return any(tried) or not tried
