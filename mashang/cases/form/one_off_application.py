"""临时救助申请: one-off aid. Something has just happened, so it asks only what the decision needs."""

from mashang.cases.form import lists
from mashang.cases.form.case_application import (
    ADDRESS,
    ADDRESS_REGION,
    BANK,
    CHECK,
    CONSENTS,
    ID_NUMBER,
    NAME,
    PAPERS,
    PHONE,
    SIGN,
    WHERE,
)
from mashang.cases.form.fields import Field, Kind, Level, Step, money, one

ABOUT = Step(
    "about",
    "您本人",
    "先认识一下您。",
    (
        NAME,
        ID_NUMBER,
        PHONE,
        ADDRESS_REGION,
        ADDRESS,
        Field("employer", "工作单位", hint="没有就不填", required=False, most=60),
        Field("persons", "家里几口人一起生活", Kind.COUNT, unit="人", most=30, hint="包括您自己"),
    ),
)
EVENT = Step(
    "event",
    "发生了什么",
    "",
    (
        one("main_cause", "是哪一种情况", lists.CAUSE, level=Level.P4),
        Field("sudden_on", "什么时候发生的", Kind.DAY),
        Field(
            "story",
            "用您自己的话说一说",
            Kind.LONG,
            hint="发生了什么、现在最急的是什么；这就是您的书面申请",
            level=Level.P4,
            most=500,
        ),
    ),
)
LOSS = Step(
    "loss",
    "钱的情况",
    "大概的数也可以，没有就填 0。",
    (
        money("sudden_cost", "一共花了、损失了多少"),
        money("sudden_repaid", "其中报销、赔偿、救助了多少"),
        money("income_total", "全家最近 12 个月的收入"),
        Field(
            "other_aid",
            "别的单位帮过什么",
            Kind.LONG,
            hint="没有就不填",
            required=False,
            most=200,
        ),
    ),
)

STEPS = (WHERE, ABOUT, EVENT, LOSS, BANK, PAPERS, CONSENTS, SIGN, CHECK)
