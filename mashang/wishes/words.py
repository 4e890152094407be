"""心愿的话: what a household writes into a wish, as one value; and the mark by which a moderator's page knows it."""

from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from mashang.wishes.models import DeliveryMode, Wish

PARTS = (
    "category",
    "item",
    "spec",
    "price_fen",
    "for_whom",
    "reason",
    "needed_by",
    "delivery_mode",
)
TEXTS = ("item", "spec", "reason")  # what people write freely, and everybody may read one day


@dataclass(frozen=True)
class WishWords:
    """What is wished for. Money in fen; `for_whom` is a relation, never a name."""

    category: str
    item: str
    price_fen: int
    for_whom: str
    reason: str
    spec: str = ""
    needed_by: date | None = None
    delivery_mode: str = DeliveryMode.THROUGH_UNION

    def columns(self) -> dict[str, Any]:
        return asdict(self)

    def texts(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in TEXTS}


def words_of(wish: Wish) -> WishWords:
    return WishWords(**{name: getattr(wish, name) for name in PARTS})


def mark_of(wish: Wish) -> str:
    """Changes with every word of the wish, so that nobody passes words that they have not read."""
    text = "\x1f".join(str(getattr(wish, name)) for name in PARTS)
    return sha256(text.encode()).hexdigest()[:16]
