"""别人会看到的文字: what an action does before it keeps words that others will read.

One function for all rooms, so that a nickname, a pledge and a wish are told the same thing in the same
sentence. It knows no models: whoever calls it names the fields as the door's form does.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mashang.core.errors import Invalid
from mashang.screening import KINDS, across, findings


@dataclass(frozen=True)
class Remark:
    """A place in a text that must not be read by strangers, and what is wrong with it."""

    start: int
    end: int
    text: str
    words: str

    @property
    def sentence(self) -> str:
        """Marks the place, so that it is found in a long text."""
        return _("“%(text)s”%(words)s，请去掉") % {"text": self.text, "words": _(self.words)}


def check_shared(*, may_tell: Collection[str] = (), **texts: str) -> None:
    """Raises Invalid with a sentence beside each text that others must not read.

    `may_tell` names the kinds (of `KINDS`) that belong here: the place of a fair is an address.
    """
    wrong = {}
    for name, text in texts.items():
        if remarks := remarks_on(text, may_tell=may_tell):
            wrong[name] = remarks[0].sentence
    if not wrong and (split := split_over(texts.values())):
        wrong[list(texts)[-1]] = split
    if wrong:
        raise Invalid(fields=wrong)


def remarks_on(text: str, *, may_tell: Collection[str] = ()) -> list[Remark]:
    """Contacts, numbers, addresses and money, in the order of the text."""
    return [
        Remark(one.start, one.end, one.text, _("像是%(kind)s") % {"kind": _(KINDS[one.kind])})
        for one in findings(text)
        if one.kind not in may_tell
    ]


def split_over(texts: Iterable[str]) -> str:
    """What is wrong with texts that are harmless one by one; empty if nothing is."""
    if not (split := across(texts)):
        return ""
    return _("前后几栏连起来像是%(kind)s，请去掉") % {"kind": _(KINDS[split[0].kind])}
