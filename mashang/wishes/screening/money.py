"""钱款: wishes are for things, services and experiences, never for money. A price is no money wish."""

import re
from collections.abc import Iterator

from mashang.wishes.screening.numerals import in_digits
from mashang.wishes.screening.views import View

_NOT = r"(?<!不用)(?<!不要)(?<!不想)(?<!不求)(?<!没有)(?<!不是)(?<!从不)(?<!不必)(?<!不能)(?<!不敢)(?<!不需)(?<!用不着)(?<!不)(?<!别)"
_MONEY = (
    "红包|hongbao|转账|转帐|zhuanzhang|转款|汇款|打款|打钱|打点钱|汇钱|转钱|转点钱|现金|现钱|现款|借钱|借点钱|借我钱|"
    "捐款|捐钱|捐点钱|给钱|给点钱|给我钱|送钱|要钱|讨钱|凑钱|筹款|众筹|水滴筹|轻松筹|购物卡|充值卡|话费|红色小包|"
    "礼金|压岁钱给|资助款|善款|打赏|收款码|付款码|把钱|钱打|钱给我|扫码付|零钱转|毛爷爷|rmb|软妹币|人民币"
)
_AMOUNT = r"(?:\d[\d,.]*|几|多少)[多来几]?(?:百|千|万|w|k|亿)?(?:元|块|万|千|w(?![a-z])|k(?![a-z])|大洋|rmb)钱?"
_ASKS = "(?:求|资助|借|借给|捐|捐助|援助|支援|支持|赞助|补助|救助|给我|给俺|给点|给个?|凑|筹|打|转|发|汇|接济|贴补|垫)"
_WANTS = "(?:想要|需要|想得到|希望有|想有|希望得到|急需|缺|差|要)"
_FOR = "(?:看病|治病|交|还|做手术|手术|周转|救急|应急|救命|过年|生活费|医药费|学费|房租|就行|就好|就够|现|$)"
_SAID = re.compile(
    "|".join(
        (
            rf"{_NOT}(?:{_MONEY})(?!单|机|码头)",
            rf"{_ASKS}(?:我|俺|我们|我家|点|个|一下|来|上)*{_AMOUNT}(?!以内|左右|以下|的|上下|一[个件床])",
            rf"{_WANTS}(?:个|点)?{_AMOUNT}(?:钱)?(?={_FOR})",
            r"v我\d+|借我\d+|借我(?:点|些|几)|帮我?还(?:\d|.{0,4}[债贷款])|还债|还一?下?贷款|替我还",
        )
    )
)
_PICTURES = re.compile("[🧧💰💵💴💶💷🤑]")


def find(view: View) -> Iterator[tuple[int, int]]:
    """Spans in the original."""
    said = in_digits(view).squeezed
    for reading, pattern in ((said, _SAID), (view, _PICTURES)):
        for match in pattern.finditer(reading.text):
            yield reading.span(match.start(), match.end())
