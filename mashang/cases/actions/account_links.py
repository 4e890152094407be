"""认领: a worker for whom a colleague had applied comes with a phone, and finds the own household."""

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.cases import channel_notices
from mashang.cases.models import Holder
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.errors import Invalid
from mashang.core.privacy.identity import parse_id_number
from mashang.core.privacy.keys import blind_index
from mashang.core.requests.limits import DAY, Limit

TRIES = Limit("account-link", "tries of one person to find their file by ID number", 5, DAY)
NOT_FOUND = N_(
    "没有找到用这个手机号码和身份证号码办过的申请。请核对号码；"
    "当时留的是别的手机号，请带身份证到受理的工会更改"
)


def link(number: str, *, by: User) -> Holder:
    """找回: by the phone that the code has just proved, and the ID number that was told.

    Neither alone opens anything, and whatever does not match gets one and the same answer. Raises
    Invalid, and TooMany after five tries a day.
    """
    TRIES.count(by.pk)
    try:
        identity = parse_id_number(number)
    except Invalid as refusal:
        raise Invalid(fields={"number": refusal.message}) from None
    return _claim(identity.number, by)


@action
def _claim(number: str, by: User) -> Holder:
    taken = Holder.objects.filter(user=by).exists()
    holder = (
        Holder.objects.select_for_update(of=("self",))
        .select_related("union")
        .filter(user=None, merged_into=None, id_index=blind_index("id", number))
        .filter(phone_index=by.phone_index or "-")
        .first()
    )
    if taken or holder is None:
        raise Invalid(fields={"number": NOT_FOUND})
    holder.user, holder.linked_on = by, timezone.localdate()
    holder.save(update_fields=["user", "linked_on"])
    channel_notices.linked(holder, by)
    record("holder.claimed", holder, by=by, union=holder.union)
    return holder
