"""详细住址: what leads to a door. A town or a county is no address; a house number is."""

import re
from collections.abc import Iterator

from mashang.wishes.screening.numerals import in_digits
from mashang.wishes.screening.views import View

_LANE = "(?<![公区村家城山镇县市班厂店那这屋院月年天心手眼夜])里"  # 和平里, not 公里 nor 村里
_ROAD = (
    f"(?:路|街|巷|大道|胡同|弄|{_LANE}|坊|村|屯|寨|庄|坡|苑|园|宿舍|大院|家属院|家属区|新村|小区)"
)
_ESTATE = (
    "(?:小区|花园|公寓|家园|新村|苑|华庭|豪庭|大厦|宿舍|家属院|家属区|大院|名城|府邸|佳苑|家苑)"
)
_LIVES = (
    "(?:住在|家在|家住|住址|地址|寄到|寄往|送到|送往|寄给|收货|住|位于|寄)(?:是|为|我家|了|着)?"
)
# 住在老旧小区, 家在马路边: of these there are many.
_COMMON = (
    "(?!.{0,4}(?:我们|这个|那个|一个|同一|老旧|本|老|小|的|马路|公路|铁路|半路|十字|工会|服务|学校|单位|原来|现在|边远|偏远|"
    "山|农|城|贫困|租|高原|自己|同|别|县|市|镇)"
    "(?:小区|花园|公寓|家园|新村|苑|路|街|巷|村|屯|社区|大道|宿舍|大院|大厦))"
)
_SIDE = "(?:进门|门口|往里|往前)?(?:左手|右手|左边|右边|东|西|南|北)?(?:边|侧)?"

# Read without blanks and dashes; commas and lines part phrases.
_SAID = re.compile(
    "|".join(
        (
            # houses, stairs, flats
            r"\d{1,4}(?:栋|幢|号楼)(?:[a-z0-9]{1,2}单元)?[a-z]?\d{0,4}[室房户号]?(?<!1栋)(?<!1幢)(?!楼|的)",
            r"1(?:栋|幢)(?:\d+单元)?\d{3,4}[室房户号]?|\d{1,4}[栋幢座]\d{1,2}单元|第1[栋幢]",
            r"\d{1,4}座\d{3,4}|[a-z]座\d{2,4}|[a-z]栋",
            r"\d{1,2}单元\d{2,4}(?:室|房|户|号)?",
            r"(?<![\d.])\d{3,4}(?:室|号房)(?![内间厅友])",
            # roads and their numbers
            rf"{_ROAD}第?[甲乙丙丁附]?\d{{1,5}}(?:号|弄|巷|栋|幢|组|队|社|排|之\d|条\d{{1,4}}号)(?![上线电前之以])",
            r"门牌号?(?:是)?[a-z]?\d+",
            r"[a-z]+(?:lu|jie|xiang|cun|road|street)\d{1,4}(?:hao|号)|no\d{1,4}[a-z]{2,}(?:road|street|rd)",
            r"[一-鿿]路(?:与|和)[一-鿿]{1,6}路(?:口|交)",
            rf"{_LIVES}{_COMMON}[一-鿿]{{1,6}}(?:路|街|大道|巷)(?:与|和|跟|交|口|\d)",
            # villages and their groups
            r"[村屯寨庄坪坝冲湾岭坡](?:委会)?转?第?\d{1,3}(?:村民)?(?:小?组|社|队|屯)",
            r"(?:村民小组|生产队)第?\d|第?\d{1,3}(?:村民小组|生产队)",
            # estates by name
            rf"{_LIVES}{_COMMON}[一-鿿]{{2,12}}(?:小区|花园|公寓|家园|新村|家属院|大厦)(?!里|外|附近|边)",
            rf"[一-鿿]{{2,4}}{_ESTATE}(?:小区)?{_SIDE}第?\d{{1,3}}(?:栋|幢|号|座|排|层|楼)",
            # the way to the door
            r"(?:路口|村口|桥头|坡上|上坡|巷子?里|街口|进村|进门)(?:往[里东西南北左右上下]|第|\d|左|右)"
            r"[^,]{0,6}?(?:\d+(?:米|家|栋|户|间|排)|[家户栋间])",
            r"(?:进村|进巷|进门|村口|路口),?(?:左手|右手|往里)?第?\d(?:家|户|栋|间)",
            r"邮(?:编|政编码)(?:是|为|号)?\d{6}",
            # flats told by floor and side, stalls, shops
            r"\d{1,2}[楼层],?(?:的|最)?(?:[左右东西南北里](?:边|手|侧|户|头)|中间|楼梯|电梯|拐角|靠)[^,]{0,5}?(?:户|间|家|套|手|边|户|$)",
            r"[左右东西南北中](?:边|手|间)?户,?\d{1,2}[楼层]|第?\d{1,2}个?(?:楼道|楼门|门洞)|\d{1,2}门\d{1,4}(?:楼|室|号)?(?!课|功)",
            r"\d{1,2}号楼?门?(?:板房|宿舍|院)(?:\d{1,2}[楼层]|\d{1,2}门|[^,]{0,3}间)|[a-z]\d{1,3}栋",
            r"(?:商铺|铺面|档口|摊位|门面)[a-z]?\d{1,4}号?|第\d{1,3}个?(?:摊|铺|档)|[a-z]?\d{1,4}号(?:摊|铺|档)|[a-z]\d{1,3}(?:摊|铺|档)",
            # in Latin letters
            r"xiaoqu|danyuan|\d{1,3}dong\d|\d{1,3}haolou|\d{1,2}d\d{1,2}dy\d*|(?:room|building|apartment|apt|flat|block)(?:no)?\d{1,4}",
        )
    )
)
# Read with its dashes: 阳光花园12-3-402, B区6#-2-302.
_DASH = r"\s*[-－—–#/]+\s*"
_DOOR = re.compile(
    rf"[园苑区庭城府湾里村楼院寓厦舍]\s*\d{{1,3}}{_DASH}\d{{1,3}}{_DASH}\d{{2,4}}"
    rf"|[园苑庭府湾寓厦舍]\s*\d{{1,3}}{_DASH}\d{{3,4}}(?!\d)|\d{{1,3}}#{_DASH}\d{{1,2}}{_DASH}\d{{2,4}}"
    rf"|[路街巷弄道]\s*\d{{1,4}}(?:\s*#|{_DASH}\d{{1,3}}(?!\d|分|米|公里|里|天|人|元|个|年|月|块|岁|周|次|趟|站|小时|号线|名))"
    rf"|[路街巷弄]\s*\d{{1,4}}之\d{{1,3}}"
    rf"|(?<!\d)\d{{1,3}}{_DASH}\d{{1,2}}{_DASH}\d{{3,4}}(?=\W{{0,3}}[一-鿿]{{2,4}}(?:园|苑|小区))"
)


def find(view: View) -> Iterator[tuple[int, int]]:
    """Spans in the original."""
    digits = in_digits(view)
    yield from digits.phrases.places(_SAID)
    yield from digits.places(_DOOR)
