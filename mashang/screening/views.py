"""Text → what an eye reads in it. Every character keeps the span of the original that it stands for.

Full-width, circled, raised and mathematical forms, look-alike letters of other scripts, traditional
characters and marks that cannot be seen are all undone here, once, for every detector.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from mashang.core.visible import TURNING

Piece = tuple[str, int, int]  # a character, and the start and end of what it stands for

_ENDS = set(",;!?，。；！？、\n")
_INVISIBLE = {"Cf", "Mn", "Me"}
_BLANK = set("\u115f\u1160\u3164\uffa0\u2800")  # letters by category, nothing to the eye
_LOOK_ALIKE = str.maketrans(
    "абвгекмнорстухіјѕԁһԛԝзчαβεηικνορτυχγωı０ɡɑօᴏӏƽƨɛ➕✚",
    "a6brekmhopctyxijsdhqw34abenikvoptuxywi0gaooi523++",
)
_TENS = {ord("廿"): "二十", ord("卅"): "三十", ord("卌"): "四十"}
_SIMPLE = _TENS | str.maketrans(
    "電話號碼聯繫銀賬帳戶轉現錢紅發藥煙樓棟單門區縣鎮網點鏈圍衛維億萬參叄貳陸兩後開給還債購買東鄉組寶費儲領償壓歲釦馬鐵張陳劉楊趙吳週孫",
    "电话号码联系银账账户转现钱红发药烟楼栋单门区县镇网点链围卫维亿万叁叁贰陆两后开给还债购买东乡组宝费储领偿压岁扣马铁张陈刘杨赵吴周孙",
)
# Letters in black circles and squares, flags' letters: no normal form of Unicode knows them.
_LETTER_BLOCKS = (0x1F150, 0x1F170, 0x1F1E6)
_TILES = (0x1F007, 0x1F010, 0x1F019)  # mah-jong: three suits of nine
_DICE = 0x2680


@dataclass(frozen=True)
class View:
    """A reading of a text; `starts` and `ends` lead from each of its characters to the original."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, pieces: Iterable[Piece]) -> "View":
        kept = list(pieces)
        return cls(
            "".join(char for char, _, _ in kept),
            tuple(start for _, start, _ in kept),
            tuple(end for _, _, end in kept),
        )

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the original; there it may run the other way."""
        return min(self.starts[start], self.starts[end - 1]), max(
            self.ends[start], self.ends[end - 1]
        )

    def places(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        """Where the original has what the pattern reads here."""
        for match in pattern.finditer(self.text):
            yield self.span(match.start(), match.end())

    def pieces(self) -> Iterator[Piece]:
        return zip(self.text, self.starts, self.ends, strict=True)

    @cached_property
    def squeezed(self) -> "View":
        """Letters and digits only; a plus sign says 加."""
        chars = (
            (("加" if char == "+" else char), start, end) for char, start, end in self.pieces()
        )
        return View.of(piece for piece in chars if piece[0].isalnum())

    @cached_property
    def phrases(self) -> "View":
        """As `squeezed`; a comma stands wherever a phrase or a line ends."""
        chars = (
            (("," if char in _ENDS else char), start, end) for char, start, end in self.pieces()
        )
        return View.of(piece for piece in chars if piece[0].isalnum() or piece[0] == ",")


_TO_BE_LEFT_OUT = re.compile(
    r"(?:去掉|不要|去除|删掉|忽略|除去|拿掉)(?:所有|中间|里面|字母|的)*([^\W\d_])|([^\W\d_])(?:不要|去掉|删掉|忽略)"
)


def as_told(view: View) -> View:
    """12x038x47（x不要）: without the letters that the text says to leave out."""
    matches = _TO_BE_LEFT_OUT.finditer(view.text)
    out = {match[1] or match[2] for match in matches}
    return View.of(piece for piece in view.pieces() if piece[0] not in out)


_TURNED = re.compile(f"[{TURNING}][^\u202c\u2069\n]*")
_WORD = re.compile(r"[^\W_]+|[\W_]+")


def turned(text: str) -> list[View]:
    """What a page would show where marks turn the words round: by characters, and by groups of them."""
    places = [match.span() for match in _TURNED.finditer(text)]
    if not places:
        return []
    view = plain(text)
    return [View.of(_reordered(view, places, by=by)) for by in (re.compile(r"(?s)."), _WORD)]


def _reordered(
    view: View, places: list[tuple[int, int]], *, by: re.Pattern[str]
) -> Iterator[Piece]:
    every, at = list(view.pieces()), 0
    for start, end in places:
        inside = [number for number, piece in enumerate(every) if start <= piece[1] < end]
        if not inside:
            continue
        first, last = inside[0], inside[-1] + 1
        yield from every[at:first]
        for match in reversed(list(by.finditer(view.text, first, last))):
            yield from every[match.start() : match.end()]
        at = last
    yield from every[at:]


def plain(text: str) -> View:
    """The text in simple, small, visible characters; what cannot be seen is gone."""
    return View.of(
        (char, place, place + 1)
        for place, original in enumerate(text)
        for char in _undisguised(original)
    )


def _undisguised(original: str) -> str:
    if original in _BLANK or unicodedata.category(original) in _INVISIBLE:
        return ""
    if (number := _number(original)) is not None:
        return number
    apart = unicodedata.normalize("NFKD", original).lower().translate(_LOOK_ALIKE)
    return "".join(_visible(char) for char in apart.translate(_SIMPLE))


def _visible(char: str) -> str:
    category = unicodedata.category(char)
    if category in _INVISIBLE:
        return ""
    if category == "Cc":
        return "\n" if char in "\r\n" else " "
    return char


def _number(original: str) -> str | None:
    """Any script's digit, circled or not, as ASCII; Han numerals are words and stay."""
    code = ord(original)
    if _DICE <= code < _DICE + 6:
        return str(code - _DICE + 1)
    if original == "🔟":
        return "10"
    for first in _TILES:
        if first <= code < first + 9:
            return str(code - first + 1)
    for first in _LETTER_BLOCKS:
        if first <= code < first + 26:
            return chr(ord("a") + code - first)
    return _by_property(original)


def _by_property(original: str) -> str | None:
    if unicodedata.category(original) == "Lo":
        return None
    value = unicodedata.numeric(original, None)
    return str(int(value)) if value is not None and value in range(100) else None
