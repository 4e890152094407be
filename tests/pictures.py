"""Pictures for tests, drawn on the spot."""

import io

from PIL import Image


def make_jpeg(width: int = 800, height: int = 600, **save: object) -> bytes:
    return _picture("JPEG", width, height, **save)


def make_png(width: int = 800, height: int = 600) -> bytes:
    return _picture("PNG", width, height)


def _picture(format: str, width: int, height: int, **save: object) -> bytes:
    written = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(written, format, **save)
    return written.getvalue()
