"""Uploads: in memory, up to a cap, never in a temporary file."""

from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile
from django.test import RequestFactory

from mashang.web import uploads


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
