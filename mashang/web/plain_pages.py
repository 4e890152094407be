"""素页: what is answered when the house itself may be broken. It needs no database, template, file or translation.

So both languages stand here, spelled out. Nothing in it comes from the request.
"""

import json
import secrets
import sys

import structlog
from django.http import HttpRequest, HttpResponse

from mashang.web.problem_json import PROBLEM

log = structlog.get_logger(__name__)

_PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>{title}</title>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{words}</p>
<p lang="en">{english}</p>
<p><a href="{home}">回到首页 <span lang="en">Home</span></a></p>
</main>
</body>
</html>
"""
_BROKEN = "对不起，这一页出了问题"
_BROKEN_WORDS = (
    "这不是您的操作有误。刚才这一步可能没有保存：请按返回键看一看，过几分钟再试一次。"
    "还是不行，请告诉工会或拨打 12351，报上这个编号：{number}"
)
_BROKEN_ENGLISH = (
    "Something went wrong on our side, and what you just did may not have been saved. "
    "Please go back, look, and try again in a few minutes. If it fails again, quote this number: {number}"
)


def server_error(request: HttpRequest) -> HttpResponse:
    """`handler500`: with a number to quote; the log has the same number beside what happened."""
    number = secrets.token_hex(4).upper()
    log.error("page.failed", number=number, route=_route(request), exc_info=sys.exc_info())
    told = {"code": "server_error", "number": number}
    words, english = _BROKEN_WORDS.format(number=number), _BROKEN_ENGLISH.format(number=number)
    return plain_answer(request, 500, _BROKEN, words, english, told)


def plain_answer(
    request: HttpRequest, status: int, title: str, words: str, english: str, told: dict[str, str]
) -> HttpResponse:
    """A page for people, JSON for programs; `told` are its code and what else a program should know."""
    if request.path.startswith("/api/"):
        problem = {"type": "about:blank", "title": title, "status": status, "detail": words, **told}
        body, kind = json.dumps(problem, ensure_ascii=False), PROBLEM
    else:
        home = "/desk/" if request.path.startswith("/desk/") else "/"
        body = _PAGE.format(title=title, words=words, english=english, home=home)
        kind = "text/html; charset=utf-8"
    response = HttpResponse(body, status=status, content_type=kind)
    response.headers["X-Refusal"] = told["code"]
    response.headers["Cache-Control"] = "no-store"
    if request.headers.get("HX-Request") == "true":  # a whole page in place of the fragment
        response.headers["HX-Retarget"] = "body"
        response.headers["HX-Reswap"] = "innerHTML"
    return response


def _route(request: HttpRequest) -> str:
    """Which address it was, without what stood in it: codes and keys are no matter for a log."""
    match = getattr(request, "resolver_match", None)
    return str(match.route) if match else ""
