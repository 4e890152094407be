"""住址: one spelling for one home, so that two households which live in it are found by comparing."""

import re
import unicodedata
from collections.abc import Iterable

_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_CHINESE_NUMBER = re.compile(
    r"[〇零一二两三四五六七八九十]{1,3}(?=号|栋|幢|座|单元|楼|层|室|房|组|队|弄)"
)
# What stands between the numbers of an address, however it is called: 3 栋 2 单元 501 室 is 3-2-501.
_BETWEEN = re.compile(r"(?:号楼|单元|[号栋幢座楼层室房弄#~—,，、.。\-])+")
_IS_EXACT = re.compile(r"\d[A-Z]?$")


def exact_address(text: str, *, region: str = "", places: Iterable[str] = ()) -> str:
    """The home in one spelling, or empty where the text names no door: a village or a street is shared by many.

    `region`: the code of the county; `places`: the names that stand before an address there, outermost first.
    """
    home = unicodedata.normalize("NFKC", text).upper()
    home = re.sub(r"(?<=\d)\s+(?=\d)", "-", home)
    home = re.sub(r"[\s()\[\]（）【】]", "", home)
    for place in places:
        home = home.removeprefix(place)
    home = _CHINESE_NUMBER.sub(lambda found: str(_number(found[0])), home)
    home = _BETWEEN.sub("-", home).strip("-")
    return f"{region}|{home}" if _IS_EXACT.search(home) else ""


def _number(word: str) -> int:
    """十二 → 12, 二十 → 20, 三〇一 → 301."""
    if "十" not in word:
        return int("".join(str(_DIGITS[char]) for char in word))
    tens, _, ones = word.partition("十")
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
