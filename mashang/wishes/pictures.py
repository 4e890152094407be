"""A code in a picture leads past the text check: QR codes and their kin are looked for and refused.

The bar code of a shop (EAN) names an article and nobody's account; it may stay. The round codes of
WeChat's mini programs are read by WeChat alone: those are left to the two people who moderate.
"""

from collections.abc import Iterator
from io import BytesIO

import zxingcpp
from PIL import Image, ImageOps

from mashang.core.privacy import photos
from mashang.core.privacy.photos import Photo
from mashang.wishes.refusals import PictureShowsCode

_FORMATS = zxingcpp.BarcodeFormats(
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


def clean(data: bytes) -> Photo:
    """A photo for this room. Raises BadPhoto, or PictureShowsCode."""
    photo = photos.clean(data)
    if has_code(photo.data):
        raise PictureShowsCode
    return photo


def has_code(picture: bytes) -> bool:
    """Whether a clean picture (see `core.privacy.photos`) shows a code that a phone could scan."""
    with Image.open(BytesIO(picture)) as image:
        grey = image.convert("L")
    return any(_read(version) for version in _versions(grey))


def _read(grey: Image.Image) -> bool:
    return bool(zxingcpp.read_barcodes(grey, formats=_FORMATS))


def _versions(grey: Image.Image) -> Iterator[Image.Image]:
    """As it is, with its contrast drawn out, and enlarged if it is small."""
    yield grey
    strong = ImageOps.autocontrast(grey, cutoff=2)
    yield strong
    if max(grey.size) < _SMALL:
        yield strong.resize((grey.width * 2, grey.height * 2), Image.Resampling.BICUBIC)
