"""照片里的码：转了、缩了、反了色、盖了一角，都要看得出来."""

import io

import pytest
import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from mashang.core.privacy.pixels import shows_code
from mashang.wishes.actions import goods_photos
from mashang.wishes.models import GoodsPhoto
from mashang.wishes.refusals import PictureShowsCode
from tests.pictures import make_jpeg, make_png
from tests.wishes.deliveries import claimed

SCENE = (1200, 900)


def drawn(kind: str, text: str = "https://example.com/u/lihua", scale: int = 6) -> Image.Image:
    code = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, kind))
    return Image.fromarray(code.to_image(scale=scale, add_quiet_zones=True)).convert("L")


def photo(code: Image.Image, place: tuple[int, int] = (300, 200)) -> Image.Image:
    """The code on a table with some light and shade."""
    scene = Image.linear_gradient("L").resize(SCENE).point(lambda grey: 90 + grey // 2)
    scene.paste(code, place)
    return scene


def jpeg(picture: Image.Image, quality: int = 80) -> bytes:
    written = io.BytesIO()
    picture.convert("RGB").save(written, "JPEG", quality=quality)
    return written.getvalue()


@pytest.mark.parametrize("kind", ["QRCode", "DataMatrix", "Aztec", "PDF417"])
def test_a_code_that_a_phone_could_scan_is_found(kind):
    assert shows_code(jpeg(photo(drawn(kind))))


@pytest.mark.parametrize(
    "hide",
    [
        lambda code: code.rotate(90, expand=True),
        lambda code: code.rotate(33, expand=True, fillcolor=255),
        ImageOps.invert,
        ImageOps.mirror,
        lambda code: code.filter(ImageFilter.GaussianBlur(2)),
        lambda code: code.point(lambda grey: 150 + grey // 5),
        lambda code: code.resize((90, 90)),
        lambda code: code.resize((260, 190)),
    ],
    ids=["turned", "aslant", "inverted", "mirrored", "blurred", "pale", "small", "squashed"],
)
def test_a_code_is_found_however_it_lies(hide):
    assert shows_code(jpeg(photo(hide(drawn("QRCode")))))


@pytest.mark.parametrize("corner", [(10, 10), (1090, 10), (10, 790), (1090, 790)])
def test_a_small_code_in_a_corner_is_found(corner):
    assert shows_code(jpeg(photo(drawn("QRCode").resize((90, 90)), corner)))


def test_a_code_with_something_over_its_corner_is_found():
    code = drawn("QRCode")
    code.paste(120, (code.width - 45, code.height - 45, code.width, code.height))

    assert shows_code(jpeg(photo(code)))


def test_pictures_without_a_code_pass():
    assert not shows_code(make_jpeg())
    assert not shows_code(make_png())
    assert not shows_code(jpeg(Image.effect_noise(SCENE, 80)))


def test_the_bar_code_of_an_article_may_stay():
    assert not shows_code(jpeg(photo(drawn("EAN13", "6901234567892"))))


@pytest.mark.django_db
def test_a_goods_photo_with_a_code_is_refused_with_what_to_do(branch_a):
    claim = claimed(branch_a)

    with pytest.raises(PictureShowsCode) as refused:
        goods_photos.add(claim, data=jpeg(photo(drawn("QRCode"))), by=claim.giver)

    assert "遮住" in refused.value.fields["photo"]
    assert not GoodsPhoto.objects.of_claim(claim).exists()
