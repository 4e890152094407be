"""Digits however they are written or said: 1, 一, 壹, 幺, yi, one, 一百二十, and (loosely) l, O, 依."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mashang.screening.views import View


def _table(**digits: str) -> dict[str, str]:
    """`_1="一幺"` → {"一": "1", "幺": "1"}."""
    return {char: name[-1] for name, chars in digits.items() for char in chars}


HAN = _table(
    _0="〇零洞○◯⭕", _1="一幺么壹弌〡", _2="二两贰弍〢", _3="三叁弎〣", _4="四肆〤",
    _5="五伍〥", _6="六陆〦", _7="七柒拐〧", _8="八捌〨", _9="九玖勾〩",
)  # fmt: skip
# What only looks or sounds like a digit; believed in a run that has real ones too.
LIKE = _table(
    _0="oq圈蛋林灵铃领令另凌菱龄", _1="li|丨丶!依衣伊医壱邀妖腰要夭", _2="z儿尔而耳饿", _3="散伞山",
    _4="似丝斯思寺死市厮", _5="s吴舞武午物屋吾无务", _6="b溜刘柳留流", _7="t期起其气骑齐妻棋",
    _8="吧爸巴扒把霸粑", _9="g酒久救旧就韭",
)  # fmt: skip
SPOKEN = {
    "ling": "0", "dong": "0", "zero": "0", "oh": "0", "yao": "1", "yi": "1", "one": "1",
    "er": "2", "liang": "2", "two": "2", "san": "3", "three": "3", "si": "4", "four": "4",
    "wu": "5", "five": "5", "liu": "6", "six": "6", "qi": "7", "guai": "7", "seven": "7",
    "ba": "8", "eight": "8", "jiu": "9", "gou": "9", "nine": "9",
}  # fmt: skip
TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}

_DIGIT = f"[0-9{''.join(HAN)}]"
_NINE = "[一二两三四五六七八九壹贰叁肆伍陆柒捌玖]"
_UNIT = "[十百千拾佰仟]"
# Each unit once and in its order, so that 一百二十三十八 falls into 120 and 38.
_CARDINAL = (
    rf"(?={_NINE}{_UNIT}|[十拾])(?:{_NINE}[千仟]零?)?(?:{_NINE}[百佰]零?)?(?:{_NINE}?[十拾](?!{_UNIT}))?"
    rf"(?:{_NINE}(?!{_UNIT}))?"
)
_WORDS = "|".join(sorted(SPOKEN, key=len, reverse=True))
_SAID = rf"(?<![a-z])(?:{_WORDS})(?:[ ]?(?:{_WORDS}))*(?![a-z])"
# Numerals that count nothing, 前三位, 一下, and days, 2026-10-22.
_NOT_COUNTED = (
    rf"[前后中末头尾][面间边了尾里]?{_DIGIT}{{1,2}}(?:位数?|个|段)|(?<!\d)\d{{1,2}}月\d{{1,2}}[日号]?的(?=\d{{4}})|第{_DIGIT}{{1,2}}[位段节部截]"
    r"|(?<!然)[前后头尾中末][三四](?=[0-9]{3,4}(?!\d))"
    r"|一(?=[下个定起些样直般切共家边会])|(?<!\d)(?<!\d[ ./-])(?:19|20)\d\d(?P<mark>[./-])\d{1,2}(?P=mark)\d{1,2}(?!\d)"
)
_SCAN = re.compile(
    rf"(?P<skip>{_NOT_COUNTED})|(?P<cardinal>{_CARDINAL})|(?P<digits>{_DIGIT}+)|(?P<said>{_SAID})"
)


@dataclass(frozen=True)
class Group:
    """Digits that stand together: `text[start:end]` of the view they were read from."""

    digits: str
    start: int
    end: int


def groups(view: View) -> tuple[Group, ...]:
    """The numbers of a text from left to right."""
    return tuple(
        Group(_value(match), match.start(), match.end())
        for match in _SCAN.finditer(view.text)
        if match.lastgroup != "skip"
    )


def _value(match: re.Match[str]) -> str:
    if match.lastgroup == "cardinal":
        return str(_cardinal(match[0]))
    if match.lastgroup == "said":
        return "".join(SPOKEN[word] for word in re.findall(_WORDS, match[0]))
    return "".join(HAN.get(char, char) for char in match[0])


def _cardinal(words: str) -> int:
    """一百二十 → 120, and so 一百二; 一百零二 → 102."""
    total, digit, unit = 0, 0, 1
    for char in words:
        if char in TENS:
            total += (digit or 1) * TENS[char]
            digit, unit = 0, TENS[char] // 10
        else:
            digit = int(HAN[char])
            unit = unit if digit else 1
    return total + digit * unit


def loosely(view: View) -> Iterator[tuple[str, bool]]:
    """Each character as (digit, whether it is really one); x and 叉 as x, anything else as ("", False)."""
    for char in view.text:
        if char in HAN or char.isdigit():
            yield HAN.get(char, char), True
        elif char in "x叉":
            yield "x", False
        else:
            yield LIKE.get(char, ""), False


def in_digits(view: View) -> View:
    """The view with its numerals as digits: 三号楼二单元五零一 → 3号楼2单元501."""
    pieces, place = [], 0
    every = list(view.pieces())
    for group in groups(view):
        if view.text[group.start].isascii() and view.text[group.start].isalpha():
            continue  # latin words stay letters
        pieces += every[place : group.start]
        start, end = view.span(group.start, group.end)
        pieces += [(digit, start, end) for digit in group.digits]
        place = group.end
    return View.of([*pieces, *every[place:]])
