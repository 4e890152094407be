"""拒绝: what this room says no to; registered for the constraints that stand behind."""

from django.utils.translation import gettext_noop as N_

from mashang.core.db.errors import register
from mashang.core.errors import DomainError, NotAllowed, WrongState


class NoFlow(DomainError):
    code = "no_flow"
    message = N_(
        "当地工会还没有设置审核流程，暂时不能提交；您填写的内容已保存，请拨打工会热线 12351"
    )


class StepTaken(WrongState):
    code = "step_taken"
    message = N_("来晚一步，这个环节刚刚由同事办理了")


class SeatTaken(NotAllowed):
    code = "seat_taken"
    message = N_("您已办理过这件申请的另一个环节；每一级要由不同的人审核，请交给同事办理")


class FilledIn(NotAllowed):
    code = "filled_in"
    message = N_("这份申请由您代填过，不能再由您审核，请交给没有代填过的同事办理")


class NoPart(WrongState):
    code = "no_part"
    message = N_("没有记下您是怎样经手这件申请的，请刷新后再试")


class FlowStartsTwice(WrongState):
    code = "flow_starts_twice"
    message = N_("这一天已经登记过一次流程，请换一个生效日期")


register("flow_starts_once", FlowStartsTwice)
register("review_has_one_open_step", StepTaken)
register("nobody_decides_two_steps", SeatTaken)
register("seat_says_how_one_took_part", NoPart)
