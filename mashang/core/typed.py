"""打进来的字: what keyboards, pastes and voices put into a field, in one spelling. The one place that cleans."""

import re
import unicodedata
from datetime import date

# Letters by their class, and yet nothing to see: fillers of Hangul and Khmer, the blank of Braille.
_BLANKS = "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
# Choose a variant of the character before: no printed paper of ours has them.
_SELECTORS = re.compile("[\u034f\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_KEPT_CONTROLS = "\n\t\x00"  # NUL is refused in words, further in
_ASCII_CONTROLS = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")
_HAN = "\u2e80-\u2fdf\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# The separation dot of names (GB/T 15835 has no code for it; U+00B7 since 2009 at the household registers),
# and what keyboards give instead.
_DOTS = re.compile("\\s*[·•‧・･⋅∙․᛫⸱●.．。｡](?=\\s*[^\\s])\\s*")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_DAY = re.compile(r"(\d{4})(?:\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})\D{0,2}|(\d{2})(\d{2}))")


def plain(text: str) -> str:
    """Composed, each line break once, without characters that nobody sees.

    Gone are joiners, variation selectors, marks that turn the direction of writing (a number could be
    hidden behind them), other formatting and control characters. A NUL stays, for whoever refuses it.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return _ASCII_CONTROLS.sub("", text)
    text = _SELECTORS.sub("", text).replace("\u2028", "\n").replace("\u2029", "\n")
    return unicodedata.normalize("NFC", "".join(char for char in text if not _is_unseen(char)))


def one_name(text: str) -> str:
    """A name in one spelling: 阿依古丽·买买提 with one dot however it was typed, 张三 without blanks."""
    name = " ".join(plain(text).translate(_FULL_WIDTH).split())
    name = _DOTS.sub("·", name) if re.search(f"[{_HAN}]", name) else name
    return re.sub(f"(?<=[{_HAN}]) (?=[{_HAN}])", "", name).strip("·.。")


def name_key(text: str) -> str:
    """What two spellings of a name have in common: no dots, no blanks, one width, one case."""
    return re.sub(r"[\s·.]", "", one_name(text)).casefold()


def squeezed(text: str) -> str:
    """A number without what people write between its digits: full-width to half-width; blanks, dashes,
    brackets and invisible characters out."""
    plain_text = unicodedata.normalize("NFKC", text)
    unwanted = ("Cf", "Cc", "Zs", "Zl", "Zp", "Pd", "Ps", "Pe")
    return "".join(char for char in plain_text if unicodedata.category(char) not in unwanted)


def read_day(text: str) -> date:
    """2026-12-25, 2026.12.25, 2026/12/25, 2026年12月25日, 20261225, in full width too. Raises ValueError."""
    match = _DAY.fullmatch("".join(unicodedata.normalize("NFKC", plain(text)).split()))
    if match is None:
        raise ValueError
    year, *rest = (part for part in match.groups() if part)
    return date(int(year), *map(int, rest))


def _is_unseen(char: str) -> bool:
    if char in _KEPT_CONTROLS:
        return False
    return unicodedata.category(char) in ("Cf", "Cc") or char in _BLANKS
