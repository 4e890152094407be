"""同意书: what is asked, said in full, one tick each. A new wording is a new version."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import Consent
from mashang.cases.form.conditions import is_child, members_of
from mashang.cases.form.fields import Answers

VERSION = "2026-11"
ADDRESS_VERSION = "2026-11-24"  # said in full since givers may see the address themselves


@dataclass(frozen=True)
class Asked:
    """One consent: its purpose, a title, what is done with what and for how long."""

    purpose: str
    title: str
    words: str
    is_needed: bool
    version: str = VERSION


_P = Consent.Purpose
_FILE = Asked(
    _P.FILE,
    N_("保存和使用您填的内容"),
    N_(
        "工会用这些内容审核您的申请、安排帮扶。只有负责办理的工会工作人员能看，每次查看都有记录，您也看得到。"
        "没有通过的申请保存 3 年，建了档的在帮扶结束后再保存 10 年。"
    ),
    True,
)
_CHECK = Asked(
    _P.CHECK,
    N_("核对收入和财产"),
    N_(
        "请民政部门的核对中心，按您家人的身份证号码，查对收入、存款、房产、车辆是不是和填的一样。只用于这次申请和以后每年的复核。"
    ),
    True,
)
_HEALTH = Asked(
    _P.HEALTH,
    N_("使用健康和残疾信息"),
    N_("用来判断看病花费能不能扣除、需要哪种帮助。公示时不会写病名。"),
    True,
)
_CHILDREN = Asked(
    _P.CHILDREN,
    N_("使用未成年家人的信息"),
    N_(
        "您作为监护人，同意工会使用孩子的姓名、身份证号码和上学情况，用来核对家庭人口和助学。不会公开孩子的任何信息。"
    ),
    True,
)
_BANK = Asked(
    _P.BANK,
    N_("使用银行卡信息"),
    N_("只用来把帮扶金打到您本人的卡上。"),
    True,
)
_HELPER = Asked(
    _P.HELPER,
    N_("让结对帮扶的同志看到六条基本信息"),
    N_(
        "建档以后会有一位同志固定联系您。同意的话，他扫您的码能看到家庭、原因、收入、住房等大致情况，看不到身份证号码、银行卡和病名。"
    ),
    False,
)
_WISH = Asked(
    _P.WISH,
    N_("在心愿墙展示隐去姓名的心愿"),
    N_("只写想要的东西、大致年龄和所在乡镇，不写姓名、单位、门牌，不放照片。"),
    False,
)
_ADDRESS = Asked(
    _P.ADDRESS,
    N_("让认领人看到收货地址，直接送到家"),
    N_(
        "只对这一个心愿：有人认领以后，他能看到您的姓名、电话和住址，好寄到家或者送上门。谁在什么时候看过都有记录，您看得到。"
        "送到了、放弃了、到期了，或者您撤回了，就不能再看。给孩子的心愿不能这样送。不同意的，由工会转交。"
    ),
    False,
    ADDRESS_VERSION,
)
_PHOTOS = Asked(
    _P.PHOTOS,
    N_("走访慰问时拍照并使用照片"),
    N_("照片只存档备查。要对外使用的，会把样子给您看过、再问一次。"),
    False,
)
_FILE_FORM = (_FILE, _CHECK, _HEALTH, _CHILDREN, _BANK, _HELPER)
_ONE_OFF_FORM = (_FILE, _CHECK, _HEALTH, _BANK)
LATER = (_P.HELPER, _P.WISH, _P.PHOTOS)  # may be given at any time, and harm no aid
ALL = (*_FILE_FORM, _WISH, _ADDRESS, _PHOTOS)
_FORMS = {"file": _FILE_FORM, "one_off": _ONE_OFF_FORM}


def asked_of(kind: str, answers: Answers) -> list[Asked]:
    """The ticks that this household is asked for."""
    return [
        asked
        for asked in _FORMS[kind]
        if asked is not _CHILDREN or any(is_child(member) for member in members_of(answers))
    ]


def lacking(kind: str, answers: Answers, given: set[str]) -> list[Asked]:
    """Those without which the union may not work on the application."""
    return [a for a in asked_of(kind, answers) if a.is_needed and a.purpose not in given]


_EFFECTS = {
    _P.FILE: N_(
        "正在办理的申请马上撤回；在档的，档案办结，结对结束，没有人认领的心愿撤下。"
        "已经批准的钱照发。以前的记录按规定的年限保存，不再用来办新的事。以后可以重新同意、再申请。"
    ),
    _P.CHECK: N_(
        "不能再核对家庭收入和财产，正在办理的建档审核停在那里，工会会和您联系。重新同意以后接着办。"
    ),
    _P.HEALTH: N_(
        "测算时不再扣除看病花费，可能影响审核结果；填过的健康和残疾信息、诊断证明和残疾证不再给工作人员看，致困原因里的病和残疾也不再显示。"
    ),
    _P.CHILDREN: N_(
        "孩子的姓名、证件号码和在校证明不再给工作人员看，户口簿照片上印着的除外；可能影响家庭人口的核对和助学。"
    ),
    _P.BANK: N_(
        "工作人员不再能看您的卡号和银行卡照片，钱不能打到这张卡上；工会会和您联系，商量别的领取方式。"
    ),
    _P.HELPER: N_("结对帮扶的同志扫码后不再能看到您家的情况。不影响帮扶待遇。"),
    _P.WISH: N_("您的心愿会从心愿墙上撤下。不影响帮扶待遇。"),
    _P.ADDRESS: N_(
        "认领人马上看不到您的姓名、电话和住址，东西改由工会转交；已经寄出的还会送到。不影响帮扶待遇。"
    ),
    _P.PHOTOS: N_("以后入户核查、确认心愿都不再拍照，也不再要照片。不影响帮扶待遇。"),
}


def asked_for(purpose: str) -> Asked:
    """What is said of one purpose."""
    return next(asked for asked in ALL if asked.purpose == purpose)


def effect_of(purpose: str) -> str:
    """撤回的后果, in a plain sentence: said before the button is pressed."""
    return _EFFECTS[_P(purpose)]
