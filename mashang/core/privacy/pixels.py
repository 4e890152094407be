"""像素: what the helper of the lane for photos does; it knows neither settings nor rooms (`heavy.helper`).

Everything is bounded before it is decoded. A JPEG is decoded at a smaller scale already, so that a
40-megapixel photo costs no more than a small one; what cannot be scaled so has a cap in pixels.
The picture is written anew from its pixels: place, time and camera (EXIF) stay behind. Nobody keeps the
original, so what could no longer be read from the new one is refused in words, never made small in silence.
"""

import io
import zlib
from collections.abc import Iterator
from typing import Any

import zxingcpp
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 25_000_000  # for pictures that must be decoded whole
MOST_JPEG_PIXELS = 80_000_000  # decoded at a half, a quarter or an eighth
LONGEST_SIDE = 2000
LONG = 2.5  # a screenshot of several screens; one screen has less than 2.3
LONG_WIDTH, LONGEST_OF_LONG = 1080, 16_000  # kept at the width of a phone, up to some seven screens
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP")
SHRINKING = ("JPEG", "MPO")  # MPO: several JPEGs in one, as some phones write; the first counts
_GREY_OF_16_BITS = ("I", "I;16", "I;16B", "I;16L", "I;16N")
_PNG = b"\x89PNG\r\n\x1a\n"
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
# The bar code of a shop (EAN) names an article and nobody's account; it may stay.
_CODES = zxingcpp.BarcodeFormats(
    [
        zxingcpp.BarcodeFormat.QRCode,
        zxingcpp.BarcodeFormat.MicroQRCode,
        zxingcpp.BarcodeFormat.RMQRCode,
        zxingcpp.BarcodeFormat.DataMatrix,
        zxingcpp.BarcodeFormat.Aztec,
        zxingcpp.BarcodeFormat.PDF417,
    ]
)
_SMALL = 1500  # a picture with a shorter longest side is also looked at enlarged


class Unreadable(Exception):
    """Why: half, pixels, long or small, or nothing that is known. The sentences are in `photos`."""


def read(facts: dict[str, Any], data: bytes) -> tuple[dict[str, Any], bytes]:
    """A clean JPEG with its size, and what was asked for beside it (`ask`, names of `ASIDE`); or `refused`."""
    try:
        clean, width, height = rewritten(data)
    except Unreadable as refusal:
        return {"refused": str(refusal)}, b""
    told = {ask: ASIDE[ask](clean) for ask in facts["ask"]}
    return {"width": width, "height": height, **told}, clean


def rewritten(data: bytes) -> tuple[bytes, int, int]:
    """The clean JPEG, its width and height. Raises Unreadable."""
    try:
        return _rewritten(data)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Unreadable("pixels") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as trouble:
        raise Unreadable("half" if "truncated" in str(trouble) else "") from None


def _rewritten(data: bytes) -> tuple[bytes, int, int]:
    with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
        _check_pixels(picture)
        _refuse_half_a_file(data)
        picture.draft("RGB", _fitting(*picture.size))
        upright = _in_8_bits(ImageOps.exif_transpose(picture))
        upright.thumbnail(_fitting(*upright.size))
        plain = _on_white(upright)
    written = io.BytesIO()
    plain.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue(), plain.width, plain.height


def _check_pixels(picture: Image.Image) -> None:
    shrinks = picture.format in SHRINKING and not picture.info.get("progressive")
    most = MOST_JPEG_PIXELS if shrinks else MOST_PIXELS
    if _is_long(*picture.size) and not _stays_readable(*picture.size):
        raise Unreadable("long")
    if picture.width * picture.height > most:
        raise Unreadable("pixels")
    if min(picture.size) < 50:
        raise Unreadable("small")


def _is_long(width: int, height: int) -> bool:
    return max(width, height) >= LONG * min(width, height)


def _stays_readable(width: int, height: int) -> bool:
    """Whether a long one can be kept at its width."""
    return max(_fitting(width, height)) <= LONGEST_OF_LONG and width * height <= MOST_PIXELS


def _fitting(width: int, height: int) -> tuple[int, int]:
    """The size to which it is made smaller: by its longest side, a long screenshot by its width."""
    by_width = LONG_WIDTH / min(width, height)
    scale = min(1.0, by_width if _is_long(width, height) else LONGEST_SIDE / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _in_8_bits(picture: Image.Image) -> Image.Image:
    """Scanners write grey in 16 bits: taken as it stands, everything above 255 of 65,535 turns white."""
    if picture.mode not in _GREY_OF_16_BITS:
        return picture
    return picture.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")


def _on_white(picture: Image.Image) -> Image.Image:
    """Without transparency, which would turn black in a JPEG (signatures are drawn on nothing)."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layers = picture.convert("RGBA")
        white = Image.new("RGBA", layers.size, "white")
        return Image.alpha_composite(white, layers).convert("RGB")
    return picture.convert("RGB")


def _refuse_half_a_file(data: bytes) -> None:
    """A PNG that breaks off is otherwise decoded as far as it goes, the rest grey."""
    if data.startswith(_PNG) and not _is_whole_png(data):
        raise Unreadable("half")


def _is_whole_png(data: bytes) -> bool:
    """Whether the packed pixels reach their end. Unpacked in pieces and only counted."""
    unpacked, pixels = zlib.decompressobj(), 0
    try:
        for packed in _pieces_of_png(data):
            while packed and not unpacked.eof:
                pixels += len(unpacked.decompress(packed, 1 << 20))
                packed = unpacked.unconsumed_tail
                if pixels > 8 * MOST_PIXELS:  # more than any that is taken: refused for its size
                    return True
    except zlib.error:
        return False
    return unpacked.eof


def _pieces_of_png(data: bytes) -> Iterator[bytes]:
    place = len(_PNG)
    while place + 8 <= len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        if data[place + 4 : place + 8] == b"IDAT":
            yield data[place + 8 : place + 8 + length]
        place += length + 12


# What a clean picture shows --------------------------------------------------------------


def qr_text(picture: bytes) -> str:
    """The text of the first QR code; empty if there is none."""
    with Image.open(io.BytesIO(picture)) as image:
        found = zxingcpp.read_barcodes(image.convert("L"), formats=_QR)
    return found[0].text if found else ""


def shows_code(picture: bytes) -> bool:
    """Whether it shows a code that a phone could scan."""
    with Image.open(io.BytesIO(picture)) as image:
        grey = image.convert("L")
    return any(zxingcpp.read_barcodes(version, formats=_CODES) for version in _versions(grey))


def _versions(grey: Image.Image) -> Iterator[Image.Image]:
    """As it is, with its contrast drawn out, and enlarged if it is small."""
    yield grey
    strong = ImageOps.autocontrast(grey, cutoff=2)
    yield strong
    if max(grey.size) < _SMALL:
        yield strong.resize((grey.width * 2, grey.height * 2), Image.Resampling.BICUBIC)


def likeness(picture: bytes) -> str:
    """图像指纹 (difference hash): 64 bits in hex, one for each step between neighbours of a 9 × 8 grid."""
    with Image.open(io.BytesIO(picture)) as image:
        grid = image.convert("L").resize((9, 8), Image.Resampling.LANCZOS).tobytes()
    bits = "".join(
        "1" if grid[row * 9 + column] < grid[row * 9 + column + 1] else "0"
        for row in range(8)
        for column in range(8)
    )
    return f"{int(bits, 2):016x}"


ASIDE = {"qr_text": qr_text, "shows_code": shows_code, "likeness": likeness}
JOBS = {"read": read}
