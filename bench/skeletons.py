"""The limits: a bare Django view that says hello, and one that only runs the SQL of a real page.

The SQL is what the house itself asked (see `bench.recorded`), with literal values; each INSERT gets a
fresh key. Nothing is looked at, sealed, checked or drawn.
"""

import json
import os
import re
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.bare_settings"

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from uuid_utils import uuid7

_KEY = re.compile(r"(?<=VALUES \(')[0-9a-f-]{32,36}(?=')")
_PAGES: dict[str, list[str]] = json.loads(os.environ.get("BENCH_RECORDED", "{}"))
_ACT = json.loads(Path(os.environ["BENCH_ACT"]).read_text()) if "BENCH_ACT" in os.environ else {}
_INSERTED = {key for statement in _ACT.get("statements", ()) for key in _KEY.findall(statement)}
_LITERALS = re.compile("|".join([*_INSERTED, *_ACT.get("values", [[]])[0]]))


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello", headers={"Content-Length": "5"})


def replay(request: HttpRequest, page: str) -> HttpResponse:
    with connection.cursor() as cursor:
        for statement in _PAGES[page]:
            cursor.execute(_KEY.sub(_fresh_key, statement, count=1))
    return HttpResponse("done", headers={"Content-Length": "4"})


def act(request: HttpRequest, number: int) -> HttpResponse:
    """Does once more what was recorded, for other people and things."""
    fresh = {old: _like(old, str(uuid7())) for old in _INSERTED}
    fresh |= dict(zip(_ACT["values"][0], _ACT["values"][number], strict=True))
    with connection.cursor() as cursor:
        for statement in _ACT["statements"]:
            cursor.execute(_LITERALS.sub(lambda found: fresh[found[0]], statement))
    return HttpResponse("done", headers={"Content-Length": "4"})


def _like(old: str, key: str) -> str:
    return key if "-" in old else key.replace("-", "")


def _fresh_key(old: re.Match[str]) -> str:
    return _like(old[0], str(uuid7()))


urlpatterns = [
    path("hello", hello),
    path("replay/<str:page>", replay),
    path("act/<int:number>", act),
]
application = get_wsgi_application()
