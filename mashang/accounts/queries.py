"""What a person may see of their own account."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.utils import timezone

from mashang.accounts.models import (
    ApiToken,
    Consent,
    KinDeclaration,
    OneTimeCode,
    Relative,
    SignIn,
    User,
)
from mashang.accounts.sessions import stored_key
from mashang.core.privacy.keys import mac


@dataclass(frozen=True)
class SignInRow:
    key: str
    device: str
    started_at: datetime | None
    seen_at: datetime | None
    is_this: bool


def sign_ins(user: User, session_key: str | None) -> list[SignInRow]:
    """The devices on which this person is signed in, the latest first; `session_key` is this one."""
    this = stored_key(session_key or "")
    live = SignIn.objects.filter(user=user, expire_date__gt=timezone.now()).order_by("-seen_at")
    return [
        SignInRow(row.session_key, row.device, row.started_at, row.seen_at, row.session_key == this)
        for row in live
    ]


def tokens_of(user: User) -> QuerySet[ApiToken]:
    """The apps that may act for this person now, the newest first."""
    return ApiToken.objects.live(timezone.now()).filter(user=user).order_by("-created_at")


def token_behind(text: str) -> ApiToken | None:
    """The token with this text, and its person, if it still works."""
    live = ApiToken.objects.live(timezone.now()).select_related("user")
    return live.filter(token_mac=token_mac(text)).first()


def token_mac(text: str) -> str:
    """What the database keeps of a token."""
    return mac("api token", text.encode()).hex()


def recovery_codes_left(user: User) -> int:
    return user.one_time_codes.filter(purpose=OneTimeCode.Purpose.RECOVER, used_at=None).count()


def relatives_of(user: User) -> QuerySet[Relative]:
    return Relative.objects.filter(user=user).order_by("-created_at")


def accounts_of(user: User) -> set[UUID]:
    """The keys of this person's accounts: the own one, and every other for which the same own number was
    ever declared (回避声明). One query.

    For acts that grant or confirm. One that restricts somebody asks for the account alone, or whoever declares a
    keeper's number as the own one would be safe from that keeper.
    """
    return accounts_of_all({user.pk})


def accounts_within(user: User) -> QuerySet[User]:
    """The same inside another query, which costs no statement of its own."""
    selves = Relative.objects.filter(relation__in=Relative.OWN)
    same = selves.filter(id_index__in=selves.filter(user=user).values("id_index"))
    return User.objects.filter(Q(pk=user.pk) | Q(pk__in=same.values("user")))


def accounts_of_all(accounts: set[UUID]) -> set[UUID]:
    """These accounts, and every other one of the people behind them. One query."""
    selves = Relative.objects.filter(relation__in=Relative.OWN)
    same = selves.filter(id_index__in=selves.filter(user__in=accounts).values("id_index"))
    return {*accounts, *same.values_list("user", flat=True)}


def persons_behind(accounts: Iterable[UUID]) -> dict[UUID, UUID]:
    """Account → one account that stands for the person behind it: the same for all of theirs. One query."""
    person = {pk: pk for pk in accounts}
    selves = Relative.objects.filter(relation__in=Relative.OWN, user__in=person)
    of_number: dict[str, UUID] = {}
    for pk, number in selves.order_by("created_at").values_list("user", "id_index"):
        first = person[of_number.setdefault(number, person[pk])]
        joined = person[pk]
        person |= {each: first for each, whose in person.items() if whose == joined}
    return person


def kin_declared_at(user: User) -> datetime | None:
    """When this colleague last said who their kin are; None for who was never asked. One query."""
    rows = KinDeclaration.objects.filter(user=user).order_by("-created_at")
    return rows.values_list("created_at", flat=True).first()


def live_consents(purpose: str) -> QuerySet[Consent]:
    """Consents to this purpose that stand today; filter by `subject_id`, or use it in Exists()."""
    return Consent.objects.filter(purpose=purpose, withdrawn_at=None)


def purposes_said(subject_id: UUID) -> set[str]:
    """To what this holder has ever agreed, taken back or not."""
    rows = Consent.objects.filter(subject_id=subject_id)
    return set(rows.values_list("purpose", flat=True))


def has_withdrawn(subject_id: UUID, purpose: str) -> bool:
    """Whether this holder agreed once and took it back: a no that was said, unlike one never asked for."""
    said = Consent.objects.filter(subject_id=subject_id, purpose=purpose)
    taken_back = list(said.values_list("withdrawn_at", flat=True))
    return bool(taken_back) and all(taken_back)


def is_withdrawn(subject: str, purpose: str) -> ExpressionWrapper:
    """The same inside another query; `subject` is its column that says whose consent it is."""
    said = Consent.objects.filter(subject_id=OuterRef(subject), purpose=purpose)
    stands = said.filter(withdrawn_at=None)
    return ExpressionWrapper(Q(Exists(said)) & ~Q(Exists(stands)), output_field=BooleanField())


def consents_of(subject_id: UUID) -> dict[str, Consent]:
    """What this holder agrees to now, by purpose."""
    rows = Consent.objects.filter(subject_id=subject_id, withdrawn_at=None)
    return {row.purpose: row for row in rows}
