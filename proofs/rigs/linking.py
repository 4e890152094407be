"""An acquaintance links a card on the wall to the families that it fits."""

from mashang.wishes.queries.descriptions import Description, Place, generalised, ladder, least_for
from proofs.rigs.told_city import WHO, Family, Told

KIN_WORDS = {"spouse": WHO["spouse"], "child": "孩子", "parent": WHO["parent"]}
ALSO_KIN = {"spouse": ("丈夫", "妻子"), "child": ("儿子", "女儿"), "parent": ("父亲",)}


class Wall:
    """The cards as the house would hang them, over families of which the attacker knows everything."""

    def __init__(self, families: list[Family], least: int, *, widens: bool) -> None:
        self._families, self._least, self._widens = families, least, widens

    def fitting(self, told: Told, story: str) -> int:
        """How many families the attacker cannot tell apart from the one that wrote."""
        card = self._card(told, least_for(story, self._least) if self._widens else self._least)
        facts = [(sort, words) for sort, words in told.phrases if words in story]
        kin = {one for one in KIN_WORDS if _names_kin(one, story)} & told.family.kin
        return sum(
            _is_on_card(family, card)
            and kin <= family.kin
            and all(family.facts.get(sort) == words for sort, words in facts)
            for family in self._families
        )

    def _card(self, told: Told, least: int) -> Description:
        family = told.family
        places = [
            Place("镇", "", f"{family.county}.{family.town}"),
            Place("县", "", f"{family.county}."),
            Place("市", "", ""),
        ]
        rungs = ladder(places, family.years, told.for_whom)
        return generalised(rungs, self._count, least)[-1]

    def _count(self, card: Description) -> int:
        return sum(_is_on_card(family, card) for family in self._families)


def _is_on_card(family: Family, card: Description) -> bool:
    place = f"{family.county}.{family.town}"
    return (
        place.startswith(card.place.path)
        and (card.ages is None or card.ages[0] <= family.years <= card.ages[1])
        and (card.shown_for in ("self", "family") or card.shown_for in family.kin)
    )


def _names_kin(kin: str, story: str) -> bool:
    return any(word in story for word in (KIN_WORDS[kin], *ALSO_KIN[kin]))
