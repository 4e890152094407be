"""表单: what a posted form is made of, and how a room's refusal is put into it."""

from collections.abc import Callable
from types import TracebackType
from typing import Any, Self, TypeVar

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest

from mashang.core.errors import DomainError, Invalid

Typed = TypeVar("Typed")
Read = TypeVar("Read")


def posted(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is made of: (data, files) of a POST, even an empty one; nothing for a GET."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def status_of(form: Form) -> int:
    """Of the page around a form: 422 when it comes back with something amiss."""
    return 422 if form.errors else 200


class refusals_in:
    """Do what a form says; where the room refuses, its sentence stands in the form and the view goes on.

    Inside stand the act, the words of success and the `return`; below, the page that draws the form
    again, so that nothing typed is lost:

        if form.is_valid():
            with refusals_in(form):
                actions.close(case, by=request.user, **form.cleaned_data)
                messages.success(request, _("已销档"))
                return redirect("desk:cases")
        return render(request, "desk/cases/close.html", {"form": form}, status=status_of(form))

    `field` takes the sentences that the form has no field for; without one they stand on top. Refusals
    of another kind than `only` go up to the door. `as refused` tells the refusal's own status, for the
    pages that answer with it.
    """

    def __init__(
        self, form: Form, field: str | None = None, *, only: type[DomainError] = DomainError
    ) -> None:
        self._form, self._field, self._only = form, field, only
        self.status = 422

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        refusal: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        if not isinstance(refusal, self._only):
            return False
        _explain(self._form, refusal, self._field)
        self.status = refusal.status
        return True


def _explain(form: Form, refusal: DomainError, field: str | None) -> None:
    """Beside the fields that the refusal names, else at `field` or on top."""
    fields = refusal.fields if isinstance(refusal, Invalid) else {}
    for name, words in fields.items():
        form.add_error(name if name in form.fields else field, words)
    if not fields:
        form.add_error(field, refusal.message)


def read_as(reader: Callable[[Typed], Read], typed: Typed) -> Read:
    """What was typed as a room reads it (`parse_yuan`, say); the room's sentence where it cannot."""
    try:
        return reader(typed)
    except Invalid as refusal:
        raise ValidationError(refusal.message) from None
