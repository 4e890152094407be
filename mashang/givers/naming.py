"""昵称: what a giver may be called in public. Nothing that leads to them, nothing that sounds official."""

import re
import unicodedata

from mashang.core.errors import Invalid

SHORTEST, LONGEST = 2, 12
_ALLOWED = re.compile(r"[\u4e00-\u9fffA-Za-z·]+")
_LONG_LATIN = re.compile(r"[A-Za-z]{8,}")  # longer than first names are; a chat id would fit
_NUMERALS = re.compile(r"[〇零一二三四五六七八九十两壹贰叁肆伍陆柒捌玖幺洞拐]")
_MOST_NUMERALS = 3
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


def check_nickname(text: str) -> str:
    """The nickname as it will be shown. Raises Invalid with a sentence beside the field."""
    name = unicodedata.normalize("NFKC", text).strip().replace("・", "·").replace("•", "·")
    if not SHORTEST <= len(name) <= LONGEST or not _ALLOWED.fullmatch(name):
        raise _not_so(f"昵称请用 {SHORTEST}–{LONGEST} 个汉字或字母，不要用数字和符号")
    if _LONG_LATIN.search(name) or len(_NUMERALS.findall(name)) > _MOST_NUMERALS:
        raise _not_so("昵称里不要放号码或账号，请换一个普通的称呼")
    if any(word in name for word in _WORDS) or _holds_latin(name):
        raise _not_so("昵称里不要放联系方式，也不要用单位的名义，请换一个普通的称呼")
    return name


def _holds_latin(name: str) -> bool:
    """Whole Latin words only: “Helwx” is a name, “加wx” is not."""
    return any(word.lower() in _LATIN_WORDS for word in re.findall(r"[A-Za-z]+", name))


def _not_so(words: str) -> Invalid:
    return Invalid("bad_nickname", fields={"nickname": words})
