"""照片: what a phone sends → a clean JPEG. Known by its content, never by its name.

Everything is bounded before it is decoded. A JPEG is decoded at a smaller scale already, so that a
40-megapixel photo costs no more than a small one; what cannot be scaled so has a cap in pixels.
The picture is written anew from its pixels: place, time and camera (EXIF) stay behind. Nobody keeps the
original, so what could no longer be read from the new one is refused in words, never made small in silence.
"""

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from PIL import Image, ImageOps, UnidentifiedImageError

from mashang.core.errors import Invalid

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 25_000_000  # for pictures that must be decoded whole
MOST_JPEG_PIXELS = 80_000_000  # decoded at a half, a quarter or an eighth
LONGEST_SIDE = 2000
LONG = 2.5  # a screenshot of several screens; one screen has less than 2.3
LONG_WIDTH, LONGEST_OF_LONG = 1080, 16_000  # kept at the width of a phone, up to some seven screens
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP")
_GREY_OF_16_BITS = ("I", "I;16", "I;16B", "I;16L", "I;16N")
_AVIF = {b"avif", b"avis"}
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
SHRINKING = ("JPEG", "MPO")  # MPO: several JPEGs in one, as some phones write; the first counts


_PNG = b"\x89PNG\r\n\x1a\n"
_HALF = N_("这张照片没有传完整，请重新选一次；还是这样的话，请在相册里打开它，截一张图再上传")


class BadPhoto(Invalid):
    code = "bad_photo"
    message = N_("这张照片打不开，请直接用手机拍照，或者在相册里截图以后再上传")

    def __init__(self, message: str = "") -> None:
        super().__init__(message=message or self.message)
        self.fields = {"photo": self.message}


@dataclass(frozen=True)
class Photo:
    """A clean JPEG."""

    data: bytes
    width: int
    height: int


def clean(data: bytes) -> Photo:
    """Decode within the caps and write anew. Raises BadPhoto with a sentence that says what to do."""
    check_size(len(data))
    _refuse_other_kinds(data)
    try:
        return _rewritten(data)
    except BadPhoto:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise BadPhoto(_too_many_pixels()) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as trouble:
        raise BadPhoto(_HALF if "truncated" in str(trouble) else "") from None


def check_size(size: int) -> None:
    if size > MOST_BYTES:
        words = _("这张照片太大了（超过 %(n)d MB），请在手机相机设置里把分辨率调小后重拍")
        raise BadPhoto(words % {"n": MOST_BYTES // 1024 // 1024})
    if size == 0:
        raise BadPhoto(N_("没有收到照片，请重新选择后再提交"))


def _refuse_other_kinds(data: bytes) -> None:
    """The kinds that people really send by mistake get a sentence of their own."""
    if b"%PDF-" in data[:1024]:
        raise BadPhoto(
            N_("这是 PDF 文件，不是照片（改名成 .jpg 也不行）；请打开它截图，或者把纸拍成照片")
        )
    if data[4:8] == b"ftyp":
        _refuse_container(data)
    if data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        raise BadPhoto(N_("这是文档或压缩包，不是照片；请把里面的内容拍成照片再上传"))


def _refuse_container(data: bytes) -> None:
    """ISO base media files say in their first box which of many kinds they are."""
    end = min(int.from_bytes(data[:4], "big"), 256)
    brands = {data[8:12], *(data[place : place + 4] for place in range(16, end, 4))}
    if brands & _AVIF:
        raise BadPhoto(
            N_("这是 AVIF 格式的图片，暂时打不开；请在相册里打开它，截一张图，再上传截图")
        )
    if brands & _HEIC:
        raise BadPhoto(
            N_(
                "这是 HEIC 格式的照片，暂时打不开；请在相册里打开它，截一张图，再上传截图。"
                "以后要直接拍照上传，请在手机的相机设置里关掉 HEIC（有的叫“高效”），改成 JPG（“兼容性最佳”）"
            )
        )
    raise BadPhoto(N_("这是视频，不是照片；请拍成照片再上传"))


def _refuse_half_a_file(data: bytes) -> None:
    """A PNG that breaks off is otherwise decoded as far as it goes, the rest grey."""
    if data.startswith(_PNG) and not _is_whole_png(data):
        raise BadPhoto(_HALF)


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


def _rewritten(data: bytes) -> Photo:
    with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
        _check_pixels(picture)
        _refuse_half_a_file(data)
        picture.draft("RGB", _fitting(*picture.size))
        upright = _in_8_bits(ImageOps.exif_transpose(picture))
        upright.thumbnail(_fitting(*upright.size))
        plain = _on_white(upright)
    written = io.BytesIO()
    plain.save(written, "JPEG", quality=QUALITY, optimize=True)
    return Photo(written.getvalue(), plain.width, plain.height)


def _check_pixels(picture: Image.Image) -> None:
    shrinks = picture.format in SHRINKING and not picture.info.get("progressive")
    most = MOST_JPEG_PIXELS if shrinks else MOST_PIXELS
    if _is_long(*picture.size) and not _stays_readable(*picture.size):
        raise BadPhoto(
            N_("这张长截图太长，缩小以后字会看不清；请分成几段截图，每段三四屏，再一张一张上传")
        )
    if picture.width * picture.height > most:
        raise BadPhoto(_too_many_pixels())
    if min(picture.size) < 50:
        raise BadPhoto(N_("这张照片太小，字看不清；请直接用手机拍照，或者在相册里截图以后再上传"))


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


def _too_many_pixels() -> str:
    return N_(
        "这张照片的像素太高，超出了能处理的范围；请在手机相机设置里把分辨率调小后重拍，或者截图后上传"
    )


def _on_white(picture: Image.Image) -> Image.Image:
    """Without transparency, which would turn black in a JPEG (signatures are drawn on nothing)."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layers = picture.convert("RGBA")
        white = Image.new("RGBA", layers.size, "white")
        return Image.alpha_composite(white, layers).convert("RGB")
    return picture.convert("RGB")
