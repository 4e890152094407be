"""心愿的话: what a household writes into a wish, as one value; and what a moderator's page shows of it."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_noop as N_

from mashang.core.seen import Parts
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


def words_shown(wish: Wish) -> Parts:
    """Every word of the wish, so that nobody passes or stops words that they have not read (`core.seen`)."""
    return {N_("这个心愿的内容改过"): [str(getattr(wish, name)) for name in PARTS]}
