"""Any row of any table, for tests of the tables themselves: what is not given is made up."""

from collections.abc import Callable
from datetime import date
from itertools import count
from typing import Any
from uuid import uuid4

from django.db import models
from django.utils import timezone

from mashang.core.db.fields import SealedJSONField, SealedTextField
from mashang.core.models import DataKey
from mashang.core.privacy.keys import new_data_key

_numbers = count(1)

MADE_UP: list[tuple[type, Callable[[Any], Any]]] = [
    (SealedTextField, lambda field: "x"),
    (SealedJSONField, lambda field: {}),
    (models.JSONField, lambda field: {}),
    (models.UUIDField, lambda field: uuid4()),
    (models.DateTimeField, lambda field: timezone.now()),
    (models.DateField, lambda field: date(2026, 1, 1)),
    (models.BooleanField, lambda field: False),
    (models.IntegerField, lambda field: next(_numbers)),
    (models.BinaryField, lambda field: b"x"),
    (models.CharField, lambda field: f"{next(_numbers):x}"),
    (models.TextField, lambda field: "x"),
]


def any_row(model: type[models.Model], **given: Any) -> Any:
    """A new row; of what its table asks for and is not given, something that has never been."""
    if model is DataKey and not given:
        return new_data_key()
    made_up = {
        field.name: _value(field)
        for field in model._meta.concrete_fields
        if field.name not in given and _is_asked(field)
    }
    row = model(**made_up, **given)
    row.save(force_insert=True)
    return row


def _is_asked(field: Any) -> bool:
    if field.primary_key:
        return not field.has_default()
    return not field.null and not field.has_default() and not getattr(field, "auto_now", False)


def _value(field: Any) -> Any:
    if isinstance(field, models.ForeignKey):
        return any_row(field.related_model)
    if field.choices:
        return field.flatchoices[0][0]
    return next(make(field) for kind, make in MADE_UP if isinstance(field, kind))
