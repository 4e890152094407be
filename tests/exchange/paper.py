"""Looks at a printed PDF as an eye and a camera do: words and codes, by readers not our own."""

from collections.abc import Iterator

import pypdfium2
from PIL import Image
from pyzbar import pyzbar

DOTS_A_POINT = 200 / 72


def words(pdf: pypdfium2.PdfDocument) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pdf)


def picture(page: pypdfium2.PdfPage, crop: tuple[float, float, float, float]) -> Image.Image:
    """The page at 200 dpi; ``crop`` cuts points off left, bottom, right, top."""
    return page.render(scale=DOTS_A_POINT, crop=crop, grayscale=True).to_pil()


def codes_in(image: Image.Image) -> list[str]:
    """What zbar reads in a picture; ours are written by zxing."""
    found = pyzbar.decode(image, symbols=[pyzbar.ZBarSymbol.QRCODE])
    return [code.data.decode() for code in found]


def every_tenth_code(pdf: pypdfium2.PdfDocument) -> Iterator[list[str]]:
    """The first of the ten cards of each A4 sheet, cut out and read."""
    for page in pdf:
        width, height = page.get_size()
        yield codes_in(picture(page, crop=(0, height * 0.77, width / 2, 0)))
