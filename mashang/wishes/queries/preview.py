"""陌生人会看到什么: the words of a wish as its card on the wall would say them, before anything is sent."""

from dataclasses import dataclass

from mashang.cases.models import Case
from mashang.screening.shared_words import seen
from mashang.wishes.models import Category, ForWhom
from mashang.wishes.prices import band_of
from mashang.wishes.queries.descriptions import Description, describe, least_for
from mashang.wishes.words import WishWords


@dataclass(frozen=True)
class Preview:
    """All that a stranger reads, but for the number, which is drawn anew and says nothing."""

    item: str
    story: str
    for_whom: str
    age_band: str
    place: str
    category: str
    band: str


def preview(words: WishWords, case: Case, *, least: int) -> Preview:
    """As it would read today; moderation may still make the words broader, never narrower."""
    enough = least_for(words.reason, least)
    return as_shown(words, describe(case.holder, case.union, words.for_whom, least=enough))


def as_shown(words: WishWords, described: Description) -> Preview:
    return Preview(
        item=seen(words.item),
        story=seen(words.reason),
        for_whom=str(ForWhom(described.shown_for).label),
        age_band=described.age_band,
        place=described.place.name,
        category=str(Category(words.category).label),
        band=band_of(words.price_fen).label,
    )
