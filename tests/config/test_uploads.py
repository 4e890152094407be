"""Uploads: in memory, up to a cap, never in a temporary file."""

import re

from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.test import RequestFactory

from mashang.core.heavy import passwords
from mashang.core.privacy import photos
from mashang.web import uploads
from tests.house import HOUSE


def received(*files: bytes) -> list[InMemoryUploadedFile]:
    photos = [SimpleUploadedFile(f"{n}.jpg", data) for n, data in enumerate(files)]
    return RequestFactory().post("/", {"photo": photos}).FILES.getlist("photo")


def test_a_large_photo_stays_in_memory() -> None:
    (photo,) = received(b"x" * 5_000_000)

    assert isinstance(photo, InMemoryUploadedFile) and not hasattr(photo, "temporary_file_path")
    assert photo.size == len(photo.read()) == 5_000_000


def test_beyond_the_cap_the_size_is_told_and_the_bytes_are_forgotten(monkeypatch) -> None:
    monkeypatch.setattr(uploads.InMemory, "room", 100_000)

    small, large = received(b"a" * 60_000, b"b" * 60_000)

    assert len(small.read()) == small.size == 60_000
    assert large.size == 60_000 and len(large.read()) < large.size


# The proxy of the document ----------------------------------------------------------------


def sample():
    return (HOUSE.parent / "docs/operating.md").read_text("utf-8")


def test_the_proxy_in_the_document_lets_the_largest_form_through(settings):
    """Else the proxy's own page, in English, answers before the house can say what to do."""
    megabytes = int(re.search(r"client_max_body_size (\d+)m;", sample())[1])

    whole_form = uploads.MOST_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    assert whole_form < megabytes << 20 <= whole_form + (2 << 20)


def test_the_proxy_in_the_document_waits_for_a_photo_as_long_as_the_house_does():
    seconds = int(re.search(r"proxy_read_timeout (\d+)s;", sample())[1])

    assert all(lane.wait + lane.at_most < seconds for lane in (photos.LANE, passwords.LANE))
