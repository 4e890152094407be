"""拒绝: what this room says no to, and why; registered for the constraints that stand behind."""

from django.utils.translation import gettext_noop as N_

from mashang.core.db.errors import register
from mashang.core.errors import DomainError, Invalid, NotAllowed, WrongState
from mashang.reviews.refusals import NoPart


class AlreadyOnFile(DomainError):
    code = "already_on_file"
    message = N_("这户家庭已有有效档案，请在原档案上办理变更，不要重复建档")


class MemberOnAnotherFile(DomainError):
    code = "member_on_another_file"
    message = N_(
        "有家庭成员已登记在另一份有效档案中，现在不能建档。"
        "请联系共同的上级工会核实：合并重复档案，或先从原档案移出该成员"
    )


class HasLiveApplication(DomainError):
    code = "has_live_application"
    message = N_("您家已有一份正在办理的申请，请到“我的事项”继续办理")


class NotFilled(Invalid):
    """`fields` maps the key of an unfinished step to what to do there."""

    code = "not_filled"
    message = N_("还有几处没有填好，请补好后再提交")


class AlreadyPaired(DomainError):
    code = "already_paired"
    message = N_("这位同志已是这户家庭的帮扶责任人，无需重复安排")


class SamePerson(DomainError):
    code = "needs_second_person"
    message = N_("这一步需要另一位同志办理，不能由同一人提出又确认")


class OwnFinding(NotAllowed):
    code = "own_finding"
    message = N_("这次核查或评议由您登记，不能再由您一个人作出不予通过的决定，请交给同事办理")


class TransferOpen(DomainError):
    code = "transfer_open"
    message = N_("这份档案已有一次转移在等待接收，请先等对方工会答复")


class MergeOpen(DomainError):
    code = "merge_open"
    message = N_("这份档案已有一次合并在等另一位同志确认，请先办结那一次")


class ChangeRequestOpen(DomainError):
    code = "change_request_open"
    message = N_("您上次申报的变动工会还在核实，核实后再申报新的变动")


class ChannelChangeOpen(DomainError):
    code = "channel_change_open"
    message = N_("这户家庭已有一次同样的更换在等确认或等生效，请先办结那一次")


class OwnAlert(NotAllowed):
    code = "own_alert"
    message = N_("这条提醒说的是您本人的操作，请由另一位档案管理员或监督来查")


class FileChanged(WrongState):
    code = "file_changed"
    message = N_("这份档案刚刚被别的同志改过，请刷新后核对再改")


class CaseClosed(DomainError):
    code = "case_closed"
    message = N_("这份档案已销档，不能再办理；如家庭再次遇到困难，请先办理返困恢复")


for constraint, refusal in {
    "household_has_one_live_application": HasLiveApplication,
    "person_is_on_one_live_file": MemberOnAnotherFile,
    "helper_is_paired_once": AlreadyPaired,
    "pairing_has_two_people": SamePerson,
    "case_has_one_open_transfer": TransferOpen,
    "household_has_one_open_merge": MergeOpen,
    "merge_has_two_people": SamePerson,
    "case_has_one_open_change_request": ChangeRequestOpen,
    "alert_is_settled_by_another": OwnAlert,
    "household_has_one_waiting_channel_change": ChannelChangeOpen,
    "channel_change_has_two_people": SamePerson,
    "case_version_is_unique": FileChanged,
    "household_mark_is_kept_once": FileChanged,
    "fact_is_kept_once": FileChanged,
    "filler_is_noted_once": NoPart,
}.items():
    register(constraint, refusal)
