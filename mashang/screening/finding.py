"""文字检查结果: what was found, and where."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """`text` is `original[start:end]`; the kinds stand in `KINDS`."""

    kind: str
    start: int
    end: int
    text: str


KINDS = {
    "phone": "电话号码",
    "chat_id": "微信、QQ 等联系方式",
    "card_number": "银行卡号",
    "link": "网址或邮箱",
    "address": "详细住址",
    "id_number": "身份证号码",
    "money": "钱款",
}
