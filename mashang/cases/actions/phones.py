"""换号: for a worker whose old phone is gone, at the desk, with the ID card on the table."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.accounts.actions import phones as accounts
from mashang.accounts.models import User
from mashang.cases.actions import channels
from mashang.cases.actions.recusal import require_no_conflict
from mashang.cases.models import ChannelChange, Holder
from mashang.core.db.action import action
from mashang.core.db.locks import locked
from mashang.core.errors import Invalid, Missing
from mashang.core.privacy.identity import parse_id_number, parse_phone
from mashang.core.privacy.keys import blind_index
from mashang.unions.roles import Permission

WRONG_CARD = N_("证件号码与这位建档人登记的不一致，请核对证件；不是本人的，不能办理")
SHORTEST_REASON = 4


@action
def ask_sign_in_phone(
    holder: Holder, id_number: str, new_phone: str, *, why: str, by: User
) -> ChannelChange:
    """申请更换登录手机号: the number is typed from the card that the worker shows.

    It is compared, never kept. Nothing changes until a second colleague, or the old phone, has confirmed it
    (`channels`). Raises Invalid per field, Missing when the worker never signed in, PhoneTaken, ChannelChangeOpen.
    """
    holder = locked(
        Holder.objects.filter(pk=holder.pk).select_related("union", "user__data_key", "data_key")
    ).get()
    require_no_conflict(by, Permission.CASE_CHANGE, holder, at=holder.union)
    if holder.user is None:
        raise Missing(message=N_("这位职工还没有用手机登录过，直接用新号码登录即可"))
    if not holder.id_index or blind_index("id", _parsed(id_number)) != holder.id_index:
        raise Invalid(fields={"id_number": WRONG_CARD})
    if len(why.strip()) < SHORTEST_REASON:
        words = _("请写明原号码怎么了，至少 %(n)d 个字") % {"n": SHORTEST_REASON}
        raise Invalid(fields={"why": words})
    new, old = parse_phone(new_phone), accounts.phone_of(holder.user)
    if new == old:
        raise Invalid(fields={"new_phone": N_("这就是现在的登录手机号，不用更换")})
    accounts.require_free(new, holder.user)
    return channels.ask(holder, ChannelChange.Kind.SIGN_IN, new, old=old, why=why.strip(), by=by)


def _parsed(id_number: str) -> str:
    try:
        return parse_id_number(id_number).number
    except Invalid as refusal:
        raise Invalid(fields={"id_number": refusal.message}) from None
