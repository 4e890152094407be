"""纸: what every printed page of ours can do: Chinese in one font, and QR codes in the page's own stream."""

from functools import cache
from typing import cast

from django.conf import settings
from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.fonts import TTFFont

from mashang.core.typed import plain
from mashang.exchange.qr import Symbol

NO_GLYPH = "〓"  # what Chinese printers set where a character is not in the fount


def lacking(*texts: str) -> str:
    """The characters that would be printed as 〓, each once: told before anything is printed."""
    glyphs = _glyphs_of(settings.MASHANG_CARD_FONT)
    letters = (letter for text in texts for letter in plain(text) if not letter.isspace())
    return "".join(dict.fromkeys(letter for letter in letters if ord(letter) not in glyphs))


@cache
def _glyphs_of(font: str) -> frozenset[int]:
    with TTFont(font, lazy=True) as opened:
        return frozenset(opened.getBestCmap())


class Paper(FPDF):
    """Pages of one size in mm, without automatic breaks. ``missing`` gathers characters without a glyph."""

    def __init__(self, size: tuple[float, float], title: str) -> None:
        super().__init__(unit="mm", format=size)
        self.missing: set[str] = set()
        self.set_auto_page_break(False)
        self.set_title(title)
        self.set_lang("zh-CN")
        self.add_font("card", fname=settings.MASHANG_CARD_FONT)
        self.set_font("card", size=9)
        self._glyphs = cast(TTFFont, self.fonts["card"]).cmap

    def write_at(self, text: str, size: float, x: float, y: float) -> None:
        """Text from x on the baseline y; joiners and selectors, which no paper shows, are left out."""
        text = plain(text)
        if size != self.font_size_pt:
            self.set_font_size(size)
        if not all(ord(letter) in self._glyphs for letter in text):
            text = self._without_missing(text)
        self.text(x, y, text)

    def width_of(self, text: str, size: float) -> float:
        """In mm."""
        self.set_font_size(size)
        return float(self.get_string_width(plain(text)))

    def stamp(self, symbol: Symbol, x: float, y: float, side: float) -> None:
        """The symbol inside the page's own stream: half the bytes of an image object each."""
        points, size = side * self.k, symbol.size
        left, bottom = x * self.k, self.h_pt - y * self.k - points
        place = f"q {points:.2f} 0 0 {points:.2f} {left:.2f} {bottom:.2f}"
        image = f"BI /IM true /D [1 0] /W {size} /H {size} /F /AHx ID {symbol.mask().hex()}> EI"
        self._out(f"{place} cm {image} Q")

    def _without_missing(self, text: str) -> str:
        lacking = {letter for letter in text if ord(letter) not in self._glyphs}
        self.missing |= lacking
        return "".join(NO_GLYPH if letter in lacking else letter for letter in text)
