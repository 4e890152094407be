"""原因: why an application was refused, and for what a hidden value is shown; sentences that the worker reads.

X1–X9 are the exclusions of the union's rules (总工办发〔2016〕36号 and local rules under it).
"""

from django.db import models
from django.utils.translation import gettext_noop as N_


class Reason(models.TextChoices):
    INCOME = "N1", N_("家庭人均收入高于标准")
    NOT_HERE = "N2", N_("应向其他工会申请")
    NO_PAPERS = "N3", N_("逾期没有补齐材料")
    VOTE = "N4", N_("民主评议未通过")
    OBJECTION = "N5", N_("公示异议成立")
    DIFFERS = "N6", N_("核查情况与申报不符")
    DUPLICATE = "N7", N_("家庭成员已在其他有效档案中")
    COSTLY_SCHOOL = "X1", N_("子女就读高收费学校或自费留学")
    DWELLINGS = "X2", N_("有两套及以上住房")
    VEHICLE = "X3", N_("有非必需的机动车")
    BUSINESS = "X4", N_("开办企业或雇人经营")
    NO_CHECK = "X5", N_("不配合调查核对，无法核实收入")
    FALSE_PAPERS = "X6", N_("隐瞒情况或提供虚假材料")
    REFUSES_WORK = "X7", N_("有劳动能力而无正当理由不就业")
    BREAKS_LAW = "X8", N_("涉及违法行为")
    NO_EMPLOYER = "X9", N_("不属于当地工会受理的人员范围")
    OTHER = "N9", N_("其他（在意见中说明）")


class Purpose(models.TextChoices):
    """查看用途: chosen by whoever looks, each time anew; the worker reads it beside the look."""

    IDENTITY = "identity", N_("核对身份")
    CALL = "call", N_("电话联系本人")
    VISIT = "visit", N_("入户核查、走访慰问")
    CHECK = "check", N_("核实申报情况")
    PAY = "pay", N_("核对账号、打款")
    CORRECT = "correct", N_("替本人更正")
    HAND_OVER = "hand_over", N_("送达物品或通知")
