"""文字检查结果: what was found, and where."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as N_


@dataclass(frozen=True)
class Finding:
    """`text` is `original[start:end]`; the kinds stand in `KINDS`."""

    kind: str
    start: int
    end: int
    text: str


KINDS = {
    "phone": N_("电话号码"),
    "chat_id": N_("微信、QQ 等联系方式"),
    "card_number": N_("银行卡号"),
    "link": N_("网址或邮箱"),
    "address": N_("详细住址"),
    "id_number": N_("身份证号码"),
    "money": N_("钱款"),
    "likeness": N_("在留联系方式、住址或要钱"),
}
