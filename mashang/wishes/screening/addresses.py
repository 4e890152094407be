"""详细住址: what leads to a door. A town or a county is no address; a house number is."""

import re
from collections.abc import Iterator

from mashang.wishes.screening.numerals import in_digits
from mashang.wishes.screening.views import View

_ROAD = "(?:路|街|巷|大道|胡同|弄|里|坊|道|村|屯|寨|组|社|庄|坡|苑|园|宿舍|大院|家属院|家属区|新村|小区)"
_HOME = "(?:小区|花园|公寓|家园|新村|苑|华庭|豪庭|大厦|宿舍|家属院|家属区|大院|名城|府邸)"
_LIVES = (
    "(?:住在|家在|家住|住址|地址|寄到|寄往|送到|送往|寄给|收货|住|位于|寄)(?:是|为|我家|了|着)?"
)
_COMMON = (
    "(?!(?:.{0,4}(?:我们|这个|那个|一个|同一|老旧|本|老|小|的|马路|公路|铁路|半路|十字|工会|服务|学校|单位|原来|现在|边远|偏远|"
    "山|农|城|贫困|租|高原|自己|同|别|县|市|镇)(?:小区|花园|公寓|家园|新村|苑|路|街|巷|村|屯|社区|大道|宿舍|大院|大厦)))"
)
_ADDRESS = re.compile(
    "|".join(
        (
            r"\d{1,4}(?:栋|幢|号楼|座)(?:[a-z0-9]{1,2}单元|\d{1,2}层|[a-z]?\d{1,4})?(?:\d{1,4})?[室房户号]?(?<!1栋)(?<!1座)(?<!1幢)",
            r"1(?:栋|幢|座)(?:\d+单元)?\d{3,4}[室房户号]?|1[栋幢座]\d+单元",
            r"\d{1,2}单元\d{2,4}(?:室|房|户|号)?",
            r"(?<![\d.])\d{3,4}(?:室|房|号房)(?![内间厅])",
            rf"{_ROAD}(?:第)?\d{{1,5}}(?:号|弄|巷|栋|幢|组|队|社|之\d)(?![上线电])",
            r"[村屯寨庄坪坝冲湾岭坡](?:委会)?(?:第)?\d{1,3}(?:村民)?(?:小?组|社|队|屯)",
            r"(?:村民小组|生产队)(?:第)?\d|第?\d{1,3}(?:村民小组|生产队)",
            r"门牌(?:号)?(?:是)?[a-z]?\d+",
            r"[a-z]座\d{2,4}|[a-z]栋",
            r"[a-z]+(?:lu|jie|xiang|cun|road|street)\d{1,4}(?:hao|号)|no\d{1,4}[a-z]{2,}(?:road|street|rd)",
            r"邮编(?:是|为|号)?\d{6}",
            rf"{_LIVES}{_COMMON}[一-鿿]{{2,12}}(?:小区|花园|公寓|家园|新村|家属院|大厦)(?!里|门口|外|附近|边)",
            rf"[一-鿿]{{2,4}}{_HOME}(?:小区)?(?:进门)?(?:左手|右手|东|西|南|北)?第?\d{{1,3}}(?:栋|幢|号|座|排|层|楼)",
            rf"{_LIVES}{_COMMON}[一-鿿]{{1,6}}(?:路|街|大道|巷)(?:与|和|跟|交|口|\d)",
            r"[一-鿿]路(?:与|和)[一-鿿]{1,6}路(?:口|交)",
            r"(?:路口|村口|桥头|坡上|上坡|巷子?里|街口|进村|进门)(?:往[里东西南北左右上下]|第|\d|左|右)[^，。]{0,6}?(?:\d+(?:米|家|栋|户|间|排)|[家户栋间])",
        )
    )
)
# Read with its hyphens: 阳光花园12-3-402.
_DOOR = re.compile(
    r"[园苑区庭城府湾里村楼院寓厦舍]\s*\d{1,3}\s*[-－—#/]\s*\d{1,3}(?:\s*[-－—#/]\s*\d{2,4})"
    r"|[园苑庭府湾寓厦舍]\s*\d{1,3}\s*[-－—#]\s*\d{3,4}(?!\d)"
)


def find(view: View) -> Iterator[tuple[int, int]]:
    """Spans in the original."""
    digits = in_digits(view)
    for reading, pattern in ((digits.squeezed, _ADDRESS), (digits, _DOOR)):
        for match in pattern.finditer(reading.text):
            if match[0]:
                yield reading.span(match.start(), match.end())
