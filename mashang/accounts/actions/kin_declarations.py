"""回避声明: a colleague says their own number and who their kin are, at the first sign-in and once a year."""

from collections.abc import Sequence

from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import KinDeclaration, Relative, User
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.locks import locked
from mashang.core.errors import Invalid
from mashang.core.privacy.identity import parse_id_number
from mashang.core.privacy.keys import blind_index

OWN_MISSING = N_("请填写您本人的身份证号，只用来比对")
KIN_MISSING = N_("请至少写一位近亲属；确实没有的，请选“我没有近亲属”")
KIN_BUT_NONE = N_("您写了近亲属，又选了“我没有近亲属”；请改其中一处")
OWN_IS_SHARED = N_(
    "另一个账号登记了同一个身份证号，本人的号码不能自己更换；确实填错了的，请系统管理员办理“重置登录”，恢复以后重新填写"
)
IS_ONESELF = N_("这是您本人的身份证号，请填这位亲属的")


@action
def declare(
    own_number: str, relatives: Sequence[tuple[str, str]], *, has_none: bool, by: User
) -> KinDeclaration:
    """声明完毕: every number is kept as a blind index only, and nobody can read it back.

    `relatives`: (relation, ID number), both empty in a row that was left out. What was declared before stands; an own
    number may be left out then. Raises Invalid: `own_number`, `id_number_1` … by the row, `answer`.
    """
    own = _read_own(own_number, by)
    named = _read_relatives(relatives, {own, *_own_indexes(by)})
    has_kin = bool(named) or by.relatives.exclude(relation__in=Relative.OWN).exists()
    if has_kin == has_none:
        raise Invalid(fields={"answer": KIN_BUT_NONE if has_none else KIN_MISSING})
    if own:
        replace_own(own, by=by, field="own_number")
        _keep(own, Relative.SELF, by)
    for index, relation in named.items():
        _keep(index, relation, by)
    declaration = KinDeclaration.objects.create(user=by, has_none=has_none)
    record("kin.declared", declaration, by=by, named=len(named), has_none=has_none)
    return declaration


def _read_own(typed: str, by: User) -> str:
    if typed.strip():
        return _read(typed, "own_number")
    if not by.relatives.filter(relation=Relative.SELF).exists():
        raise Invalid(fields={"own_number": OWN_MISSING})
    return ""


def _own_indexes(by: User) -> set[str]:
    """The former ones too: none of them becomes a relative's."""
    own = by.relatives.filter(relation__in=Relative.OWN)
    return set(own.values_list("id_index", flat=True))


def _read_relatives(rows: Sequence[tuple[str, str]], own: set[str]) -> dict[str, str]:
    """Blind index → relation, of the rows that were filled in."""
    named: dict[str, str] = {}
    for number, (relation, typed) in enumerate(rows, start=1):
        if not typed.strip():
            continue
        index = _read(typed, f"id_number_{number}")
        if index in own:
            raise Invalid(fields={f"id_number_{number}": IS_ONESELF})
        named[index] = relation
    return named


def _read(typed: str, field: str) -> str:
    try:
        return blind_index("id", parse_id_number(typed).number)
    except Invalid as refusal:
        raise Invalid(fields={field: refusal.message}) from None


@action
def replace_own(index: str, *, by: User, field: str) -> None:
    """Before the own number `index` is kept: one that stood before stays known as a former one.

    Where another account gave that one too, the two are one person, and nobody ends that alone: raises Invalid.
    """
    for other in by.relatives.filter(relation=Relative.SELF).exclude(id_index=index):
        if _is_shared(other):
            raise Invalid(fields={field: OWN_IS_SHARED})
        other.relation = Relative.FORMER
        other.save(update_fields=["relation"])
        record("relative.replaced", other, by=by)


def _is_shared(own: Relative) -> bool:
    others = Relative.objects.exclude(user=own.user_id)
    return others.filter(relation__in=Relative.OWN, id_index=own.id_index).exists()


@action
def forget_shared_own(user: User, *, by: User) -> None:
    """With a reset: an own number that another account gave too is asked for anew.

    Two others have to do with that, who resets and who confirms.
    """
    user = locked(User.objects.filter(pk=user.pk), no_key=True).get()
    own = user.relatives.filter(relation__in=Relative.OWN)
    shared = [each for each in own if _is_shared(each)]
    for each in shared:
        record("relative.forgotten", each, by=by)
        each.delete()
    if shared:
        user.kin_declarations.all().delete()


def _keep(index: str, relation: str, by: User) -> None:
    """Declared before under another relation, perhaps; pressed twice, certainly one day. What changed is recorded."""
    declared, is_new = Relative.objects.get_or_create(
        user=by, id_index=index, defaults={"relation": relation}
    )
    if not is_new and declared.relation == relation:
        return
    declared.relation = relation
    declared.save(update_fields=["relation"])
    record("relative.declared", declared, by=by)
