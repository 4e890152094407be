"""Numbers that a reader would put together: 120 然后 3847，最后 5610.

What stands between two numbers is graded. A separator or a connecting word joins them; any other
word may join the parts of something grouped like a phone number; a unit or a measure keeps them apart.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from mashang.screening.numerals import Group, groups
from mashang.screening.views import View

MOST_DIGITS = 24
_LONGEST_GAP = 8
_JOINING = (
    "前面|后面|中间|前边|后边|中段|前段|后段|前半截|后半截|前半段|后半段|前半|后半|前一半|后一半|开头|结尾|末尾|尾号|"
    "末了|头[一1]截|第[一二三123]截|再来|收尾|尾巴|打头|然后|接着|接下来|接上|跟着|随后|其次|最后|最前|剩下|剩余|之后|先|再|又|接|拨|按|打|是|为|的|和|与|跟|及|加|连|后|"
    "省略|空格|空|横杠|横线|横|杠|减号|减|点|逗号|句号|星号|去掉|号|至|然|一下|下|来|到|and|then"
)
_JOINS = re.compile(rf"(?:{_JOINING})+")
_UNITS = (
    "cm|mm|km|kg|ml|gb|tb|mb|mah|hz|元|块|角|分|斤|公斤|千克|克|吨|升|毫升|米|厘米|毫米|公里|里|平|亩|寸|尺|码|年|月(?!亮)|日|天|"
    "岁|周|个|件|床|双|条|本|支|只|台|辆|盒|包|袋|瓶|箱|桶|次|人|口|户|度|瓦|伏|安|孔|页|时|小时|钟|秒|层|楼|级|班|届|"
    "季|斗|倍|折|名|题|卷|册|集|期|段|遍|匹|张|套|把|副|根|块|片|头|亿|万|后生|多|来岁|以内|左右|%|°|[a-z](?![a-z])"
)
_MEASURES = (
    "身高|体重|腰围|胸围|裤长|衣长|肩宽|脚长|鞋码|尺码|尺寸|长|宽|高|厚|深|价格?|价|预算|每月|每天|工资|收入|低保|"
    "房租|房贷|水电|药费|学费|退休金|参考|大约|大概|约|功率|容量|型号|语文|数学|英语|视力|血糖|高压|低压|年级|剩|共|"
    "原价|现价|还有|孩子|今年|去年|妈妈|爸爸|弟弟|妹妹|奶奶|爷爷|老伴|妻子|儿子|女儿|父亲|母亲|鞋|裤子?|上衣|衣服"
)
_KEEPS_APART = re.compile(rf"^(?:{_UNITS})|(?:{_MEASURES})$")
_TIMES = {"x", "×"}  # 120×60×75 is a table
_NOT_SAID = re.compile(r"[\W_]+")
_CUES = "电话|手机|号码|联系|拨打|致电|座机|固话|打给|打我|打这|拨这|有事找|来电|热线|传真|短信|小灵通|短号|分机|tel|phone|call|mobile|dianhua|shouji"
_CALLS = re.compile(rf"(?:{_CUES})[^0-9]{{0,10}}$")
_PUT_TOGETHER = re.compile(
    "(?:连|拼|合|接|凑|加|放|串)(?:起来|在一起|到一起|成)|(?:打|拨)(?:过去|过来|通|就|得通)|有人接|[就才]是我的?(?:号|电话|手机)|能(?:打|找|联系)到?我"
)
_SAID_AFTERWARDS = re.compile(
    rf"(?:就是|这是|[就才]是我的?)(?:我的?)?(?:电话|手机|号码|联系方式)|(?:电话|号码)就是|{_PUT_TOGETHER.pattern}"
)


class Gap(IntEnum):
    NONE = 0
    MARK = 1
    JOINED = 2
    WORD = 3
    WALL = 4


@dataclass(frozen=True)
class Run:
    """Groups read as one number; `widest` is the loosest gap, `called` if a telephone is spoken of."""

    groups: tuple[Group, ...]
    widest: Gap
    called: bool
    is_put_together: bool = False  # 身高120，体重38…，连起来打就能找到我

    @property
    def digits(self) -> str:
        return "".join(group.digits for group in self.groups)

    @property
    def lengths(self) -> tuple[int, ...]:
        return tuple(len(group.digits) for group in self.groups)

    @property
    def start(self) -> int:
        return self.groups[0].start

    @property
    def end(self) -> int:
        return self.groups[-1].end


def runs(view: View) -> Iterator[Run]:
    """Every row of neighbouring groups that no wall parts, up to MOST_DIGITS or one long group."""
    every = groups(view)
    gaps = [
        _gap(view.text[one.end : two.start]) for one, two in zip(every, every[1:], strict=False)
    ]
    afterwards = max((match.end() for match in _SAID_AFTERWARDS.finditer(view.text)), default=0)
    together = max((match.end() for match in _PUT_TOGETHER.finditer(view.text)), default=0)
    for first, group in enumerate(every):
        called = afterwards > group.end or _is_called(view.text, group.start)
        yield from _from(every, gaps, first, called, together > group.end)


def _is_called(text: str, start: int) -> bool:
    """Whether the words just before speak of a telephone."""
    return _CALLS.search(text[max(0, start - 24) : start]) is not None


def _from(
    every: tuple[Group, ...], gaps: list[Gap], first: int, called: bool, together: bool
) -> Iterator[Run]:
    widest, length = Gap.NONE, 0
    for last in range(first, len(every)):
        if last > first:
            widest = max(widest, gaps[last - 1])
        length += len(every[last].digits)
        if (widest == Gap.WALL and not called) or (length > MOST_DIGITS and last > first):
            return
        yield Run(every[first : last + 1], widest, called, together)


def _gap(between: str) -> Gap:
    said = _NOT_SAID.sub("", between)
    if not between:
        return Gap.NONE
    if between.strip() in _TIMES:
        return Gap.WORD
    if not said:
        return Gap.WALL if "%" in between else Gap.MARK
    if _JOINS.fullmatch(said):
        return Gap.JOINED
    if len(said) > _LONGEST_GAP or _KEEPS_APART.search(said):
        return Gap.WALL
    return Gap.WORD
