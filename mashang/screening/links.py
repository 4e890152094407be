"""网址、短链、口令 and e-mail, also spelled out: example点com, w w w, hxxp, at, dot."""

import re
from collections.abc import Iterator

from mashang.screening.views import View

_TOPS = (
    "com|cn|net|org|top|vip|xyz|cc|io|info|shop|site|club|wang|link|ink|live|asia|gov|edu|tk|me|tv|co|app|icu|fun|ltd|"
    "store|online|tech|work|mobi|biz|pro|wiki|hk|tw|ly|gg|gl|so|la|im|do|ai|sh|be|to|us|uk|jp|kr|ru|de|fr|eu|中国|公司|网络"
)
_FIRM_TOPS = "com|cn|net|org|top|vip|xyz|cc"
_NAME = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOT = r"\s?(?:\.|\(\.\)|\[\.\]|\{\.\}|【\.】|\(dot\)|\[dot\]|dot|点儿?|。|、|丶|·|•|\(点\)|\[点\]|【点】|小数点)\s?"
_AT = r"(?:@|艾特|爱特|圈a|小老鼠|#|\(at\)|\(艾特\)|\(爱特\)|\[at\]|\bat\b|在)"
_SOUNDS = "(?:[康抗卡看砍坎肯][姆母木目幕慕穆亩]|西恩|西嗯|耐特|奈特|托普)"  # com, cn, net, top
_LINK = re.compile(
    "|".join(
        (
            r"(?:h(?:tt|xx|\*\*)ps?|[a-z]{3,12}(?=://))(?::|冒号)?(?://|斜杠|\\\\)\S+",
            rf"(?:www|三w|3w|3个w){_DOT}{_NAME}(?:{_DOT}{_NAME})*",
            rf"(?<![a-z0-9]){_NAME}(?:\.{_NAME})*\.(?:{_TOPS})(?![a-z0-9])(?:[/?:][\w./?=&%-]*)?",
            rf"(?<![a-z0-9])[a-z0-9-]{{1,40}}{_DOT}(?:{_FIRM_TOPS})(?![a-z])(?:(?:/|斜杠|:)[\w/斜杠]*)?",
            rf"[a-z0-9][\w.-]{{2,30}}\s?{_AT}\s?[a-z0-9-]{{2,20}}{_DOT}(?:{_FIRM_TOPS})",
            r"(?:邮箱|邮件|伊妹儿|e-?mail)[^,，。\n]{0,8}[a-z0-9]{5,}|(?:163|126|qq)邮箱",
            rf"{_NAME}(?:点|dot){_NAME}(?:点|dot)(?:{_TOPS})(?![a-z])",
            r"[a-z0-9]{3,}(?:\.(?:c0m|corn)|[,，]\s?(?:com|cn|net))(?![a-z0-9])",
            r"www\s?[a-z0-9-]{3,40}\s?(?:com|cn|net|org|top)(?![a-z])|(?:[达打大]不[溜留刘六]){2,}",
            r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?::|端口)\d{2,5}(?!\d)",
            rf"[a-z0-9]{{2,}}点儿?{_SOUNDS}",
            r"[¥$€£₤][a-z0-9]{8,14}[¥$€£₤]",
            r"复制(?:这段|这条|本段|口令|整段|此条|后?打开|到浏览器|链接|该)|提取码|[百度云]网盘|【[^】]{1,16}的作品】",
            r"(?:浏览器|地址栏)[^,，。\n]{0,4}输入?[a-z0-9]{3}|(?:百度|谷歌|搜狗|360|必应|浏览器)(?:一下|上|里)?(?:搜|查|输入|打开)[“\"「《]|(?:官网|网址)[:：是]|[a-z0-9-]{2,40}\.[a-z]{2,8}/[\w?=&%#-]{2,}",
            r"(?:淘宝|拼多多|京东|抖店|快手|微店|天猫|1688|闲鱼|美团)[^,，。]{0,4}(?:小?店[一-鿿]{3}|店铺?(?:名|叫|搜|[:：])|搜店|搜索店|旗舰店|店名)",
            r"(?:[#*&%]|井号|星号)(?:换成|改成|换|改为|代表|是)@|@(?:换成|用|以)[#*&%]",
            r"小程序(?:://|[里上]?[搜找“「])|小程序码|微店|(?:店铺|网店)(?:名|搜|叫)|点开?链接|链接(?:在|私发|放|我放|发|见|点)|打开(?:淘宝|拼多多|京东|抖音)(?:搜|看|app|即|就|¥)|淘口令",
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
