"""Money: whole fen everywhere, yuan only at the edge where people read and type."""

import re
import unicodedata

from django.utils.translation import gettext_noop as N_

from mashang.core.errors import Invalid

MOST_FEN = 100_000_000_00  # 一亿元: beyond every household and every union's yearly fund line
_AMOUNT = re.compile(r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<part>\d*))?")


def yuan(fen: int) -> str:
    """123450 → "1,234.50" (no unit; the sentence or the column head says 元)."""
    sign = "-" if fen < 0 else ""
    whole, part = divmod(abs(fen), 100)
    return f"{sign}{whole:,}.{part:02d}"


def parse_yuan(text: str) -> int:
    """What a person typed as yuan ("1,234.5", "１２３４．５", "¥500元") → fen.

    Raises Invalid with a sentence; nothing is rounded.
    """
    typed = re.sub(r"[\s¥￥元]", "", unicodedata.normalize("NFKC", text))
    if not typed:
        raise Invalid("amount_missing", N_("请填写金额，没有就填 0"))
    if typed.startswith(("-", "−", "–")):
        raise Invalid("amount_negative", N_("金额不能是负数，没有就填 0"))
    match = _AMOUNT.fullmatch(typed)
    if not match or not typed.isascii():
        raise Invalid("amount_unreadable", N_("金额请只填数字，例如 1234.50"))
    part = match["part"] or ""
    if len(part) > 2:
        raise Invalid("amount_too_fine", N_("金额最多填到分（小数点后两位）"))
    whole = match["whole"].replace(",", "").lstrip("0")
    fen = int(f"{whole[:20]}{part:0<2}")  # 20 digits are too many already
    if fen > MOST_FEN:
        raise Invalid("amount_too_large", N_("金额太大，请核对是否多填了数字（单位是元）"))
    return fen
