"""钱款: wishes are for things, services and experiences, never for money. A price is no money wish."""

import re
from collections.abc import Iterator

from mashang.wishes.screening.numerals import in_digits
from mashang.wishes.screening.views import View

_MONEY = re.compile(
    "红包|hongbao|转账|转帐|zhuanzhang|转款|汇款|打款|打钱|打点钱|汇钱|转钱|转点钱|现金|现钱|现款|借钱|借点钱|借我钱|"
    "捐款|捐钱|捐点钱|给钱|给点钱|给我钱|送钱|[只想]要钱|讨钱|凑钱|筹款|众筹|水滴筹|轻松筹|购物卡|购物券|充值|京东卡|e卡|"
    "油卡|礼品卡|[充要送交缴给]话费|话费卡|红色小包|折算成钱|折成钱|换成钱|折现|礼金|善款|打赏|收款码|付款码|"
    "把钱(?=[打转给汇送])|钱打[给到进]|钱给我|扫码付|零钱转|毛爷爷|软妹币"
)
_PICTURES = re.compile("[🧧💰💵💴💶💷🤑]")
# 不用给钱, 不收现金和红包; but 要不给点钱, 能不能转账, 不如给钱, 特别想要现金. 到处借钱 is a story.
_REFUSED = re.compile(
    r"(?:(?<![能要可是行])不(?![如妨然])|没|(?<![特分个])别|勿|拒)[一-鿿]{0,2}(?:(?:现金|红包|转账|捐款|钱)[和或与也]?)*$"
    r"|(?:到处|四处|亲戚|朋友|已经|靠|曾经?|参加过?|以前|向[一-鿿]{1,3})[一-鿿]?$"
)

_AMOUNT = r"(?:\d[\d,.]*|几|多少)[多来几]?(?:百|千|万|w|k|亿)?(?:元|块|万|千|w(?![a-z])|k(?![a-z])|大洋|rmb)钱?"
_ASKS = "(?:求|借给?|捐给|给我|给俺|给点|给个|凑|筹|打我|打给我|转给?我|发给?我|汇给?我|接济)"
_AID = "(?:资助|赞助|捐助?|援助|支援|救助|补助|补贴)"
_BEGS = f"(?:求|请|望|想|盼|能|可以|恳)[一-鿿]{{0,6}}{_AID}[一-鿿]{{0,4}}"
_WANTS = "(?:想要|需要|想得到|希望有|想有|希望得到|急需)"
_PURPOSE = "(?:看病|治病|买药|交学费|还债|还账|做手术|手术|周转|救急|应急|救命|过年)"
_ENOUGH = "(?:资助|补助|救助|捐助|援助|交|还|生活费|医药费|学费|房租|就行|就好|就够|现|$)"
_SUM = re.compile(
    "|".join(
        (
            rf"{_ASKS}(?:我们?|俺|我家|点|个|一下|来|上)*{_AMOUNT}(?!以内|左右|以下|的|上下|一[个件床])",
            rf"{_BEGS}{_AMOUNT}(?!以内|左右|以下|的|上下)",
            rf"{_WANTS}(?:个|点)?{_AMOUNT}(?={_PURPOSE}|{_ENOUGH})",
            rf"给{_AMOUNT}(?:就行|就好|就够)",
            rf"(?:缺|差|要){_AMOUNT}(?={_PURPOSE})",
            r"(?:v|转|转给|打给|借|借给)我\d+(?!米|斤|本)|借我(?:点|些|几)",
            rf"借\d+(?:元|块)?(?:应急|用用|{_PURPOSE})",
            r"帮我?还(?:\d|.{0,4}[债贷款])|还债|替我还",
            "^[一-鿿]{2,8}的钱$",
        )
    )
)


def find(view: View) -> Iterator[tuple[int, int]]:
    """Spans in the original."""
    said = in_digits(view).squeezed
    for match in _MONEY.finditer(said.text):
        if not _REFUSED.search(said.text[: match.start()]):
            yield said.span(match.start(), match.end())
    for match in _SUM.finditer(said.text):
        yield said.span(match.start(), match.end())
    for match in _PICTURES.finditer(view.text):
        yield view.span(match.start(), match.end())
