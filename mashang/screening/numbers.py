"""Phones, ID numbers and bank cards among the runs of a text."""

import re
from collections.abc import Iterator
from itertools import permutations

from mashang.core.numbers import luhn_digit
from mashang.screening.numerals import loosely
from mashang.screening.runs import Gap, Run, runs
from mashang.screening.views import View

Hit = tuple[str, int, int]  # kind, start and end in the view

# 1[3-9]: the networks; 12: made-up people of the demo. 1[01] is given to nobody.
_MOBILE = re.compile(r"(?:(?:00)?86|0)?1[2-9]\d{9}")
_SERVICE = re.compile(r"[48]00\d{7}")
_AREA_CODE = re.compile(r"0(?:10|2\d|[3-9]\d\d)[2-9]\d{6,7}")
_LOCAL = re.compile(r"(?:0\d{2,3})?[2-9]\d{6,7}")
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_ID_18 = re.compile(rf"[1-9]\d{{5}}(?:19|20)\d\d{_DAY}\d{{3}}[\dx]")
_ID_15 = re.compile(rf"[1-9]\d{{7}}{_DAY}\d{{3}}")
_X = re.compile(r"[\W_]*(?:x|叉|×|乘号|埃克斯|艾克斯)")
_ID_TOLD = re.compile(  # 前六位990102，生日1985年3月15日，后四位7413
    r"(?<!\d)[1-9]\d{5}[^\d元块]{1,8}(?:19|20)\d\d[^\d元块]{0,2}(?:0?[1-9]|1[0-2])[^\d元块]{0,2}"
    r"(?:0?[1-9]|[12]\d|3[01])[^\d元块]{0,9}(?<!\d)\d{3}[\dx](?!\d|元|块|年)"
)
_CARD_TOLD = re.compile(  # 尾号6688，前头是990077120345
    r"尾号\D{0,3}\d{4}\D{1,8}(?<!\d)\d{12,15}(?!\d)"
)
_BANK = re.compile(r"(?:卡|账号|银行|户名|农行|建行|工行|中行|邮储|储蓄|开户)[^0-9]{0,8}$")
_BACKWARDS = re.compile(r"倒|反过来|反着|逆|从[后右尾](?:往|向|到)|后往前")
_MOVED = re.compile(
    r"接在|放在|加在|接到|拼在|挪到|前面|前头|打头|头.[个位]|开头|起头|中间|前.位|前半|前段"
)
_INSIDE = re.compile(
    r"(?:短号|小号|内线|分机|转)(?:号?[是为]?)[^\w\n]{0,2}\d(?:[^\w\n]?\d){2,5}(?![\d.]|码|的|元|块|号|年|月|个|人|米|斤)"
)
_BEADS = re.compile(r"(?<!\d)1\D{1,2}[2-9](?:\D{1,2}\d){9}(?!\d)")  # 1个2个0个3个…, 1a2b0c3d…
_COUNTED = "12345678910"  # 从一二三四五六七八九十
# How people part a number when they put words between; the second only where they speak of a phone.
_PHONE_PARTS = {(3, 4, 4), (3, 8), (7, 4), (1,) * 11}
_CALLED_PARTS = _PHONE_PARTS | {
    (4, 4, 3), (3, 3, 5), (5, 6), (6, 5), (3, 3, 3, 2), (2, 3, 3, 3), (3, 2, 2, 2, 2), (3, 2, 2, 4), (3, 4, 2, 2),
    (2, 2, 2, 2, 2, 1), (1, 2, 2, 2, 2, 2),
}  # fmt: skip
_PI = ("31415926", "14159265")
_RANK = {"id_number": 0, "card_number": 1, "phone": 2}


def find(view: View) -> Iterator[Hit]:
    """The strictly read numbers first; where they leave a place free, the loosely read ones."""
    taken: list[Hit] = []
    strict = sorted(_strict(view), key=lambda hit: (_RANK[hit[0]], hit[1], hit[1] - hit[2]))
    for hit in (*strict, *_told(view), *_beads(view), *_loose(view)):
        if all(hit[2] <= other[1] or other[2] <= hit[1] for other in taken):
            taken.append(hit)
    yield from taken


def _strict(view: View) -> Iterator[Hit]:
    for run in runs(view):
        if hit := (_id_number(run, view) or _card(run, view) or _phone(run, view)):
            yield hit


def _told(view: View) -> Iterator[Hit]:
    """Numbers that the words around them explain: an ID number with its birthday, an inside line."""
    for kind, pattern in (("id_number", _ID_TOLD), ("card_number", _CARD_TOLD), ("phone", _INSIDE)):
        for match in pattern.finditer(view.text):
            yield kind, *match.span()


def _beads(view: View) -> Iterator[Hit]:
    """Eleven single digits on a string: there even units keep nothing apart."""
    for match in _BEADS.finditer(view.text):
        if not re.sub(r"\D", "", match[0]).startswith("123456789"):
            yield "phone", *match.span()


def _id_number(run: Run, view: View) -> Hit | None:
    if run.widest > Gap.JOINED:
        return None
    if len(run.digits) == 17 and (x := _X.match(view.text, run.end)):
        return ("id_number", run.start, x.end()) if _ID_18.fullmatch(f"{run.digits}x") else None
    if _ID_18.fullmatch(run.digits) or _is_id_15(run):
        return "id_number", run.start, run.end
    return None


def _is_id_15(run: Run) -> bool:
    return bool(_ID_15.fullmatch(run.digits)) and run.lengths[0] >= 6


def _card(run: Run, view: View) -> Hit | None:
    if run.widest > Gap.JOINED:
        return None
    named = _BANK.search(view.text[max(0, run.start - 20) : run.start]) is not None
    if _is_card(run, named):
        return "card_number", run.start, run.end
    return None


def _is_card(run: Run, named: bool) -> bool:
    length = len(run.digits)
    if len(run.groups) == 1:
        return (length >= 14 or (named and length >= 12)) and not _is_book(run.digits)
    if not (12 if named else 16) <= length <= 19:
        return False
    parted = all(part == 4 for part in run.lengths[:-1]) and run.lengths[-1] <= 4
    return named or parted or run.digits.startswith("62") or _is_long(run) or _passes_luhn(run)


def _is_long(run: Run) -> bool:
    return max(run.lengths) >= 8


def _passes_luhn(run: Run) -> bool:
    luhn = luhn_digit(run.digits[:-1]) == run.digits[-1]
    return luhn and run.digits[0] in "3456" and max(run.lengths) >= 4


def _is_book(digits: str) -> bool:
    """An ISBN: thirteen digits from 978 or 979; or the digits of pi, which children learn by heart."""
    return (len(digits) == 13 and digits.startswith(("978", "979"))) or digits.startswith(_PI)


def _phone(run: Run, view: View) -> Hit | None:
    if _is_mobile(run) or _is_turned(run, view) or _is_landline(run):
        return "phone", run.start, run.end
    return None


def _is_mobile(run: Run) -> bool:
    if len(run.groups) == 1 and 11 <= len(run.digits) <= 13:
        return bool(re.search(r"1[2-9]\d{9}", run.digits)) and not _is_book(run.digits)
    if not _MOBILE.fullmatch(run.digits) or run.digits == _COUNTED:
        return False
    if run.widest <= Gap.JOINED:
        return True
    if run.called:
        return run.lengths in _CALLED_PARTS or run.widest < Gap.WALL or run.is_put_together
    return run.lengths in _PHONE_PARTS and run.widest == Gap.WORD


def _is_turned(run: Run, view: View) -> bool:
    """Told to be read backwards, or in another order."""
    if len(run.digits) != 11 or run.widest > Gap.WORD:
        return False
    near = view.text[max(0, run.start - 12) : run.end + 12]
    if _BACKWARDS.search(near) and _MOBILE.fullmatch(run.digits[::-1]):
        return True
    return _MOVED.search(near) is not None and any(_MOBILE.fullmatch(t) for t in _turns(run))


def _turns(run: Run) -> Iterator[str]:
    parts = [group.digits for group in run.groups]
    for place in range(len(parts)):
        yield "".join(parts[place:] + parts[:place])
    if len(parts) == 3:
        yield from map("".join, permutations(parts))


def _is_landline(run: Run) -> bool:
    if run.widest > Gap.JOINED or len(run.groups) > 12:
        return False
    known = _AREA_CODE.fullmatch(run.digits) or _SERVICE.fullmatch(run.digits)
    return bool(known) or (run.called and bool(_LOCAL.fullmatch(run.digits)))


# Digits that only look or sound so -----------------------------------------------------

Read = tuple[str, bool, int]  # a digit, whether it is really one, and its place in the view

_LOOSE_SHAPES = {
    "id_number": _ID_18,
    "card_number": re.compile(r"62\d{14,17}"),
    "phone": re.compile(r"1[2-9]\d{9}"),
}
_LEAST_SURE = 4


def _loose(view: View) -> Iterator[Hit]:
    """l2O3847S6l0, 依二零三吧…"""
    for row in _rows(view):
        digits = "".join(digit for digit, _, _ in row)
        for kind, shape in _LOOSE_SHAPES.items():
            for match in shape.finditer(digits):
                read = row[slice(*match.span())]
                if _is_believable(read):
                    yield kind, read[0][2], read[-1][2] + 1


def _rows(view: View) -> Iterator[list[Read]]:
    """Marks between are skipped; a times sign or any other character ends a row."""
    row: list[Read] = []
    for place, (digit, sure) in enumerate(loosely(view)):
        if digit:
            row.append((digit, sure, place))
        elif view.text[place].isalnum() or view.text[place] == "×":
            yield row
            row = []
    yield row


def _is_believable(read: list[Read]) -> bool:
    """Some digits are real and some are not (else it was read strictly already), with few marks between."""
    sure = sum(sure for _, sure, _ in read)
    is_close = read[-1][2] - read[0][2] < 3 * len(read)
    return _LEAST_SURE <= sure < len(read) and is_close
