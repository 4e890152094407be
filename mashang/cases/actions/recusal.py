"""回避: nobody has to do with the application or the file of their own household or of a relative, and
nobody ends alone what they found out alone."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import BooleanField, Case, Exists, Q, When
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import Relative
from mashang.accounts.queries import accounts_of
from mashang.cases.models import (
    Application,
    Evaluation,
    Filler,
    Holder,
    HomeCheck,
    HouseholdMark,
    Member,
)
from mashang.cases.safeguards import safeguards_at
from mashang.core.db.compiled import CompiledQuery, Param
from mashang.core.errors import NotAllowed
from mashang.reviews.models import FlowStep, Step
from mashang.reviews.turns import keeps_apart
from mashang.unions.roles import Permission, require

if TYPE_CHECKING:
    from mashang.accounts.models import User
    from mashang.unions.models import Union


class OwnCase(NotAllowed):
    code = "own_case"
    message = N_("建档人是您本人或您的亲属，按规定您要回避，请交给同事办理")


def require_no_conflict(by: "User", permission: Permission, holder: Holder, *, at: "Union") -> None:
    """Raise unless `by` holds the permission at the union and is no kin of the household."""
    require(by, permission, at=at)
    refuse_kin(holder, by)


def refuse_kin(holder: Holder, by: "User") -> None:
    if is_kin(holder, by):
        raise OwnCase


def is_kin(holder: Holder, by: "User") -> bool:
    """By account and by blind index, over the whole household; names are never compared.

    A colleague is known by the own number and the kin's that they declared, by the household that they
    applied for themselves, and by who lives there; a phone that both use tells too, and an account or a
    home which a household shares with theirs or with that of the kin whom they declared. What they declared on
    another account, for which they gave the same own number, counts as well.
    """
    keys = {"holder": holder.pk, "user": by.pk}
    found = HOUSEHOLD_OF_KIN.first(**keys)  # mostly none: for that one statement is enough
    return found is not None and (not found.is_by_home or _lives_with_kin(holder, keys))


def _lives_with_kin(holder: Holder, keys: dict[str, UUID]) -> bool:
    """At the same door; but of a dormitory, where more households live than the rule says, nobody is kin by it."""
    shared = HOME_OF_KIN.first(**keys)
    if shared is None:
        return False
    living = Holder.objects.unscoped(why=_ASKING).filter(
        marks__kind=HouseholdMark.Kind.HOME, marks__index=shared.index, merged_into=None
    )
    most = safeguards_at(holder.union, timezone.localdate()).households_at_one_address
    return living.count() <= most


def wrote_down(step: Step, by: "User") -> bool:
    """Whether the home check or the evaluation of this step is theirs: they do not refuse on it."""
    own = accounts_of(by)
    return any(
        rows.filter(step_id=step.pk, recorded_by__in=own).exists()
        for rows in (HomeCheck.objects.all(), Evaluation.objects.all())
    )


def has_filled_in(application: Application, by: "User") -> bool:
    """Whether they filled in for the worker (代办), at whatever time."""
    return Filler.objects.filter(application=application, user__in=accounts_of(by)).exists()


def _kept_apart(subject_id: UUID, people: Collection["User"]) -> set[UUID]:
    """Of these, the kin, and whoever wrote down a vote that did not pass: only somebody else may refuse on it."""
    rows = Application.objects.unscoped(why="asks who is kin, and answers with keys of colleagues")
    application = rows.select_related("holder").filter(pk=subject_id).first()
    if application is None:
        return set()
    kin = {user.pk for user in people if is_kin(application.holder, user)}
    return kin | _wrote_down_a_lost_vote(application)


def _wrote_down_a_lost_vote(application: Application) -> set[UUID]:
    steps = Step.objects.of_subject(application.pk).waiting()
    at_vote = steps.filter(work=FlowStep.Work.EVALUATION).values("pk")
    votes = Evaluation.objects.filter(application=application, step_id__in=at_vote)
    return {vote.recorded_by_id for vote in votes if not vote.passes}


keeps_apart(_kept_apart)


_ASKING = "asks about the person at the keyboard, and answers yes or no"


def _household_of_kin() -> Any:
    """The household, if somebody of it is known to be the user's own or their kin, or if it shares a phone;
    with `is_by_home` if nothing but the home is shared.

    The own household is the one that the user signs in for, and the one of the own number that they declared
    (their worker's account is another one); who lives there is kin without being declared.
    """
    holder: Any = Param("holder", Holder._meta.pk)
    user: Any = Param("user", get_user_model()._meta.pk)
    users = get_user_model().objects
    households, people = Holder.objects.unscoped(why=_ASKING), Member.objects.unscoped(why=_ASKING)
    themselves = Relative.objects.filter(user=user, relation=Relative.SELF).values("id_index")
    # Two questions that an index answers each; one with an “or” would read every household.
    own = (households.filter(user=user), households.filter(id_index__in=themselves))
    known = Q()
    for numbers in _declared(user):
        known |= Q(id_index__in=numbers)
    phones = Q()
    for column in ("phone_index", "work_phone_index"):
        of_account = users.filter(pk=user).exclude(**{column: None})
        phones |= Q(phone_index__in=of_account.values(column))
    for home in own:
        lives_there = people.filter(holder__in=home.values("pk"), left_on=None)
        known |= Q(id_index__in=home.exclude(id_index="").values("id_index"))
        known |= Q(id_index__in=lives_there.exclude(id_index="").values("id_index"))
        phones |= Q(phone_index__in=home.exclude(phone_index="").values("phone_index"))
    same_account = _shares(HouseholdMark.Kind.ACCOUNT, user).filter(holder=holder)
    theirs = Holder.objects.own(user)
    own_now = Q(pk__in=theirs.values("pk")) | Q(merged_into__in=theirs.values("pk"))
    member = people.filter(known, holder=holder)
    certain = known | phones | own_now | Exists(member) | Exists(same_account)
    by_home = Case(When(certain, then=False), default=True, output_field=BooleanField())
    return households.filter(certain | Exists(_home_of_kin()), pk=holder).annotate(
        is_by_home=by_home
    )


def _home_of_kin() -> Any:
    """The mark of the household's home, if somebody lives there whose home is the user's or their kin's."""
    holder: Any = Param("holder", Holder._meta.pk)
    user: Any = Param("user", get_user_model()._meta.pk)
    return _shares(HouseholdMark.Kind.HOME, user).filter(holder=holder)


def _shares(kind: str, user: Any) -> Any:
    """Marks of that kind which a household has in common with the user's own or with their declared kin's."""
    households, people = Holder.objects.unscoped(why=_ASKING), Member.objects.unscoped(why=_ASKING)
    homes: list[Any] = [households.filter(user=user).values("pk")]
    for numbers in _declared(user):
        homes.append(households.filter(id_index__in=numbers).values("pk"))
        homes.append(people.filter(id_index__in=numbers, left_on=None).values("holder"))
    marks = HouseholdMark.objects.unscoped(why=_ASKING).filter(kind=kind)
    known = Q()
    for home in homes:
        known |= Q(index__in=marks.filter(holder__in=home).values("index"))
    return marks.filter(known)


def _declared(user: Any) -> tuple[Any, Any]:
    """The numbers that the user declared, they themselves among them; and those of their other accounts.

    It keeps them off the acts on a file alone: whoever gives a keeper's number as the own one, and is told of for it,
    still cannot keep that keeper from looking, from alerts, or from the liar's own account.
    """
    own = Relative.objects.filter(relation__in=Relative.OWN)
    same = own.filter(id_index__in=own.filter(user=user).values("id_index")).values("user")
    by_user, by_others = Relative.objects.filter(user=user), Relative.objects.filter(user__in=same)
    return by_user.values("id_index"), by_others.values("id_index")


HOUSEHOLD_OF_KIN: CompiledQuery[Any] = CompiledQuery(_household_of_kin)
HOME_OF_KIN: CompiledQuery[Any] = CompiledQuery(_home_of_kin)
