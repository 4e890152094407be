"""消息文本: what a person may be told, in plain words and without a personal word.

A room defines its kinds once, in its own `notices.py`; the words may be filled in from a short list
of impersonal facts only, so that no name, number or illness can slip into a text message.
"""

from dataclasses import dataclass
from string import Formatter

FACTS = frozenset({"union", "step", "day", "days", "count", "hotline", "code", "minutes"})
KINDS: dict[str, "Kind"] = {}


@dataclass(frozen=True)
class Kind:
    """One sort of message. `by_sms`: it also goes out as a text message."""

    code: str
    title: str
    body: str
    by_sms: bool = True

    def text(self, **facts: object) -> str:
        return self.body.format(**facts)


def kind(code: str, title: str, body: str, *, by_sms: bool = True) -> Kind:
    """Define a kind; personal facts in its words stop the start."""
    asked = {name for text in (title, body) for _, name, _, _ in Formatter().parse(text) if name}
    if asked - FACTS:
        raise ValueError(f"{code}: {sorted(asked - FACTS)} must not stand in a notice")
    if KINDS.setdefault(code, made := Kind(code, title, body, by_sms)) != made:
        raise ValueError(f"{code} is defined twice")
    return made
