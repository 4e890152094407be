"""Files that somebody might send in the place of a photo, made from a seed: name → bytes."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from PIL import Image
from PIL.PngImagePlugin import PngInfo

PAYLOAD = b"<script>alert(1)</script>"
Dice = random.Random


def files(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """So many files, of each kind in turn."""
    dice = Dice(seed)
    for number in range(count):
        make = KINDS[number % len(KINDS)]
        yield f"{make.__name__}-{number}", make(dice)


def _picture(dice: Dice, mode: str = "RGB") -> Image.Image:
    size = dice.randrange(60, 900), dice.randrange(60, 900)
    return Image.effect_noise(size, 60).convert(mode)


def _written(picture: Image.Image, kind: str, **save: object) -> bytes:
    held = io.BytesIO()
    picture.save(held, kind, **save)
    return held.getvalue()


def _some(dice: Dice) -> bytes:
    return _written(_picture(dice), dice.choice(("JPEG", "PNG", "WEBP")))


def truncated(dice: Dice) -> bytes:
    data = _some(dice)
    return data[: dice.randrange(1, len(data))]


def flipped(dice: Dice) -> bytes:
    data = bytearray(_some(dice))
    for _ in range(dice.randrange(1, 40)):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return bytes(data)


def png_bomb(dice: Dice) -> bytes:
    """A few kilobytes that unpack to hundreds of millions of pixels."""
    side = dice.choice((6_000, 12_000, 20_000, 30_000))
    rows = zlib.compressobj(9)
    row = b"\0" * (side // 8 + 1)
    packed = b"".join(rows.compress(row) for _ in range(side)) + rows.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return _png(("IHDR", head), ("IDAT", packed), ("IEND", b""))


def png_of_empty_promise(dice: Dice) -> bytes:
    head = struct.pack(">IIBBBBB", dice.randrange(2**31), dice.randrange(2**31), 8, 2, 0, 0, 0)
    return _png(("IHDR", head), ("IDAT", zlib.compress(b"\0" * 100)), ("IEND", b""))


def png_of_packed_text(dice: Dice) -> bytes:
    """A text chunk that unpacks to many megabytes."""
    info = PngInfo()
    info.add_text("Comment", "x" * dice.choice((200_000, 3_000_000)), zip=True)
    info.add_itxt("More", "y" * 100_000, zip=True)
    return _written(_picture(dice), "PNG", pnginfo=info)


def _png(*chunks: tuple[str, bytes]) -> bytes:
    body = b"".join(
        struct.pack(">I", len(data))
        + name.encode()
        + data
        + struct.pack(">I", zlib.crc32(name.encode() + data))
        for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def huge_jpeg(dice: Dice) -> bytes:
    """The header says 65,000 × 65,000; the pixels are a few."""
    data = bytearray(_written(_picture(dice), "JPEG", progressive=dice.random() < 0.5))
    place = max(data.find(b"\xff\xc0"), data.find(b"\xff\xc2"))
    data[place + 5 : place + 9] = struct.pack(">HH", 65_000, dice.choice((300, 9_000, 65_000)))
    return bytes(data)


def large_jpeg(dice: Dice) -> bytes:
    """Really large, as a new telephone takes it."""
    size = dice.choice(((8_000, 6_000), (4_000, 3_000)))
    return _written(Image.new("RGB", size, "gray"), "JPEG", progressive=dice.random() < 0.3)


def polyglot(dice: Dice) -> bytes:
    """A photo that is something else as well."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("run.js", PAYLOAD)
    tail = dice.choice((PAYLOAD, held.getvalue(), b"%!PS\n", b"#!/bin/sh\nid\n"))
    return _some(dice) + tail


def exif_of_all_kinds(dice: Dice) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = dice.choice((0, 3, 6, 8, 9, 255))  # orientation
    exif[0x010E] = PAYLOAD.decode() * dice.randrange(1, 200)
    exif[0x9286] = bytes(dice.randbytes(dice.randrange(1, 2000)))
    return _written(_picture(dice), "JPEG", exif=exif.tobytes())


def broken_exif(dice: Dice) -> bytes:
    exif = b"Exif\0\0" + dice.choice((b"MM\0*", b"II*\0", b"")) + dice.randbytes(200)
    return _written(_picture(dice), "JPEG", exif=exif)


def other_picture(dice: Dice) -> bytes:
    kind = dice.choice(("GIF", "BMP", "TIFF", "ICO", "PPM", "TGA", "PCX", "DDS", "JPEG2000"))
    return _written(_picture(dice, "RGB"), kind)


def odd_mode(dice: Dice) -> bytes:
    mode, kind = dice.choice((("CMYK", "JPEG"), ("L", "JPEG"), ("P", "PNG"), ("I;16", "PNG"), ("1", "PNG"), ("LA", "PNG"), ("RGBA", "WEBP")))  # fmt: skip
    return _written(_picture(dice, "L").convert(mode), kind)


def many_frames(dice: Dice) -> bytes:
    frames = [_picture(dice).resize((120, 120)) for _ in range(dice.randrange(2, 60))]
    kind = dice.choice(("WEBP", "PNG", "GIF"))
    return _written(frames[0], kind, save_all=True, append_images=frames[1:])


def vector(dice: Dice) -> bytes:
    entity = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    head = dice.choice(('<?xml version="1.0"?>', entity, ""))
    return f'{head}<svg xmlns="http://www.w3.org/2000/svg">{PAYLOAD.decode()}</svg>'.encode()


def pdf(dice: Dice) -> bytes:
    return b"\n" * dice.randrange(0, 900) + b"%PDF-1.7\n1 0 obj\n" + dice.randbytes(400) + b"%%EOF"


def zip_bomb(dice: Dice) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * dice.choice((1_000, 20_000_000)))
    return held.getvalue()


def apple_photo_or_film(dice: Dice) -> bytes:
    brand = dice.choice((b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"mp42", b"qt  "))
    return struct.pack(">I", 24) + b"ftyp" + brand + dice.randbytes(dice.randrange(0, 4_000))


def noise(dice: Dice) -> bytes:
    start = dice.choice((b"", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"RIFF\x10\0\0\0WEBPVP8 "))
    return start + dice.randbytes(dice.choice((0, 1, 7, 500, 50_000)))


def beyond_the_cap(dice: Dice) -> bytes:
    return b"\xff\xd8\xff" + bytes(20 * 1024 * 1024)


KINDS: list[Callable[[Dice], bytes]] = [
    truncated, flipped, polyglot, exif_of_all_kinds, broken_exif, other_picture, odd_mode,
    many_frames, vector, pdf, zip_bomb, apple_photo_or_film, noise, png_bomb, png_of_empty_promise,
    png_of_packed_text, huge_jpeg, large_jpeg, truncated, flipped, beyond_the_cap,
]  # fmt: skip
