"""演示图片: papers that say what they stand for, and a signature in a few strokes. No real paper."""

import io
from functools import cache
from random import Random

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from mashang.cases.form.papers import KINDS

PAPER = (480, 640)
SIGNATURE = (400, 160)


@cache
def paper(kind: str) -> bytes:
    """A sheet with the name of the paper and 样本 across it, as a phone would send it."""
    sheet = Image.new("RGB", PAPER, "#faf8f2")
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((20, 20, PAPER[0] - 20, PAPER[1] - 20), outline="#b9b2a0", width=2)
    draw.text((PAPER[0] / 2, 80), KINDS[kind], "#333333", _font(28), anchor="mm")
    _draw_lines(draw, Random(kind))  # noqa: S311 - a drawing
    draw.text((PAPER[0] / 2, 370), "样 本", "#c8553d", _font(100), anchor="mm")
    draw.text((PAPER[0] / 2, 600), "演示数据，不是真实证件", "#777777", _font(20), anchor="mm")
    return _jpeg(sheet)


@cache
def signature(serial: int) -> bytes:
    """A few strokes of a pen, one of twelve hands."""
    dice = Random(f"hand {serial % 12}")  # noqa: S311 - a drawing
    sheet = Image.new("RGB", SIGNATURE, "white")
    draw = ImageDraw.Draw(sheet)
    for left in (45, 160, 275):
        for _ in range(4):
            points = [(left + dice.randint(0, 85), 25 + dice.randint(0, 110)) for _ in range(3)]
            draw.line(points, fill="#1a1a2e", width=dice.randint(3, 5), joint="curve")
    return _jpeg(sheet)


def _draw_lines(draw: ImageDraw.ImageDraw, dice: Random) -> None:
    for top in range(150, 550, 40):
        draw.line((60, top, 60 + dice.randint(170, 360), top), fill="#d8d2c2", width=4)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(settings.MASHANG_CARD_FONT, size)


def _jpeg(sheet: Image.Image) -> bytes:
    written = io.BytesIO()
    sheet.save(written, "JPEG", quality=70)
    return written.getvalue()
