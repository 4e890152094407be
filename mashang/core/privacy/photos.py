"""照片: what a phone sends → a clean JPEG. Known by its content, never by its name.

Everything is bounded before it is decoded. A JPEG is decoded at a smaller scale already, so that a
40-megapixel photo costs no more than a small one; what cannot be scaled so has a cap in pixels.
The picture is written anew from its pixels: place, time and camera (EXIF) stay behind.
"""

import io
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_
from PIL import Image, ImageOps, UnidentifiedImageError

from mashang.core.errors import Invalid

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 25_000_000  # for pictures that must be decoded whole
MOST_JPEG_PIXELS = 80_000_000  # decoded at a half, a quarter or an eighth
LONGEST_SIDE = 2000
QUALITY = 82
FORMATS = ("JPEG", "PNG", "WEBP")
SHRINKING = ("JPEG", "MPO")  # MPO: several JPEGs in one, as some phones write; the first counts


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
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise BadPhoto from None


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
    if data[4:8] == b"ftyp" and data[8:11] in (b"hei", b"hev", b"mif", b"msf"):
        raise BadPhoto(
            N_("这是苹果手机的 HEIC 照片，暂时打不开；请在“设置→相机→格式”里选“兼容性最佳”后重拍")
        )
    if data[4:8] == b"ftyp":
        raise BadPhoto(N_("这是视频，不是照片；请拍成照片再上传"))
    if data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        raise BadPhoto(N_("这是文档或压缩包，不是照片；请把里面的内容拍成照片再上传"))


def _rewritten(data: bytes) -> Photo:
    with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
        _check_pixels(picture)
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        plain = _on_white(upright)
    written = io.BytesIO()
    plain.save(written, "JPEG", quality=QUALITY, optimize=True)
    return Photo(written.getvalue(), plain.width, plain.height)


def _check_pixels(picture: Image.Image) -> None:
    shrinks = picture.format in SHRINKING and not picture.info.get("progressive")
    most = MOST_JPEG_PIXELS if shrinks else MOST_PIXELS
    if picture.width * picture.height > most:
        raise BadPhoto(_too_many_pixels())
    if min(picture.size) < 50:
        raise BadPhoto(N_("这张照片太小，字看不清；请直接用手机拍照，或者在相册里截图以后再上传"))


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
