"""The limits: a bare Django view that says hello, and one that only runs the SQL of a real page.

The SQL is what the house itself asked (see `bench.recorded`), with literal values; each INSERT gets a
fresh key. Nothing is looked at, sealed, checked or drawn.
"""

import json
import os
import re

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.bare_settings"

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from uuid_utils import uuid7

_KEY = re.compile(r"(?<=VALUES \(')[0-9a-f-]{32,36}(?=')")
_PAGES: dict[str, list[str]] = json.loads(os.environ.get("BENCH_RECORDED", "{}"))


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello", headers={"Content-Length": "5"})


def replay(request: HttpRequest, page: str) -> HttpResponse:
    with connection.cursor() as cursor:
        for statement in _PAGES[page]:
            cursor.execute(_KEY.sub(_fresh_key, statement, count=1))
    return HttpResponse("done", headers={"Content-Length": "4"})


def _fresh_key(old: re.Match[str]) -> str:
    key = str(uuid7())
    return key if "-" in old[0] else key.replace("-", "")


urlpatterns = [path("hello", hello), path("replay/<str:page>", replay)]
application = get_wsgi_application()
