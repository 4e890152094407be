"""昵称: what a giver may be called in public. Nothing that leads to them, nothing that sounds official."""

import re
import unicodedata

from mashang.givers.refusals import ContactInNickname, NumberInNickname, OddNickname

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
    """The nickname as it will be shown. Raises OddNickname, or what it must not carry."""
    name = unicodedata.normalize("NFKC", text).strip().replace("・", "·").replace("•", "·")
    if not SHORTEST <= len(name) <= LONGEST or not _ALLOWED.fullmatch(name):
        raise OddNickname
    if _LONG_LATIN.search(name) or len(_NUMERALS.findall(name)) > _MOST_NUMERALS:
        raise NumberInNickname
    if any(word in name for word in _WORDS) or _holds_latin(name):
        raise ContactInNickname
    return name


def _holds_latin(name: str) -> bool:
    """Whole Latin words only: “Helwx” is a name, “加wx” is not."""
    return any(word.lower() in _LATIN_WORDS for word in re.findall(r"[A-Za-z]+", name))
