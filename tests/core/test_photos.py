"""照片 that real phones and scanners send: read rightly, or refused with a sentence that helps; never lost in silence."""

import io
import struct
import zlib

import pytest
from PIL import Image, ImageDraw, ImageStat

from mashang.core.privacy import photos, pixels
from mashang.core.privacy.photos import BadPhoto
from tests.pictures import make_jpeg, make_png

pytestmark = pytest.mark.once
LETTER = 40  # px, as the words of a phone's screen stand in its screenshot


def as_file(picture, form="PNG", **save):
    written = io.BytesIO()
    picture.save(written, form, **save)
    return written.getvalue()


def clean(data):
    return Image.open(io.BytesIO(photos.clean(data).data))


def refusal_of(data):
    with pytest.raises(BadPhoto) as refused:
        photos.clean(data)
    return str(refused.value)


# Grey in 16 bits -------------------------------------------------------------------------


def grey_16(width=300, height=200, ink=0x1000, ground=0xC000, byteorder=">"):
    """A PNG of colour type 0 and depth 16, as scanners write it: ink on light grey."""
    rows = b""
    for y in range(height):
        row = [ink if 80 <= x < 160 and 60 <= y < 120 else ground for x in range(width)]
        rows += b"\x00" + struct.pack(f"{byteorder}{width}H", *row)
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 16, 0, 0, 0, 0))]
    return png(chunks + [(b"IDAT", zlib.compress(rows)), (b"IEND", b"")])


def png(chunks):
    parts = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def test_grey_in_16_bits_keeps_its_ink_and_its_ground():
    seen = clean(grey_16()).convert("L")

    assert abs(seen.getpixel((20, 20)) - 0xC0) < 6
    assert abs(seen.getpixel((120, 90)) - 0x10) < 6


def test_a_page_in_8_bits_looks_the_same_in_16():
    eight = Image.linear_gradient("L").resize((400, 300))
    sixteen = eight.convert("I").point(lambda grey: grey * 257).convert("I;16")

    one, other = clean(as_file(eight)).convert("L"), clean(as_file(sixteen)).convert("L")

    assert all(
        abs(one.getpixel((200, y)) - other.getpixel((200, y))) < 4 for y in range(5, 300, 20)
    )


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_other_kind_of_png_keeps_black_and_white_apart(mode):
    page = Image.new("RGBA", (200, 200), "white")
    ImageDraw.Draw(page).rectangle((50, 50, 150, 150), fill="black")

    seen = clean(as_file(page.convert("RGB").convert(mode) if mode != "RGBA" else page)).convert(
        "L"
    )

    assert seen.getpixel((10, 10)) > 240 and seen.getpixel((100, 100)) < 15


# Long screenshots ------------------------------------------------------------------------


def screenshot(width, height):
    """Bars as wide as the strokes of letters, all the way down."""
    page = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(page)
    for y in range(0, height, LETTER):
        pen.rectangle((0, y, width, y + LETTER // 8), fill="black")
    return page


def contrast(picture):
    """How far the strokes in the middle stand out, 0 to 127."""
    middle = picture.convert("L").crop(
        (0, picture.height // 2, picture.width, picture.height // 2 + 400)
    )
    return ImageStat.Stat(middle).stddev[0]


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_screenshot_of_several_screens_stays_readable(form):
    seen = clean(as_file(screenshot(1080, 12_000), form))

    assert seen.size == (1080, 12_000)
    assert contrast(seen) > 60


def test_a_wider_one_is_made_as_wide_as_a_phone():
    seen = clean(as_file(screenshot(1440, 8000), "JPEG"))

    assert seen.size == (1080, 6000) and contrast(seen) > 30


def test_one_that_lies_on_its_side_is_kept_so_too():
    assert clean(as_file(screenshot(6000, 1080), "JPEG")).size == (6000, 1080)


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_one_that_would_not_be_readable_is_sent_back_with_advice_that_helps(form):
    words = refusal_of(as_file(screenshot(1080, 24_000), form))

    assert "分成几段" in words and "或者截图" not in words


@pytest.mark.parametrize(("width", "height"), [(1080, 2400), (3000, 4000), (4000, 1800)])
def test_an_ordinary_picture_is_made_as_small_as_before(width, height):
    assert max(clean(make_jpeg(width, height)).size) == pixels.LONGEST_SIDE


# Which file is this ----------------------------------------------------------------------


def box(major, *compatible):
    brands = major + b"\x00\x00\x00\x00" + b"".join(compatible)
    return struct.pack(">I", len(brands) + 8) + b"ftyp" + brands + b"\x00" * 64


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (box(b"heic", b"mif1", b"heic"), "HEIC"),
        (box(b"mif1", b"mif1", b"heic"), "HEIC"),
        (box(b"msf1", b"hevc"), "HEIC"),
        (box(b"avif", b"avif", b"mif1"), "AVIF"),
        (box(b"mif1", b"avif", b"miaf"), "AVIF"),
        (box(b"avis", b"msf1"), "AVIF"),
        (box(b"mp42", b"isom"), "视频"),
        (box(b"qt  "), "视频"),
        (box(b"isom", b"avc1"), "视频"),
    ],
)
def test_a_file_is_called_what_it_is_on_any_phone(data, word):
    words = refusal_of(data)

    assert word in words and "苹果" not in words
    assert ("截一张图" in words) == (word != "视频")


# Half a file -----------------------------------------------------------------------------


def with_packed(change):
    """A PNG whose packed pixels are changed; checksums and ends are right."""
    whole = make_png(400, 300)
    place, chunks = 8, []
    while place < len(whole):
        length = struct.unpack(">I", whole[place : place + 4])[0]
        name, data = whole[place + 4 : place + 8], whole[place + 8 : place + 8 + length]
        chunks.append((name, change(data) if name == b"IDAT" else data))
        place += length + 12
    return png(chunks)


@pytest.mark.parametrize(
    "data",
    [
        with_packed(lambda packed: packed[: len(packed) // 2]),
        with_packed(lambda packed: packed[:-20]),
        with_packed(lambda packed: zlib.compress(b"")[:-4]),
        make_png(400, 300)[:-40],
        make_png(400, 300)[: len(make_png(400, 300)) // 2],
        make_jpeg(1200, 900)[:-2000],
    ],
    ids=["half", "end missing", "nothing", "tail", "cut", "jpeg"],
)
def test_a_picture_that_breaks_off_is_not_taken_for_a_whole_one(data):
    assert "没有传完整" in refusal_of(data) or "打不开" in refusal_of(data)


@pytest.mark.parametrize("options", [{}, {"optimize": True}, {"compress_level": 0}])
def test_a_whole_one_is_taken_however_it_is_packed(options):
    assert clean(as_file(screenshot(600, 500), "PNG", **options)).size == (600, 500)
