"""不予通过的原因: the codes that a refusal names, and the sentence that the worker reads.

X1–X9 are the exclusions of the union's rules (总工办发〔2016〕36号 and local rules under it).
"""

from django.db import models


class Reason(models.TextChoices):
    INCOME = "N1", "家庭人均收入高于标准"
    NOT_HERE = "N2", "应向其他工会申请"
    NO_PAPERS = "N3", "逾期没有补齐材料"
    VOTE = "N4", "民主评议未通过"
    OBJECTION = "N5", "公示异议成立"
    DIFFERS = "N6", "核查情况与申报不符"
    DUPLICATE = "N7", "家庭成员已在其他有效档案中"
    COSTLY_SCHOOL = "X1", "子女就读高收费学校或自费留学"
    DWELLINGS = "X2", "有两套及以上住房"
    VEHICLE = "X3", "有非必需的机动车"
    BUSINESS = "X4", "开办企业或雇人经营"
    NO_CHECK = "X5", "不配合调查核对，无法核实收入"
    FALSE_PAPERS = "X6", "隐瞒情况或提供虚假材料"
    REFUSES_WORK = "X7", "有劳动能力而无正当理由不就业"
    BREAKS_LAW = "X8", "涉及违法行为"
    NO_EMPLOYER = "X9", "不属于当地工会受理的人员范围"
    OTHER = "N9", "其他（在意见中说明）"
