"""换号换卡生效: what a new number or account changes once it holds; `channels` says when."""

from collections.abc import Callable

from django.utils.translation import gettext_noop as N_

from mashang.accounts.actions import devices
from mashang.accounts.actions import phones as accounts
from mashang.cases.actions import household_marks
from mashang.cases.actions.files import current_answers, write_version
from mashang.cases.models import Case, ChannelChange, Holder
from mashang.core.audit.trail import record
from mashang.core.privacy.keys import blind_index

Kind = ChannelChange.Kind


def enter_phone(holder: Holder, phone: str) -> None:
    """The number under which the union reaches the household, and how it is found again."""
    holder.phone, holder.phone_index = phone, blind_index("phone", phone)
    holder.phone_tail = phone[-4:]


def _replace_sign_in_phone(change: ChannelChange) -> None:
    """The union and the helper called the same number that is gone now: then they call the new one too."""
    user, holder = change.holder.user, change.holder
    if user is None:
        return
    accounts.replace(user, change.new_value.reveal(), by=change.confirmed_by)
    devices.end_all(user)
    record("holder.phone_replaced", holder, by=change.confirmed_by, union=holder.union)
    if holder.phone_index == change.old_index:
        _replace_contact_phone(change)


def _replace_contact_phone(change: ChannelChange) -> None:
    """In the file too, as its next version."""
    holder, phone = change.holder, change.new_value.reveal()
    enter_phone(holder, phone)
    holder.save(update_fields=["phone", "phone_index", "phone_tail"])
    case = Case.objects.filter(holder=holder, state=Case.State.ACTIVE).first()
    if case is not None:
        answers = current_answers(case) | {"phone": phone}
        write_version(case, answers, why=N_("更换联系手机号"), by=change.asked_by)


def _replace_account(change: ChannelChange) -> None:
    change.holder.payee_index = change.new_index
    change.holder.save(update_fields=["payee_index"])
    household_marks.note_payee(change.holder)


EFFECTS: dict[str, Callable[[ChannelChange], None]] = {
    Kind.SIGN_IN: _replace_sign_in_phone,
    Kind.CONTACT: _replace_contact_phone,
    Kind.ACCOUNT: _replace_account,
}
