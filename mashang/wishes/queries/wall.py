"""心愿墙: the pages of the wall, whoever waits longest first, as plain rows.

However large the wall is, a page costs little. What a visitor asks for either lies thick, and then
the next few thousand wishes in order hold a page of it; or it lies thin, and then the search's
tokens lead to all of it, which is not much. So the near ones are looked through first, and only
if they do not fill a page are the tokens asked. Pages follow each other by the last wish shown,
never by a number of rows to skip. No plan is kept for these statements (only `core.db.compiled`
keeps any): a plan for any words would suit none.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models.expressions import RawSQL
from django.utils import timezone

from mashang.core.numbers import is_number
from mashang.unions.models import Union
from mashang.wishes import search, wall_index
from mashang.wishes.models import Category, ForWhom, Wish
from mashang.wishes.prices import BY_CODE, band_of

A_PAGE = 20
NEAR = 5_000  # wishes looked through in order before the tokens are asked

Sql = tuple[str, list[Any]]


@dataclass(frozen=True)
class Asked:
    """What a visitor asks of the wall; an empty word asks for all. `after`, `before`: numbers."""

    state: str = Wish.State.OPEN
    region: str = ""  # the first four (city) or six (county) digits of the code
    category: str = ""
    band: str = ""
    words: str = ""
    after: str = ""
    before: str = ""
    size: int = field(default_factory=lambda: A_PAGE)  # of the page

    @property
    def terms(self) -> list[str]:
        return search.terms(self.words)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.region or self.category or self.band or self.terms)

    @property
    def runs_down(self) -> bool:
        """Open wishes: the longest waiting first. The others: the latest first. Backwards: reversed."""
        return (self.state != Wish.State.OPEN) != bool(self.before)


@dataclass(frozen=True)
class Card:
    """A wish as everybody may see it; nothing in it leads to a file."""

    number: str
    item: str
    story: str
    for_whom: str
    age_band: str
    place: str
    region_code: str
    category: str
    category_label: str
    band: str
    state: str
    state_label: str
    waited_days: int

    @property
    def is_open(self) -> bool:
        return self.state == Wish.State.OPEN


@dataclass(frozen=True)
class Page:
    """Cards in order, and the numbers of which the pages beside it lie before or after; empty at the ends."""

    cards: list[Card]
    before: str = ""
    after: str = ""


def page(asked: Asked) -> Page:
    """One page of the wall; at most two queries. A wish's own number leads to it in any state."""
    number = asked.words.strip().upper()
    if is_number(number, "XY"):
        return Page(_cards(number=number))
    cards = _found(_near(asked), asked)
    if len(cards) <= asked.size and asked.is_narrowed:
        cards = _found(_by_tokens(asked), asked) or cards
    has_more = len(cards) > asked.size
    cards = cards[: asked.size]
    return _between(asked, cards[::-1] if asked.before else cards, has_more=has_more)


def wish(number: str) -> Card | None:
    """One wish by its number; None as well for one that is not, or no longer, on the wall."""
    return next(iter(_cards(number=number)), None) if is_number(number, "XY") else None


def regions() -> list[tuple[str, str, bool]]:
    """(code as one filters by it, name, whether a city) of the cities and counties of the tree."""
    kinds = (Union.Kind.CITY, Union.Kind.COUNTY)
    rows = Union.objects.filter(kind__in=kinds, closed_on=None).order_by("path")
    names: dict[str, tuple[str, str, bool]] = {}
    for kind, name, region_code in rows.values_list("kind", "name", "region_code"):
        is_city = kind == Union.Kind.CITY
        code = region_code[: 4 if is_city else 6]
        names.setdefault(code, (code, name.removesuffix("总工会"), is_city))
    return list(names.values())


def _between(asked: Asked, cards: list[Card], *, has_more: bool) -> Page:
    if not cards:
        return Page([])
    has_before = has_more if asked.before else bool(asked.after)
    has_after = bool(asked.before) or has_more
    return Page(
        cards,
        before=cards[0].number if has_before else "",
        after=cards[-1].number if has_after else "",
    )


def _found(sql: Sql, asked: Asked) -> list[Card]:
    order = ("-opened_at", "-pk") if asked.runs_down else ("opened_at", "pk")
    return _cards(*order, pk__in=RawSQL(*sql))


def _cards(*order: str, **which: Any) -> list[Card]:
    """The wishes as everybody may see them."""
    rows = Wish.objects.on_wall().filter(**which).order_by(*order)
    today = timezone.localdate()
    return [_card(row, today) for row in rows.values(*_COLUMNS)]


_AS_IT_STANDS = (
    *("number", "item", "story", "age_band"),
    *("place", "region_code", "category", "state"),
)
_COLUMNS = (*_AS_IT_STANDS, "shown_for", "price_fen", "opened_at")


def _card(row: dict[str, Any], today: date) -> Card:
    return Card(
        **{name: row[name] for name in _AS_IT_STANDS},
        for_whom=str(ForWhom(row["shown_for"]).label) if row["shown_for"] else "",
        category_label=str(Category(row["category"]).label),
        band=band_of(row["price_fen"]).label,
        state_label=str(Wish.State(row["state"]).label),
        waited_days=(today - timezone.localdate(row["opened_at"])).days,
    )


# Which wishes ------------------------------------------------------------------------------


def _near(asked: Asked) -> Sql:
    """Looks through the next wishes in order, and stops when a page is full."""
    (here, values), (wanted, wants), order = _from_here(asked), _wanted(asked), _order(asked)
    near = f"SELECT * FROM wishes_wish WHERE {here} ORDER BY {order} LIMIT {NEAR}"
    sql = f"SELECT id FROM ({near}) AS near WHERE {wanted} ORDER BY {order} LIMIT {asked.size + 1}"
    return sql, values + wants


def _by_tokens(asked: Asked) -> Sql:
    """All that have the tokens, in order, and each looked at itself until a page is full.

    Nothing if the near ones were all: they have been looked through already.
    """
    (here, values), (wanted, wants), order = _from_here(asked), _wanted(asked), _order(asked)
    having, tokens = wall_index.find(
        search.tokens_of(asked.terms, asked.region, asked.category, asked.band)
    )
    (behind, place), on_wall = _behind(asked), f"{_ON_WALL} AND {wanted}"
    farther = f"SELECT 1 FROM wishes_wish WHERE {here} ORDER BY {order} LIMIT 1 OFFSET {NEAR}"
    sql = (
        f"WITH found (id, opened_at) AS MATERIALIZED ({having} AND EXISTS ({farther})) "
        f"SELECT id FROM (SELECT * FROM found WHERE {behind} ORDER BY {order}) AS found "
        # OFFSET 0 keeps PostgreSQL from looking at all of them before it puts them in order.
        f"WHERE EXISTS (SELECT 1 FROM wishes_wish AS wish WHERE wish.id = found.id AND {on_wall} LIMIT 1 OFFSET 0) "
        f"ORDER BY {order} LIMIT {asked.size + 1}"
    )
    return sql, [*tokens, *values, *place, asked.state, *wants]


def _order(asked: Asked) -> str:
    return "opened_at DESC, id DESC" if asked.runs_down else "opened_at, id"


_ON_WALL = "state = %s AND NOT is_hidden"


def _from_here(asked: Asked) -> Sql:
    """On the wall in this state, behind the wish that the page before ended with."""
    behind, place = _behind(asked)
    return f"{_ON_WALL} AND {behind}", [asked.state, *place]


def _behind(asked: Asked) -> Sql:
    edge = asked.after or asked.before
    if not edge:
        return "TRUE", []
    place = "(SELECT {} FROM wishes_wish WHERE number = %s)"
    sign = "<" if asked.runs_down else ">"
    sql = f"(opened_at, id) {sign} ({place.format('opened_at')}, {place.format('id')})"
    return sql, [edge, edge]


def _wanted(asked: Asked) -> Sql:
    """The filters themselves, word for word."""
    parts: list[tuple[str, Iterable[Any]]] = [
        ("searchable LIKE %s", [f"%{t}%"]) for t in asked.terms
    ]
    if asked.category:
        parts.append(("category = %s", [asked.category]))
    if asked.region:
        parts.append(("region_code LIKE %s", [f"{asked.region}%"]))
    if asked.band:
        parts.append(_within(asked.band))
    values = [value for _, wants in parts for value in wants]
    return " AND ".join(sql for sql, _ in parts) or "TRUE", values


def _within(band: str) -> tuple[str, list[int]]:
    above, up_to = BY_CODE[band].above_fen, BY_CODE[band].up_to_fen
    if up_to is None:
        return "price_fen > %s", [above]
    return "price_fen > %s AND price_fen <= %s", [above, up_to]
