"""临时救助申请: one-off aid. Something has just happened, so it asks only what the decision needs."""

from dataclasses import replace

from django.utils.translation import gettext_noop as N_

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
    N_("您本人"),
    N_("先认识一下您。"),
    (
        NAME,
        ID_NUMBER,
        PHONE,
        ADDRESS_REGION,
        ADDRESS,
        Field("employer", N_("工作单位"), hint=N_("没有就不填"), required=False, most=60),
        Field(
            "persons",
            N_("家里几口人一起生活"),
            Kind.COUNT,
            unit=N_("人"),
            most=30,
            hint=N_("包括您自己"),
        ),
    ),
)
EVENT = Step(
    "event",
    N_("发生了什么"),
    "",
    (
        one("main_cause", N_("是哪一种情况"), lists.CAUSE, level=Level.P4),
        Field("sudden_on", N_("什么时候发生的"), Kind.DAY),
        Field(
            "story",
            N_("用您自己的话说一说"),
            Kind.LONG,
            hint=N_("发生了什么、现在最急的是什么；这就是您的书面申请"),
            level=Level.P4,
            most=500,
        ),
    ),
)
LOSS = Step(
    "loss",
    N_("钱的情况"),
    N_("大概的数也可以，没有就填 0。"),
    (
        money("sudden_cost", N_("一共花了、损失了多少")),
        money("sudden_repaid", N_("其中报销、赔偿、救助了多少")),
        money("income_total", N_("全家最近 12 个月的收入")),
        Field(
            "other_aid",
            N_("别的单位帮过什么"),
            Kind.LONG,
            hint=N_("没有就不填"),
            required=False,
            most=200,
        ),
    ),
)

# The account once more, when the aid is decided: whose it is stands there already.
OWN_ACCOUNT = replace(BANK, fields=BANK.fields[1:], check=None)

STEPS = (WHERE, ABOUT, EVENT, LOSS, BANK, PAPERS, CONSENTS, SIGN, CHECK)
