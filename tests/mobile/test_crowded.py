"""A full lane, a lost helper, too many photos: refused in words at the door, with a time to come again."""

import base64
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mashang.cases.models import Attachment
from mashang.core.heavy import passwords
from mashang.core.heavy.helper import HelperLost
from mashang.core.privacy import photos
from mashang.core.requests import rate_limits
from tests.builders import make_worker
from tests.cases.answers import begin
from tests.pictures import make_jpeg, make_png

pytestmark = pytest.mark.django_db
PAPERS = "/apply/papers/id_card/"


def full(lane):
    def run(*args, **kwargs):
        raise lane.full()

    return run


def lost(*args, **kwargs):
    raise HelperLost("EOFError")


def jpeg(data=None):
    return SimpleUploadedFile("photo.jpg", data or make_jpeg(), "image/jpeg")


def test_a_full_lane_takes_no_photo_and_says_when_to_come_again(
    branch_a, li, signed_in, monkeypatch
):
    begin(li, branch_a["own"])
    browser = signed_in(li)
    monkeypatch.setattr(photos.LANE, "run", full(photos.LANE))

    answer = browser.post(PAPERS, {"photo": jpeg()})

    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS and answer["Retry-After"] == "5"
    assert (
        "请过几秒再交一次" in answer.text and 'name="photo"' in answer.text
    )  # the page is still there
    assert not Attachment.objects.exists()
    monkeypatch.undo()
    assert browser.post(PAPERS, {"photo": jpeg()}).status_code == HTTPStatus.FOUND


def test_a_signature_that_was_drawn_is_not_lost_to_a_full_lane(
    branch_a, li, signed_in, monkeypatch
):
    begin(li, branch_a["own"])
    browser = signed_in(li)
    drawn = "data:image/png;base64," + base64.b64encode(make_png(300, 120)).decode()
    monkeypatch.setattr(photos.LANE, "run", full(photos.LANE))

    answer = browser.post("/apply/sign/", {"signature": drawn})

    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS and answer["Retry-After"] == "5"
    assert f'value="{drawn}"' in answer.text
    monkeypatch.undo()
    assert browser.post("/apply/sign/", {"signature": drawn}).status_code == HTTPStatus.FOUND
    assert Attachment.objects.get().kind == "signature"


def test_a_photo_that_kills_its_decoder_is_refused_in_the_form(
    branch_a, li, signed_in, monkeypatch
):
    begin(li, branch_a["own"])
    monkeypatch.setattr(photos.LANE, "run", lost)

    answer = signed_in(li).post(PAPERS, {"photo": jpeg()})

    assert answer.status_code == 422 and "没能处理完" in answer.content.decode()
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("run", [full(passwords.LANE), lost], ids=["full", "lost"])
def test_a_sign_in_that_finds_no_place_is_not_called_wrong(run, monkeypatch, settings):
    settings.PASSWORD_HASHERS = ["mashang.core.heavy.passwords.Argon2InLane"]
    monkeypatch.setattr(passwords.LANE, "run", run)
    form = {"username": "nobody", "password": "not a password", "second": "000000"}

    answer = Client().post("/desk/sign-in/", form)

    words = answer.content.decode()
    assert answer.status_code == HTTPStatus.TOO_MANY_REQUESTS
    assert int(answer["Retry-After"]) > 0
    assert "请过几秒再试一次" in words and "不对" not in words and "nobody" in words


def test_photos_of_codes_are_counted_for_each_account(signed_in, settings):
    settings.MASHANG_LIMITS = {"card-photos": 2, "photos": 1}  # a code is none to hand in
    one, other = signed_in(make_worker("甲")), signed_in(make_worker("乙"))

    for _ in range(4):  # what is no photo costs nothing and counts for nothing
        assert one.post("/scan/", {"photo": jpeg(b"%PDF-1.7")}).status_code == 422
    statuses = [one.post("/scan/", {"photo": jpeg()}).status_code for _ in range(2)]
    refused = one.post("/scan/", {"photo": jpeg()})

    assert statuses == [422] * 2
    assert refused.status_code == HTTPStatus.TOO_MANY_REQUESTS and int(refused["Retry-After"]) > 60
    assert other.post("/scan/", {"photo": jpeg()}).status_code == 422


def test_photos_of_codes_are_counted_for_each_network(signed_in, settings):
    settings.MASHANG_LIMITS = {"card-photos-network": 2}

    statuses = [
        signed_in(make_worker(name)).post("/scan/", {"photo": jpeg()}).status_code
        for name in ("甲", "乙", "丙")
    ]

    assert statuses == [422, 422, HTTPStatus.TOO_MANY_REQUESTS]


def test_photos_of_one_account_are_counted_whatever_they_show(branch_a, li, signed_in, settings):
    settings.MASHANG_LIMITS = {"photos": 1}
    begin(li, branch_a["own"])
    browser = signed_in(li)

    first = browser.post(PAPERS, {"photo": jpeg()})
    again = browser.post(PAPERS, {"photo": jpeg()})

    assert first.status_code == HTTPStatus.FOUND
    assert again.status_code == rate_limits.too_many(1).status and again["Retry-After"]
