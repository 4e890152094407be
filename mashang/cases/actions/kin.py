"""回避: nobody has to do with the application or the file of their own household or of a relative."""

from typing import TYPE_CHECKING

from mashang.accounts.models import Relative
from mashang.cases.models import Holder, Member
from mashang.core.errors import NotAllowed
from mashang.unions.roles import Permission, require

if TYPE_CHECKING:
    from mashang.accounts.models import User
    from mashang.unions.models import Union


class OwnCase(NotAllowed):
    code = "own_case"
    message = "建档人是您本人或您的亲属，按规定您要回避，请交给同事办理"


def require_apart(by: "User", permission: Permission, holder: Holder, *, at: "Union") -> None:
    """Raise unless `by` holds the permission at the union and is no kin of the household."""
    require(by, permission, at=at)
    refuse_kin(holder, by)


def refuse_kin(holder: Holder, by: "User") -> None:
    if is_kin(holder, by):
        raise OwnCase


def is_kin(holder: Holder, by: "User") -> bool:
    """By account and by blind index, over the whole household; names are never compared.

    A colleague is known by the own number and the kin's that they declared, and by the household
    that they applied for themselves.
    """
    if holder.user_id == by.pk:
        return True
    known = set(Relative.objects.filter(user=by).values_list("id_index", flat=True))
    own = Holder.objects.own(by).exclude(id_index="")
    known |= set(own.values_list("id_index", flat=True))
    household = Member.objects.of_holder(holder).values_list("id_index", flat=True)
    return not known.isdisjoint({holder.id_index, *household})
