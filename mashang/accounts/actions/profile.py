"""本人设置: how one wants to see the pages, and whom one must not decide on."""

from uuid import UUID

from django.utils.translation import gettext_noop as N_

from mashang.accounts.actions.kin_declarations import replace_own
from mashang.accounts.models import Relative, User
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.errors import refusing, register
from mashang.core.errors import Invalid, Missing, WrongState
from mashang.core.privacy.identity import parse_id_number
from mashang.core.privacy.keys import blind_index


class DeclaredAlready(Invalid):
    code = "relative_declared"
    message = N_("这位亲属已经声明过，无需重复登记")


OWN_STAYS = N_("本人的身份证号不能撤销；填错了的，用“本人”登记正确的号码，原来的号码仍留作比对")
register("relative_is_declared_once", DeclaredAlready)


@action
def set_elder(user: User, on: bool) -> None:
    """长辈版: kept with the account; the device keeps its own choice in a cookie."""
    user.is_elder = on
    user.save(update_fields=["is_elder"])


@action
def say_name(name: str, *, by: User) -> None:
    """填写姓名: of an account that has none yet; a name that the union entered is not changed here."""
    named = User.objects.filter(pk=by.pk, name="").update(name=name)
    if named:
        by.name = name
        record("account.named", by, by=by)


@action
def declare_relative(id_number: str, relation: str, *, by: User) -> Relative:
    """亲属声明: the number is kept as a blind index only; nobody can read it back.

    A new own number takes the place of the one before, which stays known. Raises Invalid for a number that is
    none, or where the own one stays; DeclaredAlready.
    """
    try:
        number = parse_id_number(id_number).number
    except Invalid as refusal:
        raise Invalid(fields={"id_number": refusal.message}) from None
    index = blind_index("id", number)
    with refusing():
        relative = Relative.objects.create(user=by, id_index=index, relation=relation)
    if relation == Relative.SELF:
        replace_own(index, by=by, field="id_number")
    record("relative.declared", relative, by=by)
    return relative


@action
def withdraw_relative(relative_id: UUID, *, by: User) -> None:
    """撤销声明: one's own only; the trail keeps that it stood. The own number is replaced, not taken away."""
    relative = Relative.objects.filter(pk=relative_id, user=by).first()
    if relative is None:
        raise Missing
    if relative.relation in Relative.OWN:
        raise WrongState(message=OWN_STAYS)
    record("relative.withdrawn", relative, by=by)
    relative.delete()
