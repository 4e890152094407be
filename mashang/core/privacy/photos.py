"""照片: what a phone sends → a clean JPEG. Known by its content, never by its name.

Its kind and size are looked at here; it is opened by the helper of a lane (`core.heavy`, `pixels`), so
that no page waits for it, and what it might do to a decoder is done to a process that holds nothing.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.core.errors import Invalid
from mashang.core.heavy.helper import HelperLost
from mashang.core.heavy.lane import Lane
from mashang.core.requests.limits import TEN_MINUTES, Limit

MOST_BYTES = 20 * 1024 * 1024
SENT = Limit("photos", "photos sent by one account; an application takes 120", 300, TEN_MINUTES)
_AVIF = {b"avif", b"avis"}
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
_LOST = N_(
    "这张照片没能处理完，没有收下；请再交一次，还是不行的话，请在相册里打开它，截一张图再上传"
)
_WORDS = {  # for what the helper found
    "half": N_("这张照片没有传完整，请重新选一次；还是这样的话，请在相册里打开它，截一张图再上传"),
    "pixels": N_(
        "这张照片的像素太高，超出了能处理的范围；请在手机相机设置里把分辨率调小后重拍，或者截图后上传"
    ),
    "long": N_("这张长截图太长，缩小以后字会看不清；请分成几段截图，每段三四屏，再一张一张上传"),
    "small": N_("这张照片太小，字看不清；请直接用手机拍照，或者在相册里截图以后再上传"),
}
LANE = Lane(
    "photos",
    "mashang.core.privacy.pixels",
    wait=20,
    at_most=30,
    crowded=N_("现在交照片的人多，这一张还没有收下；请过几秒再交一次"),
    memory=1024,
)


class BadPhoto(Invalid):
    code = "bad_photo"
    message = N_("这张照片打不开，请直接用手机拍照，或者在相册里截图以后再上传")

    def __init__(self, message: str = "") -> None:
        super().__init__(message=message or self.message)
        self.fields = {"photo": self.message}


@dataclass(frozen=True)
class Photo:
    """A clean JPEG. The last three are known only where they were asked for."""

    data: bytes
    width: int
    height: int
    qr_text: str = ""
    shows_code: bool = False
    likeness: str = ""


def take(data: bytes, *ask: str, by: UUID) -> Photo:
    """`clean`, for an account: what is a photo at all is counted for whoever sent it. Raises TooMany too."""
    check_kind(data)
    SENT.count(by)
    return clean(data, *ask)


def clean(data: bytes, *ask: str) -> Photo:
    """Decode within the caps and write anew; `ask` names what else is wanted (`pixels.ASIDE`).

    Raises BadPhoto with a sentence that says what to do, and Crowded. Done before the act's transaction.
    """
    check_kind(data)
    try:
        told, picture = LANE.run("read", {"ask": ask}, data)
    except HelperLost:
        raise BadPhoto(_LOST) from None
    if "refused" in told:
        raise BadPhoto(_WORDS.get(told["refused"], ""))
    return _photo(picture, told)


def _photo(picture: bytes, told: dict[str, Any]) -> Photo:
    """Each part as what it must be: the helper has held a stranger's file."""
    return Photo(
        picture,
        width=int(told["width"]),
        height=int(told["height"]),
        qr_text=str(told.get("qr_text", "")),
        shows_code=bool(told.get("shows_code", False)),
        likeness=str(told.get("likeness", ""))[:16],
    )


def check_size(size: int) -> None:
    if size > MOST_BYTES:
        words = _("这张照片太大了（超过 %(n)d MB），请在手机相机设置里把分辨率调小后重拍")
        raise BadPhoto(words % {"n": MOST_BYTES // 1024 // 1024})
    if size == 0:
        raise BadPhoto(N_("没有收到照片，请重新选择后再提交"))


def check_kind(data: bytes) -> None:
    """What can be told without opening it. The kinds that people really send by mistake get a sentence of their own."""
    check_size(len(data))
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
