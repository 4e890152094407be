"""QR symbols: level Q, because cards wear; for print as a bit mask, for screens as SVG or PNG."""

from dataclasses import dataclass
from functools import cached_property
from html import escape
from io import BytesIO

import zxingcpp
from PIL import Image

QUIET = 4  # modules of white around a symbol that the standard asks for
_DARK_TO_ONE = bytes([ord("1")]) + bytes([ord("0")]) * 255


@dataclass(frozen=True)
class Symbol:
    """The square of dark and light modules, without its quiet zone."""

    size: int
    pixels: bytes  # one byte a module, row by row: 0 is dark, 255 is light

    @classmethod
    def of(cls, text: str) -> "Symbol":
        code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="Q")
        image = code.to_image(scale=1, add_quiet_zones=False)
        return cls(size=image.shape[0], pixels=bytes(image))  # type: ignore[call-overload]

    def mask(self) -> bytes:
        """One bit a module, 1 is dark; each row begins on a new byte."""
        width = (self.size + 7) // 8
        return b"".join(
            int(row.ljust(width * 8, b"0"), 2).to_bytes(width, "big") for row in self._rows
        )

    def path(self) -> str:
        """The dark runs as an SVG path, moved in by the quiet zone."""
        return "".join(
            f"M{QUIET + start} {QUIET + y}h{length}v1h-{length}z"
            for y, row in enumerate(self._rows)
            for start, length in _runs(row)
        )

    @cached_property
    def _rows(self) -> list[bytes]:
        marks, size = self.pixels.translate(_DARK_TO_ONE), self.size
        return [marks[start : start + size] for start in range(0, size * size, size)]


def qr_svg(text: str, label: str) -> str:
    """The symbol for a page, on a white panel of its own so that dark mode cannot invert it."""
    symbol = Symbol.of(text)
    side = symbol.size + 2 * QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" role="img"'
        f' aria-label="{escape(label)}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/>'
        f'<path fill="#000" d="{symbol.path()}"/></svg>'
    )


def qr_png(text: str, module: int = 16) -> bytes:
    """The symbol as a picture to keep in the phone's album; ``module`` in pixels."""
    symbol = Symbol.of(text)
    side = symbol.size + 2 * QUIET
    picture = Image.new("L", (side, side), 255)
    picture.paste(Image.frombytes("L", (symbol.size, symbol.size), symbol.pixels), (QUIET, QUIET))
    file = BytesIO()
    picture.resize((side * module, side * module), Image.Resampling.NEAREST).save(file, "PNG")
    return file.getvalue()


def _runs(row: bytes) -> list[tuple[int, int]]:
    """Where each run of dark modules starts, and how long it is."""
    runs, start = [], row.find(b"1")
    while start >= 0:
        end = row.find(b"0", start)
        end = len(row) if end < 0 else end
        runs.append((start, end - start))
        start = row.find(b"1", end)
    return runs
