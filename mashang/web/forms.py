"""表单: what a posted form is made of, and how a room's refusal is put into it."""

from collections.abc import Callable
from contextvars import ContextVar
from types import TracebackType
from typing import Any, Self, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from mashang.accounts.tickets import ComeAgain
from mashang.cases.form.sheets import sure_field
from mashang.core.errors import SURE, DomainError, Invalid, TooMany
from mashang.core.seen import ChangedMeanwhile
from mashang.core.typed import one_name, plain, read_day, squeezed
from mashang.web.own_words import speak

Typed = TypeVar("Typed")
Read = TypeVar("Read")


seconds_to_wait: ContextVar[int] = ContextVar("seconds_to_wait", default=0)  # told in a form


class Form(forms.Form):
    """Every form of the doors. What was typed is cleaned (`core.typed`) before anything counts or checks it,
    a day is read in every usual spelling, and a field says our own words.
    """

    def full_clean(self) -> None:
        if self.is_bound:
            self.data = self._cleaned_up()
        for field in self.fields.values():
            speak(field)
        super().full_clean()

    def _cleaned_up(self) -> Any:
        lists = dict(self.data.lists()) if isinstance(self.data, MultiValueDict) else None
        if lists is None:
            return {name: self._tidy(name, typed) for name, typed in (self.data or {}).items()}
        return MultiValueDict(
            {
                name: [self._tidy(name, typed) for typed in several]
                for name, several in lists.items()
            }
        )

    def _tidy(self, name: str, typed: Any) -> Any:
        field = self.fields.get(name.removeprefix(f"{self.prefix}-") if self.prefix else name)
        if not isinstance(typed, str) or isinstance(
            getattr(field, "widget", None), forms.PasswordInput
        ):
            return typed
        return _as_day(typed) if isinstance(field, forms.DateField) else plain(typed)


def _as_day(typed: str) -> str:
    """As the browser's own calendar spells it; what is no day is left for the field to refuse."""
    try:
        return read_day(typed).isoformat()
    except ValueError:
        return plain(typed)


class NumberField(forms.CharField):
    """Digits that people write with blanks, dashes, +86 or in full width: counted without them."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without `maxlength`: the browser would count the blanks."""
        return {
            name: value
            for name, value in super().widget_attrs(widget).items()
            if name != "maxlength"
        }

    def to_python(self, value: Any) -> str:
        return squeezed(super().to_python(value) or "")


class NameField(forms.CharField):
    """A person's name, in one spelling."""

    def to_python(self, value: Any) -> str:
        return one_name(super().to_python(value) or "")


def posted(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is made of: (data, files) of a POST, even an empty one; nothing for a GET."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def seen_in(request: HttpRequest) -> str:
    """The mark of what the page showed (`core.seen`); empty where a form brought none, which is refused."""
    return request.POST.get("seen", "")


def status_of(form: forms.BaseForm) -> int:
    """Of the page around a form: 422 when it comes back with something amiss."""
    return 422 if form.errors else 200


def is_sure(request: HttpRequest) -> bool:
    """Whether what was asked back (`AskedBack`) is said to be so."""
    return bool(request.POST.get(SURE))


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
    of another kind than `only` go up to the door, but for a wait, which loses nothing. `as refused` tells the refusal's own status, for the
    pages that answer with it; `refused.refusal` is the refusal itself.
    """

    def __init__(
        self,
        form: forms.BaseForm,
        field: str | None = None,
        *,
        only: type[DomainError] | tuple[type[DomainError], ...] = DomainError,
    ) -> None:
        self._form, self._field, self._only = form, field, only
        self.status = 422
        self.refusal: DomainError | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        refusal: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        if not isinstance(refusal, (self._only, TooMany)):
            return False
        if isinstance(refusal, TooMany):
            self._form.wait = refusal  # type: ignore[attr-defined]
            _note_wait(refusal)
        if not isinstance(refusal, ComeAgain):
            _explain(self._form, refusal, self._field)
        self.status, self.refusal = refusal.status, refusal
        return True


def caution(form: forms.BaseForm, sentences: dict[str, str]) -> None:
    """What is said kindly beside a field that may stay as it is (drawn by `parts/field_words.html`)."""
    for name, words in sentences.items():
        if name in form.fields:
            form.fields[name].caution = words  # type: ignore[attr-defined]


def words_for(field: str, refusal: Invalid | TooMany) -> str:
    """The sentence beside the one field of a form that is drawn from what is wrong."""
    if isinstance(refusal, TooMany):
        _note_wait(refusal)
        return refusal.message
    return refusal.fields.get(field, refusal.message)


def _note_wait(refusal: TooMany) -> None:
    """For the header of the answer (`web.error_responses`)."""
    seconds_to_wait.set(int(str(refusal.facts.get("retry_after", 60))))


def _explain(form: forms.BaseForm, refusal: DomainError, field: str | None) -> None:
    """Beside the fields that the refusal names, else at `field` or on top."""
    fields = refusal.fields if isinstance(refusal, Invalid) else {}
    if SURE in fields:
        form.fields[SURE] = sure_field()
    for name, words in fields.items():
        form.add_error(name if name in form.fields else field, words)
    if not fields:
        form.add_error(field, refusal.message)


def status_after(request: HttpRequest, form: forms.BaseForm, refused: refusals_in) -> int:
    """Of the page that stands there again, as things are now; who decided on an older one is told on top.

    On top, since the form itself may be gone from the page: the file is closed, the wish waits for somebody else.
    """
    if isinstance(refused.refusal, ChangedMeanwhile):
        messages.warning(request, _(refused.refusal.message))
        return refused.status
    return status_of(form)


def read_as(reader: Callable[[Typed], Read], typed: Typed) -> Read:
    """What was typed as a room reads it (`parse_yuan`, say); the room's sentence where it cannot."""
    try:
        return reader(typed)
    except Invalid as refusal:
        raise ValidationError(refusal.message) from None
