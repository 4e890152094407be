"""物品照片: re-encoded, sealed, and found when it is used twice."""

import io

import pytest
from PIL import Image, ImageEnhance

from mashang.core.errors import Invalid, Missing
from mashang.core.privacy import store
from mashang.core.privacy.photos import BadPhoto
from mashang.wishes.actions import goods_photos
from mashang.wishes.models import GoodsPhoto
from mashang.wishes.refusals import PhotoUsedTwice
from tests.builders import make_worker
from tests.crowd import press_at_once
from tests.wishes.deliveries import claimed

pytestmark = pytest.mark.django_db


def picture(seed=1, side=400):
    noise = Image.frombytes("L", (12, 9), bytes((seed * n * n + 37 * n) % 256 for n in range(108)))
    return noise.resize((side, side * 3 // 4), Image.Resampling.BICUBIC)


def jpeg(image, **also):
    written = io.BytesIO()
    image.convert("RGB").save(written, "JPEG", **also)
    return written.getvalue()


@pytest.fixture
def claim(branch_a):
    return claimed(branch_a)


@pytest.fixture
def next_claim(branch_a, claim):
    return claimed(branch_a, claim.giver)


def test_a_photo_is_kept_sealed_and_without_what_the_camera_wrote(claim):
    exif = Image.Exif()
    exif[0x010F] = "CAMERA-MARK"
    kept = goods_photos.add(claim, data=jpeg(picture(), exif=exif), by=claim.giver)

    plain = store.read(kept.blob, kept.data_key)
    assert plain.startswith(b"\xff\xd8") and b"CAMERA-MARK" not in plain
    assert plain not in store._path(kept.blob).read_bytes()


def test_giver_and_union_add_photos_and_strangers_do_not(claim, chen, lu):
    goods_photos.add(claim, data=jpeg(picture(2)), by=chen)

    for nobody in (make_worker("路人"), lu, claim.wish.holder.user):
        with pytest.raises(Missing):
            goods_photos.add(claim, data=jpeg(picture(3)), by=nobody)


def test_what_is_no_photo_gets_a_sentence(claim):
    with pytest.raises(BadPhoto):
        goods_photos.add(claim, data=b"%PDF-1.7", by=claim.giver)


def test_one_photo_proves_one_gift(claim, next_claim):
    first = goods_photos.add(claim, data=jpeg(picture()), by=claim.giver)

    assert goods_photos.add(claim, data=jpeg(picture()), by=claim.giver) == first
    with pytest.raises(PhotoUsedTwice):
        goods_photos.add(next_claim, data=jpeg(picture()), by=claim.giver)


@pytest.mark.parametrize(
    "altered",
    [
        lambda image: image.resize((300, 225)),
        lambda image: ImageEnhance.Brightness(image).enhance(1.15),
        lambda image: image.crop((4, 3, 396, 297)),
    ],
    ids=["smaller", "brighter", "trimmed"],
)
def test_a_photo_that_was_altered_a_little_is_pointed_out(claim, next_claim, altered):
    first = goods_photos.add(claim, data=jpeg(picture()), by=claim.giver)

    again = goods_photos.add(next_claim, data=jpeg(altered(picture()), quality=60), by=claim.giver)

    assert again.resembles == first


def test_another_thing_is_not_pointed_out(claim, next_claim):
    goods_photos.add(claim, data=jpeg(picture(1)), by=claim.giver)

    assert goods_photos.add(next_claim, data=jpeg(picture(5)), by=claim.giver).resembles is None


def test_there_is_an_end_to_photos(claim):
    for seed in range(1, goods_photos.MOST + 1):
        goods_photos.add(claim, data=jpeg(picture(seed * 3)), by=claim.giver)

    with pytest.raises(Invalid):
        goods_photos.add(claim, data=jpeg(picture(100)), by=claim.giver)


@pytest.mark.django_db(transaction=True)
def test_the_same_photo_for_two_gifts_at_once_counts_for_one(claim, next_claim):
    photo = jpeg(picture())
    answers = press_at_once(
        [lambda: goods_photos.add(claim, data=photo, by=claim.giver)]
        + [lambda: goods_photos.add(next_claim, data=photo, by=claim.giver)]
    )

    assert GoodsPhoto.objects.count() == 1
    assert sum(isinstance(answer, PhotoUsedTwice) for answer in answers) == 1
