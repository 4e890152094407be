"""服务卡: printed cards as one PDF, ten on an A4 sheet with cut marks, or one card a page.

A card says which union gave it and where to call when it is found, nothing about its holder.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from mashang.exchange.paper import NO_GLYPH, Paper
from mashang.exchange.qr import Symbol

CARD_WIDTH, CARD_HEIGHT = 85.6, 54.0  # mm, as bank cards (ISO/IEC 7810 ID-1)
QR_SIDE, QR_LEFT, QR_TOP = 35.0, 45.6, 14.5  # leaves more than four modules of white all around
TEXT_LEFT, TEXT_WIDTH = 5.0, 75.6
CUT_MARK = 4.0  # mm


@dataclass(frozen=True)
class CardFace:
    """All that is printed on one card."""

    union_name: str
    hotline: str
    serial: str
    url: str


@dataclass(frozen=True)
class Layout:
    """How cards lie on a page; lengths in mm."""

    page: tuple[float, float]
    columns: int = 1
    rows: int = 1

    @property
    def per_page(self) -> int:
        return self.columns * self.rows

    @property
    def xs(self) -> list[float]:
        """Where the cuts from top to bottom go."""
        margin = (self.page[0] - self.columns * CARD_WIDTH) / 2
        return [margin + n * CARD_WIDTH for n in range(self.columns + 1)]

    @property
    def ys(self) -> list[float]:
        """Where the cuts from left to right go."""
        margin = (self.page[1] - self.rows * CARD_HEIGHT) / 2
        return [margin + n * CARD_HEIGHT for n in range(self.rows + 1)]

    def corners(self) -> list[tuple[float, float]]:
        """The upper left corner of each card, in the order of printing."""
        return [(x, y) for y in self.ys[:-1] for x in self.xs[:-1]]


A4_SHEET = Layout(page=(210.0, 297.0), columns=2, rows=5)
SINGLE = Layout(page=(CARD_WIDTH, CARD_HEIGHT))


@dataclass(frozen=True)
class Printed:
    """What came out; ``missing`` lists characters that the font lacks, printed as 〓."""

    cards: int
    missing: str

    @property
    def warning(self) -> str:
        if not self.missing:
            return ""
        return f"字体缺少这些字，卡上印成了“{NO_GLYPH}”：{self.missing}。请换用更全的字体后重印。"


def print_cards(faces: Iterable[CardFace], out: BinaryIO, layout: Layout = A4_SHEET) -> Printed:
    """Draw all cards into ``out``. Takes the faces one by one, so a generator may feed it.

    No face gives a PDF without a card on it: whoever calls decides whether that is worth a file.
    """
    deck = _CardDeck(layout, "服务卡")
    cards = 0
    for cards, face in enumerate(faces, start=1):
        deck.draw(face, place=(cards - 1) % layout.per_page)
    deck.output(out)
    return Printed(cards=cards, missing="".join(sorted(deck.missing)))


class Deck(Paper):
    """Sheets of cards with the marks where they are cut; what stands on a card is its subclass's."""

    def __init__(self, layout: Layout, title: str) -> None:
        super().__init__(layout.page, title)
        self.layout = layout
        self.corners = layout.corners()

    def corner(self, place: int) -> tuple[float, float]:
        """Where the card at this place begins; the first one begins a sheet."""
        if place == 0:
            self.add_page()
        return self.corners[place]

    def header(self) -> None:
        """Hairlines where the sheet is cut: around it, and a small cross between cards."""
        if self.layout.per_page == 1:
            return
        xs, ys = self.layout.xs, self.layout.ys
        self.set_line_width(0.1)
        for x in xs:
            self.line(x, ys[0] - 2 - CUT_MARK, x, ys[0] - 2)
            self.line(x, ys[-1] + 2, x, ys[-1] + 2 + CUT_MARK)
        for y in ys:
            self.line(xs[0] - 2 - CUT_MARK, y, xs[0] - 2, y)
            self.line(xs[-1] + 2, y, xs[-1] + 2 + CUT_MARK, y)
        for x in xs[1:-1]:
            for y in ys[1:-1]:
                self.line(x - CUT_MARK / 4, y, x + CUT_MARK / 4, y)
                self.line(x, y - CUT_MARK / 4, x, y + CUT_MARK / 4)


class _CardDeck(Deck):
    def __init__(self, layout: Layout, title: str) -> None:
        super().__init__(layout, title)
        self._headings: dict[str, tuple[float, list[str]]] = {}

    def draw(self, face: CardFace, *, place: int) -> None:
        x, y = self.corner(place)
        self._heading(face.union_name, x + TEXT_LEFT, y)
        self.write_at("服务卡", 18, x + TEXT_LEFT, y + 24)
        self.write_at(f"编号 {face.serial}", 9, x + TEXT_LEFT, y + 32)
        self.write_at("请妥善保管，遗失请致电", 8, x + TEXT_LEFT, y + 41.5)
        self.write_at(face.hotline, 11, x + TEXT_LEFT, y + 47.5)
        self.stamp(Symbol.of(face.url), x + QR_LEFT, y + QR_TOP, QR_SIDE)

    def _heading(self, name: str, x: float, y: float) -> None:
        """The union's name: large on one line, or smaller on two."""
        if name not in self._headings:
            self._headings[name] = self._fitted(name)
        size, lines = self._headings[name]
        for line, baseline in zip(lines, (9.0,) if len(lines) == 1 else (6.5, 10.5), strict=True):
            self.write_at(line, size, x, y + baseline)

    def _fitted(self, name: str) -> tuple[float, list[str]]:
        width = self.width_of(name, 12)
        if width <= TEXT_WIDTH:
            return 12, [name]
        half = (len(name) + 1) // 2
        size = min(9.0, 12 * 2 * 0.95 * TEXT_WIDTH / width)
        return size, [name[:half], name[half:]]
