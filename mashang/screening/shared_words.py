"""别人会看到的文字: what an action does before it keeps words that others will read.

One function for all rooms, so that a nickname, a pledge and a wish are told the same thing in the same
sentence. It knows no models: whoever calls it names the fields as the door's form does.

Three levels. *Stop*: a contact, a number, an address, money; the author is told at the field. *Told*: what
tells whose family it is; the author is told kindly, and may leave it. *Heed*: what may lead elsewhere;
marked for those who moderate, never shown to the author.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.core.errors import Invalid
from mashang.core.visible import visible
from mashang.screening import KINDS, across, findings, hints, traits
from mashang.screening.leads import HINTS
from mashang.screening.told_words import TRAITS

NOTHING_TO_SEE = N_("这里没有看得见的字，请重新填写")
LIKENESS = "likeness"  # among KINDS: known by no word, so it cannot be said what to take out
READS_SO = N_(
    "“%(text)s”读起来像在留联系方式、住址或要钱，请换个说法；没有这个意思的，把这一句写短、写直白些再交，还不行就请工会同志一起改"
)
MOST_NAMED = 3  # of what a text tells, in one sentence


class Level(StrEnum):
    STOP = "stop"
    TOLD = "told"
    HEED = "heed"


@dataclass(frozen=True)
class Remark:
    """A place in a text that must not be read by strangers, and what is wrong with it."""

    start: int
    end: int
    text: str
    words: str
    level: Level = Level.STOP

    kind: str = ""

    @property
    def sentence(self) -> str:
        """Marks the place, so that it is found in a long text."""
        if self.kind == LIKENESS:
            return _(READS_SO) % {"text": self.text}
        return _("“%(text)s”%(words)s，请去掉") % {"text": self.text, "words": _(self.words)}


@dataclass(frozen=True)
class Piece:
    """A part of a text; `remark` says what is wrong with it."""

    text: str
    remark: str = ""
    level: Level | None = None

    @property
    def tone(self) -> str:
        return _TONES[self.level] if self.level else ""


_TONES = {Level.STOP: "bad", Level.TOLD: "wait", Level.HEED: "info"}


def check_shared(*, may_tell: Collection[str] = (), by_office: bool = False, **texts: str) -> None:
    """Raises Invalid with a sentence beside each text that others must not read.

    `may_tell` names the kinds (of `KINDS`) that belong here: the place of a fair is an address. What a colleague writes
    (`by_office`) is asked for what the tables know only: likeness has learnt how people write wishes, not offices.
    """
    wrong = {}
    left = {*may_tell, LIKENESS} if by_office else may_tell
    for name, text in texts.items():
        if remarks := remarks_on(text, may_tell=left):
            wrong[name] = remarks[0].sentence
        elif text and not seen(text):
            wrong[name] = _(NOTHING_TO_SEE)
    if not wrong and (split := split_over(texts.values())):
        wrong[list(texts)[-1]] = split
    if wrong:
        raise Invalid(fields=wrong)


def seen(text: str) -> str:
    """What others will read of a text."""
    return visible(text).strip()


def remarks_on(text: str, *, may_tell: Collection[str] = ()) -> list[Remark]:
    """Contacts, numbers, addresses and money, in the order of the text.

    Where a place may be told, words that merely read like one are left alone.
    """
    left = {*may_tell, LIKENESS} if may_tell else set()
    return [
        Remark(
            one.start,
            one.end,
            one.text,
            _("像是%(kind)s") % {"kind": _(KINDS[one.kind])},
            kind=one.kind,
        )
        for one in findings(text)
        if one.kind not in left
    ]


def told_in(text: str) -> list[Remark]:
    """What tells whose family it is."""
    return [
        Remark(
            one.start,
            one.end,
            one.text,
            _("说了%(kind)s") % {"kind": _(TRAITS[one.kind])},
            Level.TOLD,
        )
        for one in traits(text)
    ]


def caution(text: str) -> str:
    """What the author of a text is told kindly about it; empty if it tells nothing."""
    if not (told := told_in(text)):
        return ""
    named: dict[str, str] = {}
    for one in told[:MOST_NAMED]:
        named[one.words] = f"{named.get(one.words, '')}“{one.text}”"
    said = _("，").join(f"{texts}{words}" for words, texts in named.items())
    return _(
        "%(named)s。熟人看到可能认出是谁家，可以写得笼统些；不改也能提交，工会审核时会再看一遍。"
    ) % {"named": said}


def marks_on(text: str) -> list[Remark]:
    """Everything that those who moderate should look at, in the order of the text."""
    stopped = remarks_on(text)
    heeded = [
        Remark(one.start, one.end, one.text, _(HINTS[one.kind]), Level.HEED) for one in hints(text)
    ]
    others = [one for one in (*told_in(text), *heeded) if not _overlaps(one, stopped)]
    return sorted([*stopped, *others], key=lambda remark: (remark.start, -remark.end))


def _overlaps(one: Remark, others: Iterable[Remark]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def split_over(texts: Iterable[str]) -> str:
    """What is wrong with texts that are harmless one by one; empty if nothing is."""
    if not (split := across(texts)):
        return ""
    return _("前后几栏连起来像是%(kind)s，请去掉") % {"kind": _(KINDS[split[0].kind])}


def pieces(text: str, remarks: Iterable[Remark]) -> list[Piece]:
    """The whole text in its order, with the places that the check has found marked."""
    parts, at = [], 0
    for remark in remarks:
        start = max(at, remark.start)
        if remark.end <= start:
            continue
        marked = Piece(text[start : remark.end], remark.words, remark.level)
        parts += [Piece(text[at:start]), marked]
        at = remark.end
    return [piece for piece in (*parts, Piece(text[at:])) if piece.text]
