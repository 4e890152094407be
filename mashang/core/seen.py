"""看到的样子: a mark of what stood on the screen, so that nobody decides on what they have not read.

A page that decides draws the mark into its form; the action locks the row, looks again, and compares. What a
decision rests on is told part by part, each under the words that say what happened to it, so that a refusal
names what changed. A part leaves no more in the page than a short digest under a key of the house.
"""

import json
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.core.errors import WrongState
from mashang.core.privacy.keys import mac

Parts = Mapping[str, object]  # what happened if it differs → what stands there now
_BETWEEN, _BYTES = "-", 8


class ChangedMeanwhile(WrongState):
    """`facts["changed"]` are the words of the parts that differ; empty for a mark that is none of ours."""

    code = "changed_meanwhile"
    message = N_("您打开这一页之后，这里的内容有了变化，没有办理；请先看过现在的内容再办")


def mark_of(parts: Parts) -> str:
    """Changes with every part; equal parts have equal marks on every machine of the house."""
    return _BETWEEN.join(_digest(part) for part in parts.values())


def require_seen(seen: str | None, parts: Parts) -> None:
    """Raises ChangedMeanwhile unless the mark that came with a form is that of the parts as they are now.

    None says that nobody looked at a page: a program that read the rows in this very act. A form without
    its mark sends "" and is refused.
    """
    if seen is None or seen == mark_of(parts):
        return
    before = seen.split(_BETWEEN)
    if len(before) != len(parts):
        raise ChangedMeanwhile(changed=[])
    changed = [
        words
        for (words, part), mark in zip(parts.items(), before, strict=True)
        if _digest(part) != mark
    ]
    told = _("您打开这一页之后，%(what)s，没有办理；请先看过现在的内容再办")
    what = _("、").join(_(words) for words in changed)
    raise ChangedMeanwhile(message=told % {"what": what}, changed=changed)


def _digest(part: object) -> str:
    plain = json.dumps(part, sort_keys=True, ensure_ascii=False, default=str)
    return mac("seen", plain.encode("utf-8", "surrogatepass")).hex()[: 2 * _BYTES]
