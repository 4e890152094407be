"""告知: what those who act for an organisation are told, and whom a phone's invitation reaches."""

from mashang.core.privacy.keys import new_data_key
from mashang.givers.models import Organisation
from mashang.givers.queries import people_of
from mashang.notices import actions as notices
from mashang.notices.kinds import Kind, kind

APPROVED = kind(
    "organisation.approved",
    "爱心单位已核实",
    "您申请的爱心单位已由{union}核实，现在可以认领心愿了。",
)
REFUSED = kind(
    "organisation.refused",
    "爱心单位未通过核实",
    "您申请的爱心单位没有通过{union}核实，原因写在单位页面上，改好后可以再次申请。",
)
SUSPENDED = kind(
    "organisation.suspended",
    "爱心单位已暂停",
    "{union}已暂停您单位认领新的心愿，原因写在单位页面上。已认领的请照常送达。",
)
RESTORED = kind("organisation.restored", "爱心单位已恢复", "{union}已恢复您单位认领心愿。")
INVITED = kind(
    "organisation.invited",
    "邀请您做经办人",
    "有一家爱心单位邀请您做经办人，登录后打开“我的爱心”就能看到，不想参加可以谢绝。",
)


def told(organisation: Organisation, what: Kind) -> None:
    """Everybody who acts for the organisation."""
    url = f"/giving/organisations/{organisation.pk}/"
    for representative in people_of(organisation):
        notices.tell(representative.user, what, url=url, union=organisation.union.name)


def invited(phone: str) -> None:
    """The same for a phone with an account and for one without."""
    notices.text_phone(phone, INVITED, new_data_key())
