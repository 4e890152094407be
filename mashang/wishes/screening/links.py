"""网址、短链、口令 and e-mail, also spelled out: example点com, w w w, hxxp, at, dot."""

import re
from collections.abc import Iterator

from mashang.wishes.screening.views import View

_TOPS = (
    "com|cn|net|org|top|vip|xyz|cc|io|info|shop|site|club|wang|link|ink|live|asia|gov|edu|tk|me|tv|co|app|icu|fun|ltd|"
    "store|online|tech|work|mobi|biz|pro|wiki|hk|tw|ly|gg|gl|so|la|im|do|ai|sh|be|to|us|uk|jp|kr|ru|de|fr|eu|中国|公司|网络"
)
_FIRM_TOPS = "com|cn|net|org|top|vip|xyz|cc"
_NAME = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOT = r"\s?(?:\.|\(\.\)|\[\.\]|\{\.\}|【\.】|\(dot\)|\[dot\]|dot|点儿?|。|、|丶|·|•|\(点\)|\[点\]|【点】|小数点)\s?"
_LINK = re.compile(
    "|".join(
        (
            r"(?:h(?:tt|xx|\*\*)ps?|[a-z]{3,12}(?=://))(?::|冒号)?(?://|斜杠|\\\\)\S+",
            rf"(?:www|三w|3w|3个w){_DOT}{_NAME}(?:{_DOT}{_NAME})*",
            rf"(?<![a-z0-9]){_NAME}(?:\.{_NAME})*\.(?:{_TOPS})(?![a-z0-9])(?:[/?:][\w./?=&%-]*)?",
            rf"(?<![a-z0-9])[a-z0-9-]{{1,40}}{_DOT}(?:{_FIRM_TOPS})(?![a-z])(?:(?:/|斜杠|:)[\w/斜杠]*)?",
            rf"[a-z0-9][\w.-]{{2,30}}\s?(?:@|艾特|圈a|\(at\)|\[at\]|\bat\b)\s?[a-z0-9-]{{2,20}}{_DOT}(?:{_FIRM_TOPS})",
            r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?::\d{2,5})(?!\d)",
            r"[a-z0-9]{2,}点(?:西恩|康姆|抗姆|卡姆)",
            r"[¥$€£₤][a-z0-9]{8,14}[¥$€£₤]",
            r"复制(?:这段|这条|本段|口令|整段)|打开(?:淘宝|拼多多|京东|抖音)(?:搜|看|app|即|就|¥)|淘口令",
        )
    )
)


def find(view: View) -> Iterator[tuple[int, int]]:
    """Spans in the original. White space is left out; a long word of letters keeps its edge."""
    reading = View.of(_without_blanks(view))
    for match in _LINK.finditer(reading.text):
        yield reading.span(match.start(), match.end())


def _without_blanks(view: View) -> Iterator[tuple[str, int, int]]:
    """A blank goes, except between two words of several letters, which would grow together, and
    behind an English sentence: How are you. So…"""
    for place, piece in enumerate(view.pieces()):
        if not piece[0].isspace() or _parts_words(view.text, place):
            yield piece


def _parts_words(text: str, place: int) -> bool:
    before, after = text[max(0, place - 2) : place], text[place + 1 : place + 3]
    if re.fullmatch(r"\w[.,;!?]", before):
        return True
    return all(len(side) == 2 and side.isascii() and side.isalnum() for side in (before, after))
