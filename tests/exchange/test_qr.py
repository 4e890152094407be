"""The code on a screen: large, dark on white whatever the theme, and without any style rule."""

from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageDraw

from mashang.exchange.qr import QUIET, Symbol, qr_png, qr_svg
from tests.exchange import paper

ADDRESS = "HTTPS://MA.EXAMPLE.CN/S/AJ3KIMPKWYIDTAK7G5EVMLJC3VXFC76S"
SVG = "{http://www.w3.org/2000/svg}"


def test_the_picture_for_the_album_is_read():
    picture = Image.open(BytesIO(qr_png(ADDRESS)))

    assert paper.codes_in(picture) == [ADDRESS]
    assert picture.width == (33 + 2 * QUIET) * 16


def test_the_drawing_for_the_page_is_read():
    assert paper.codes_in(drawn(qr_svg(ADDRESS, "我的服务码"))) == [ADDRESS]


def test_the_drawing_brings_its_own_white_panel_and_no_style():
    root = ElementTree.fromstring(qr_svg(ADDRESS, "我的服务码"))  # noqa: S314 (our own text)

    panel, symbol = root.findall(f"{SVG}path")
    assert panel.get("fill") == "#fff" and panel.get("d") == "M0 0h41v41h-41z"
    assert symbol.get("fill") == "#000"
    assert root.get("role") == "img" and root.get("aria-label") == "我的服务码"
    assert {"style", "class", "onload"}.isdisjoint(root.keys())


def test_a_label_cannot_break_out_of_its_attribute():
    root = ElementTree.fromstring(qr_svg(ADDRESS, '"><script>'))  # noqa: S314 (our own text)

    assert root.get("aria-label") == '"><script>'


def test_an_upper_case_address_fits_a_smaller_symbol_than_a_lower_case_one():
    assert Symbol.of(ADDRESS).size == 33  # version 4
    assert Symbol.of(ADDRESS.lower()).size == 37


def test_a_worn_symbol_is_still_read():
    """Level Q restores about a quarter of the code words."""
    picture = Image.open(BytesIO(qr_png(ADDRESS)))
    ImageDraw.Draw(picture).rectangle((260, 300, 420, 480), fill=255)

    assert paper.codes_in(picture) == [ADDRESS]


@pytest.mark.parametrize("text", ["A", ADDRESS, "https://ma.example.cn/" + "x" * 300])
def test_the_mask_for_print_holds_every_dark_module(text):
    symbol = Symbol.of(text)

    dark = sum(byte.bit_count() for byte in symbol.mask())

    assert dark == symbol.pixels.count(0)
    assert len(symbol.mask()) == symbol.size * ((symbol.size + 7) // 8)


def drawn(svg):
    """Paint the runs of the path, ten pixels a module."""
    root = ElementTree.fromstring(svg)  # noqa: S314 (our own text)
    side = int(root.get("viewBox").split()[2])
    picture = Image.new("L", (side * 10, side * 10), 255)
    pen = ImageDraw.Draw(picture)
    for run in root.findall(f"{SVG}path")[1].get("d").split("M")[1:]:
        x, rest = run.split(" ")
        y, length = rest.split("v")[0].split("h")
        left, top = int(x) * 10, int(y) * 10
        pen.rectangle((left, top, left + int(length) * 10 - 1, top + 9), fill=0)
    return picture
