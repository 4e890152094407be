"""How a refusal looks at this door: a toast for a swap, a page otherwise. The code is in a header."""

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mashang.core.errors import DomainError, Invalid


def refuse(request: HttpRequest, refusal: DomainError) -> HttpResponse:
    """The refusal's sentence with its status; `X-Refusal` carries the code for programs."""
    is_swap = request.headers.get("HX-Request") == "true"
    template = "mobile/_toast.html" if is_swap else "mobile/refusal.html"
    response = render(request, template, {"refusal": refusal}, status=refusal.status)
    response.headers["X-Refusal"] = refusal.code
    response.headers["Cache-Control"] = "no-store"
    if is_swap:
        response.headers["HX-Retarget"] = "#toast"
        response.headers["HX-Reswap"] = "innerHTML"
    if retry_after := refusal.facts.get("retry_after"):
        response.headers["Retry-After"] = str(retry_after)
    return response


def explain(form: Form, refusal: DomainError) -> None:
    """Put a room's refusal into the form: beside the fields that it names, else on top."""
    fields = refusal.fields if isinstance(refusal, Invalid) else {}
    if not fields:
        form.add_error(None, refusal.message)
    for name, words in fields.items():
        form.add_error(name if name in form.fields else None, words)
