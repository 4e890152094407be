"""换号: for a worker whose old phone is gone, at the desk, with the ID card on the table."""

from django.utils.translation import gettext_noop as N_

from mashang.accounts.actions import devices
from mashang.accounts.actions import phones as accounts
from mashang.accounts.models import User
from mashang.cases.actions.recusal import require_no_conflict
from mashang.cases.models import Holder
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.locks import locked
from mashang.core.errors import Invalid, Missing
from mashang.core.privacy.identity import parse_id_number
from mashang.core.privacy.keys import blind_index
from mashang.unions.roles import Permission

WRONG_CARD = N_("证件号码与这位建档人登记的不一致，请核对证件；不是本人的，不能办理")


@action
def replace_sign_in_phone(holder: Holder, id_number: str, new_phone: str, *, by: User) -> None:
    """更换登录手机号: the number is typed from the card that the worker shows.

    It is compared, never kept. The old phone is told, and every sign-in of the account ends.
    Raises Invalid per field, Missing when the worker never signed in, PhoneTaken.
    """
    holder = locked(Holder.objects.filter(pk=holder.pk).select_related("union", "user")).get()
    require_no_conflict(by, Permission.CASE_CHANGE, holder, at=holder.union)
    if holder.user is None:
        raise Missing(message=N_("这位职工还没有用手机登录过，直接用新号码登录即可"))
    if not holder.id_index or blind_index("id", _parsed(id_number)) != holder.id_index:
        raise Invalid(fields={"id_number": WRONG_CARD})
    accounts.replace(holder.user, new_phone, by=by)
    devices.end_all(holder.user)
    record("holder.phone_replaced", holder, by=by, union=holder.union)


def _parsed(id_number: str) -> str:
    try:
        return parse_id_number(id_number).number
    except Invalid as refusal:
        raise Invalid(fields={"id_number": refusal.message}) from None
