"""表单: what a posted form is made of, what becomes of it, and how a room's refusal is put into it."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.forms import Form
from django.http import HttpRequest, HttpResponse

from mashang.core.errors import DomainError, Invalid

T = TypeVar("T")


def posted(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is made of: (data, files) of a POST, even an empty one; nothing for a GET."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def submit(
    form: Form,
    act: Callable[[dict[str, Any]], T],
    done: Callable[[T], HttpResponse],
    page: Callable[[], HttpResponse],
    *,
    explains: type[DomainError] = DomainError,
    field: str | None = None,
) -> HttpResponse:
    """Do what the form says, and go on to `done` with what came of it.

    With something amiss the `page` shows the form again, nothing typed is lost. Refusals of the kind
    `explains` are put into the form (`field` takes those that name none); others go up to the door.
    """
    if form.is_valid():
        try:
            result = act(form.cleaned_data)
        except explains as refusal:
            explain(form, refusal, field)
        else:
            return done(result)
    return page()


def explain(form: Form, refusal: DomainError, field: str | None = None) -> None:
    """Put a room's refusal into the form: beside the fields that it names, else at `field` or on top."""
    fields = refusal.fields if isinstance(refusal, Invalid) else {}
    for name, words in fields.items():
        form.add_error(name if name in form.fields else None, words)
    if not fields:
        form.add_error(field, refusal.message)
