"""Uploads stay in memory, up to a cap: a photograph of a paper never lies open in a temporary file."""

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES = 48 * 1024 * 1024  # of all files of one form; a single photo has its own, smaller cap


class InMemory(FileUploadHandler):
    """Takes one file after the other into memory; what is beyond the cap is read and forgotten.

    Then a file holds fewer bytes than its `size` says, and the door says that it is too much.
    """

    room = MOST_BYTES

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.held = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if len(raw_data) <= self.room:
            self.held.write(raw_data)
            self.room -= len(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.held.seek(0)
        return InMemoryUploadedFile(
            file=self.held,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
