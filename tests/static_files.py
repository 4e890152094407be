"""Every new client of a test makes the middleware anew; the static files are looked for by the first alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from whitenoise.middleware import WhiteNoiseMiddleware

look_for = WhiteNoiseMiddleware.add_files_from_finders


@contextmanager
def found_once() -> Iterator[None]:
    found: dict[str, Any] = {}

    def reuse(middleware: WhiteNoiseMiddleware) -> None:
        if not found:
            look_for(middleware)
            found.update(middleware.files)
        middleware.files.update(found)

    with patch.object(WhiteNoiseMiddleware, "add_files_from_finders", reuse):
        yield
