"""同意书: what is asked, said in full, one tick each. A new wording is a new version."""

from dataclasses import dataclass

from mashang.accounts.models import Consent
from mashang.cases.catalogue.conditions import age, members_of
from mashang.cases.catalogue.fields import Answers

VERSION = "2026-11"
ADULT = 18  # years


@dataclass(frozen=True)
class Asked:
    """One consent: its purpose, a title, what is done with what and for how long."""

    purpose: str
    title: str
    words: str
    is_needed: bool


_P = Consent.Purpose
_FILE = Asked(
    _P.FILE,
    "保存和使用您填的内容",
    "工会用这些内容审核您的申请、安排帮扶。只有负责办理的工会工作人员能看，每次查看都有记录，您也看得到。"
    "没有通过的申请保存 3 年，建了档的在帮扶结束后再保存 10 年，之后销毁。",
    True,
)
_CHECK = Asked(
    _P.CHECK,
    "核对收入和财产",
    "请民政部门的核对中心，按您家人的身份证号码，查对收入、存款、房产、车辆是不是和填的一样。只用于这次申请和以后每年的复核。",
    True,
)
_HEALTH = Asked(
    _P.HEALTH,
    "使用健康和残疾信息",
    "用来判断看病花费能不能扣除、需要哪种帮助。公示时不会写病名。",
    True,
)
_CHILDREN = Asked(
    _P.CHILDREN,
    "使用未成年家人的信息",
    "您作为监护人，同意工会使用孩子的姓名、身份证号码和上学情况，用来核对家庭人口和助学。不会公开孩子的任何信息。",
    True,
)
_BANK = Asked(
    _P.BANK,
    "使用银行卡信息",
    "只用来把帮扶金打到您本人的卡上。",
    True,
)
_HELPER = Asked(
    _P.HELPER,
    "让结对帮扶的同志看到六条基本信息",
    "建档以后会有一位同志固定联系您。同意的话，他扫您的码能看到家庭、原因、收入、住房等大致情况，看不到身份证号码、银行卡和病名。",
    False,
)
_FILE_FORM = (_FILE, _CHECK, _HEALTH, _CHILDREN, _BANK, _HELPER)
_ONE_OFF_FORM = (_FILE, _CHECK, _HEALTH, _BANK)
_FORMS = {"file": _FILE_FORM, "one_off": _ONE_OFF_FORM}


def asked_of(kind: str, answers: Answers) -> list[Asked]:
    """The ticks that this household is asked for."""
    return [
        asked
        for asked in _FORMS[kind]
        if asked is not _CHILDREN or any(age(member) < ADULT for member in members_of(answers))
    ]


def lacking(kind: str, answers: Answers, given: set[str]) -> list[Asked]:
    """Those without which the union may not work on the application."""
    return [a for a in asked_of(kind, answers) if a.is_needed and a.purpose not in given]
