"""心愿卡: the cards of a fair on A4, ten a sheet; what is wished for and a code to claim it, no family."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from mashang.exchange.cards import A4_SHEET, QR_LEFT, QR_SIDE, QR_TOP, TEXT_LEFT, Deck, Printed
from mashang.exchange.qr import Symbol

COLUMN = QR_LEFT - TEXT_LEFT - 3.0  # mm, beside the code
ITEM_LINES, SPEC_LINES = 4, 4


@dataclass(frozen=True)
class WishFace:
    """All that is printed on one wish's card."""

    number: str
    item: str
    spec: str
    whom: str
    fair_name: str
    url: str


def print_wish_cards(faces: Iterable[WishFace], out: BinaryIO) -> Printed:
    """Draw all cards into ``out``, ten on a sheet."""
    deck = _WishDeck(A4_SHEET, "心愿卡")
    cards = 0
    for cards, face in enumerate(faces, start=1):
        deck.draw_wish(face, place=(cards - 1) % A4_SHEET.per_page)
    deck.output(out)
    return Printed(cards=cards, missing="".join(sorted(deck.missing)))


class _WishDeck(Deck):
    def draw_wish(self, face: WishFace, *, place: int) -> None:
        x, y = self.corner(place)
        left = x + TEXT_LEFT
        self.write_at(face.fair_name, 9, left, y + 9)
        below = self._lines(face.item, 13, left, y + 19, ITEM_LINES)
        self._lines(face.spec, 8, left, below + 0.5, SPEC_LINES)
        self.write_at(face.whom, 8, left, y + 43)
        self.write_at(f"编号 {face.number}", 8, left, y + 48)
        self.stamp(Symbol.of(face.url), x + QR_LEFT, y + QR_TOP, QR_SIDE)

    def _lines(self, text: str, size: float, x: float, y: float, most: int) -> float:
        """The text in lines of the column's width; returns the baseline after the last."""
        step = size * 0.5
        for line in self._broken(text, size)[:most]:
            self.write_at(line, size, x, y)
            y += step
        return y

    def _broken(self, text: str, size: float) -> list[str]:
        lines = [""]
        for letter in text:
            if self.width_of(lines[-1] + letter, size) > COLUMN:
                lines.append("")
            lines[-1] += letter
        return lines
