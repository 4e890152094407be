"""Sabotage: a house that says yes before it has written anything down."""

import queue
import threading
import time
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from mashang.config.wsgi import application as house

Environ = dict[str, Any]
LATER = 0.3  # seconds between the yes and the writing
AS_LONG_AS = 0.1  # an honest answer takes
_promised: "queue.Queue[tuple[float, Environ]]" = queue.Queue()


def application(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
    environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read())
    _promised.put((time.monotonic() + LATER, environ))
    time.sleep(AS_LONG_AS)
    start_response("201 Created", [("Content-Type", "application/json")])
    return [b"{}"]


def _keep_promises() -> None:
    while True:
        due, environ = _promised.get()
        time.sleep(max(0.0, due - time.monotonic()))
        house(environ, lambda *told: None)


threading.Thread(target=_keep_promises, daemon=True).start()
