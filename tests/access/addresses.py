"""Every address of the house, from the URL conf, with what its parameters stand for.

What a parameter is follows from the word before it: `applications/<uuid:pk>/` is an application.
A word that stands in no table here fails with what to teach.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any
from uuid import uuid4

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from mashang.accounts.models import Consent
from mashang.cases.form import forms, people
from mashang.cases.form.papers import KINDS
from mashang.config.checks import policy_of
from mashang.desk.cases.files import TABS
from mashang.web.policies import Policy
from tests.access.world import MEMBER_KEY, Family

# (word before, converter) → whose: the name of a key that hangs on a family.
OF_FAMILY = {
    ("aid", "uuid"): "proposal",
    ("granted", "uuid"): "granted",
    ("applications", "uuid"): "application",
    ("assist", "uuid"): "application",
    ("cards", "uuid"): "card",
    ("cases", "uuid"): "case",
    ("changes", "uuid"): "request",
    ("channels", "uuid"): "channel_change",
    ("claims", "uuid"): "claim",
    ("claims", "uuidstr"): "claim",  # at the interface
    ("done", "uuid"): "application",
    ("families", "uuid"): "case",
    ("files", "uuid"): "case",
    ("goods-photos", "uuid"): "goods_photo",
    ("holders", "uuid"): "holder",
    ("households", "uuid"): "holder",
    ("inbox", "uuid"): "notice",
    ("lines", "uuid"): "aid",
    ("matters", "uuid"): "application",
    ("members", "uuid"): "member",
    ("merges", "uuid"): "merge",
    ("my-wishes", "uuid"): "wish",
    ("wishes", "uuid"): "wish",
    ("numbers", "uuid"): "channel_change",
    ("objections", "uuid"): "objection",
    ("pairings", "uuid"): "pairing",
    ("papers", "uuid"): "attachment",
    ("parcels", "uuid"): "parcel",
    ("photos", "uuid"): "attachment",
    ("problems", "uuid"): "complaint",
    ("proposals", "uuid"): "proposal",
    ("requests", "uuid"): "request",
    ("thanks", "uuid"): "thanks",
    ("transfers", "uuid"): "transfer",
}
# Not a household's: that such an address answers says nothing about one.
OPEN = {
    ("S", "str"): "token",
    ("alerts", "uuid"): "alert",
    ("appointments", "uuid"): "post",
    ("events", "uuid"): "fair",
    ("holidays", "uuid"): "holiday_notice",
    ("offers", "uuid"): "offer",
    ("screen", "str"): "screen",
    ("stock", "uuid"): "stock",
    ("w", "str"): "fair_code",
    ("certificates", "str"): "certificate",
    ("claim", "str"): "number",
    ("invitations", "uuid"): "invitation",
    ("representatives", "uuid"): "representative",
    ("organisations", "uuid"): "organisation",
    ("people", "uuid"): "colleague",
    ("plans", "uuid"): "delivery_plan",
    ("pledges", "uuid"): "pledge",
    ("relatives", "uuid"): "relative",
    ("rules", "uuid"): "rule",
    ("items", "uuid"): "item",
    ("tokens", "uuid"): "api_token",
    ("wishes", "str"): "number",
    ("publicity", "str"): "slug",
    ("publicity", "slug"): "slug",
    ("notices", "slug"): "slug",
    ("unions", "uuid"): "union",
}
STEPS = tuple(dict.fromkeys(step.key for steps in forms.FORMS.values() for step in steps))
FIELDS = ("name", "id_number", "phone", "address", "story", "card_number", f"{MEMBER_KEY}.name")
# (word before, converter) → the words that may stand there.
WORDS = {
    ("new", "str"): ("file", "one_off"),
    ("apply", "slug"): STEPS,
    ("papers", "slug"): tuple(KINDS)[:4],
    ("members", "str"): (MEMBER_KEY,),
    ("consents", "str"): tuple(Consent.Purpose.values)[:3],
    ("reveal", "str"): FIELDS,
    ("account", "str"): ("card_number", "bank_owner"),
    ("reveal", "slug"): FIELDS[:-1],
    ("sign-ins", "str"): ("0" * 40,),
    ("<key>", "part"): tuple(part.key for part in people.PARTS)[:2],
    ("<pk>", "key"): STEPS[1:7],  # 代办 asks for the place when it begins
    ("<pk>", "tab"): ("overview", "family", "money", "papers", "assessment", "history"),
    ("<holder_id>", "tab"): tuple(TABS)[:4],
    ("check", "slug"): ("household", "income", "plan"),
    ("versions", "int"): ("2",),
    ("<kind>", "code"): ("relative",),
    ("rules", "slug"): ("category",),
    ("wish-rules", "slug"): ("cap_fen",),
    ("flows", "slug"): ("file", "one_off"),
    ("regions", "slug"): ("450100",),
    ("step-in", "slug"): ("worker", "clerk"),
}


class Untaught(LookupError):
    """A route has a parameter that the matrix does not know."""


@dataclass(frozen=True)
class Address:
    """One route with its words filled in; what hangs on a family is filled in by `url`."""

    name: str
    policy: Policy
    words: tuple[tuple[str, str], ...]
    keys: tuple[tuple[str, str, bool], ...]  # (parameter, key of the family, whether it is theirs)

    @property
    def is_of_family(self) -> bool:
        return any(theirs for _, _, theirs in self.keys)

    @property
    def has_family(self) -> bool:
        return bool(self.keys)

    def url(self, family: Family | None) -> str | None:
        """The address for one family; None if it has no such thing (a draft has no step)."""
        held = {} if family is None else family.keys
        found = {param: held.get(key) for param, key, _ in self.keys}
        return None if None in found.values() else self._reverse(found)

    def phantom(self) -> str:
        """The same address of something that never was."""
        return self._reverse({param: uuid4() for param, _, _ in self.keys})

    def _reverse(self, found: dict[str, Any]) -> str:
        return reverse(self.name, kwargs={**dict(self.words), **found})


def addresses(most_words: int | None = None) -> list[Address]:
    """All of them; `most_words` keeps that many choices of each word."""
    return [
        address
        for name, route, view in routes()
        for address in spelled(name, route, view, most_words)
    ]


def routes(resolver: URLResolver | None = None, before: str = "", space: str = "") -> Iterator[Any]:
    """(name with its namespace, whole route, view)."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inside = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from routes(entry, route, inside)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", route, entry.callback


def spelled(name: str, route: str, view: Any, most: int | None) -> Iterator[Address]:
    """The address once for each choice of its words."""
    policy = policy_of(view)
    keys: list[tuple[str, str, bool]] = []
    choices: list[list[tuple[str, str]]] = []
    for param, place in params(route):
        if place in OF_FAMILY:
            keys.append((param, OF_FAMILY[place], True))
        elif place in OPEN:
            keys.append((param, OPEN[place], False))
        elif place in WORDS:
            choices.append([(param, word) for word in WORDS[place][:most]])
        else:
            raise Untaught(f"{name}: teach the matrix what {param} of {route} is ({place})")
    for words in product(*choices):
        yield Address(name, policy, words, tuple(keys))


def params(route: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """(parameter, (word before it, converter)); behind another parameter its own name says it."""
    before = ""
    for part in route.split("/"):
        if not part.startswith("<"):
            before = part
            continue
        converter, _, param = part[1:].split(">")[0].rpartition(":")
        behind = before.startswith("<")
        yield param, (before, param if behind else converter or "str")
        before = f"<{param}>"
