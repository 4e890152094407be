"""昵称: what a giver may be called in public. Nothing that leads to them, nothing that sounds official."""

import re
import unicodedata

from mashang.givers.refusals import (
    BusinessInNickname,
    ContactInNickname,
    NumberInNickname,
    OddNickname,
)
from mashang.screening.shared_words import check_shared, seen

SHORTEST, LONGEST = 2, 12
_ALLOWED = re.compile(r"(?=.*[^0-9])[\u4e00-\u9fffA-Za-z0-9·]+")
_LONG_LATIN = re.compile(r"[A-Za-z]{8,}")  # longer than first names are; a chat id would fit
_NUMERALS = re.compile(r"[〇零一二三四五六七八九十两壹贰叁肆伍陆柒捌玖幺洞拐]")
_MOST_NUMERALS = 3
_DIGITS = re.compile(r"[0-9]")
_MOST_DIGITS = 2  # 2号车间老李
_SHORTEST_ACCOUNT = 6  # letters and digits; of WeChat
_WORDS = (
    "微信",
    "威信",
    "薇信",
    "扣扣",
    "电话",
    "手机",
    "加我",
    "联系",
    "工会",
    "官方",
    "客服",
    "政府",
)
_LATIN_WORDS = ("qq", "vx", "wx", "wechat", "tel")
# What the general check leaves alone in a long text says enough where it is the whole name.
_REACHES = re.compile(
    "[加佳嘉十微薇威Vv扣敲]我|绿信|二维码|[找搜]我|互[关粉]|(?:看|见|扫)(?:我的?)?(?:简介|头像|主页|签名)"
)
_OFFICES = re.compile(
    "[省市县区]总(?=$|[工办小老])|[省市县区纪党]委|民政|社保|公安|派出所|法院|检察|税务|街道办|办事处|"
    "[居村]委会|(?:帮扶|信访|救助|爱心|总工)办|残联|官微|红十字|慈善[总会]|基金会|管理员|工作人员|主席|[局处]长$|局$"
)
_BUSINESS = re.compile(
    "有偿|代办|办证|贷款|借钱|借款|缺钱|兼职|刷单|返利|代购|打赏|赚钱|优惠|推广|下单|收购|包你满意|月入|免费领"
)


def check_nickname(text: str) -> str:
    """The nickname as it will be shown. Raises Invalid that says what it must not carry."""
    name = unicodedata.normalize("NFKC", seen(text)).strip().replace("・", "·").replace("•", "·")
    if not SHORTEST <= len(name) <= LONGEST or not _ALLOWED.fullmatch(name):
        raise OddNickname
    if _holds_number(name):
        raise NumberInNickname
    if any(word in name for word in _WORDS) or _holds_latin(name):
        raise ContactInNickname
    if _REACHES.search(name) or _OFFICES.search(name):
        raise ContactInNickname
    if _BUSINESS.search(name):
        raise BusinessInNickname
    check_shared(nickname=name)
    return name


def check_real_name(text: str) -> str:
    """A name stands in public like a nickname, and carries no more than one; nor any digit."""
    name = check_nickname(text)
    if _DIGITS.search(name):
        raise NumberInNickname
    return name


def _holds_number(name: str) -> bool:
    digits = len(_DIGITS.findall(name))
    if digits > _MOST_DIGITS or digits + len(_NUMERALS.findall(name)) > _MOST_NUMERALS:
        return True
    is_account = digits and len(re.findall(r"[A-Za-z0-9]", name)) >= _SHORTEST_ACCOUNT
    return bool(is_account or _LONG_LATIN.search(name))


def _holds_latin(name: str) -> bool:
    """Whole Latin words only: “Helwx” is a name, “加wx” is not."""
    return any(word.lower() in _LATIN_WORDS for word in re.findall(r"[A-Za-z]+", name))
