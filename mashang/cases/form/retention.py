"""保存多久: what is kept for how long, and which rule says so. Destroying it is not built yet, so no page
promises that; what is over its term is kept on and shown to nobody without a look."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as N_


@dataclass(frozen=True)
class Term:
    what: str
    how_long: str
    rule: str


TERMS = (
    Term(
        N_("帮扶档案"),
        N_("帮扶结束后 10 年"),
        N_("《困难职工档案管理办法》（总工办发〔2016〕36号）"),
    ),
    Term(N_("没有通过的申请"), N_("3 年"), N_("《个人信息保护法》第五十六条，比照评估报告")),
    Term(N_("没有提交的草稿"), N_("30 天，到期删除"), N_("本平台的规则")),
    Term(
        N_("查看记录、授权记录"), N_("至少 3 年"), N_("《个人信息保护法》第五十六条，比照评估报告")
    ),
    Term(N_("收到的帮扶（台账）"), N_("按会计档案年限"), N_("《会计档案管理办法》")),
    Term(N_("心愿和认领记录"), N_("3 年"), N_("本平台的规则")),
)
