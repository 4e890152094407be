"""Columns of our own: sealed text, sealed JSON, words that others read, and the path of the tree."""

import copy
import json
import sqlite3
from typing import Any, Never, Self

import psycopg
from django.core import checks
from django.core.exceptions import FieldError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query_utils import DeferredAttribute

from mashang.core.models import DataKey
from mashang.core.privacy.keys import Unreadable, open_sealed, seal, unwrapped
from mashang.core.privacy.masks import VEIL
from mashang.core.visible import visible

FIND_BY_INDEX = "封存的内容不能用来查询，请查它的盲索引 (sealed: look it up by its blind index)"
SAVE_THE_ROW = "封存的内容只能随它那一行保存 (sealed: assign it and save the row)"


class Plain:
    """A value that was assigned and is not sealed yet. It stays in memory and refuses to travel."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __repr__(self) -> str:
        return VEIL

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce_ex__(self, protocol: object) -> Never:
        raise TypeError(SAVE_THE_ROW)


Held = bytes | Plain


class SealedBytes(bytes):
    """Ciphertext for its own row. Only the row's own save makes one."""


class Sealed(str):
    """What reading a sealed field gives: text that is the mask, whoever prints it.

    The plaintext comes out of `reveal()` only; the caller logs the reading (one field, one
    purpose, one row).
    """

    __slots__ = ("_field", "_held", "_row")

    _held: Held
    _field: "SealedField | None"
    _row: models.Model | None

    def __new__(
        cls, held: Held, field: "SealedField | None" = None, row: models.Model | None = None
    ) -> Self:
        sealed = super().__new__(cls, VEIL)
        sealed._held, sealed._field, sealed._row = held, field, row
        return sealed

    def reveal(self) -> Any:
        """The plaintext. Raises Gone if its key was destroyed, Unreadable for anything else."""
        if isinstance(self._held, Plain):
            return copy.deepcopy(self._held.value)
        if self._field is None or self._row is None:
            raise TypeError(
                "读取封存内容要经过它那一行 (sealed: read it from its row, not values())"
            )
        return self._field.decrypt(self._row, self._held)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and self._held == other._held

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self._held)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce_ex__(self, protocol: object) -> Never:
        raise TypeError("封存的内容不能装进缓存或文件 (sealed: cannot be pickled)")


def keep_masks_out() -> None:
    """A sealed value written to a plain column would store its mask: both drivers refuse it."""
    sqlite3.register_adapter(Sealed, _refuse_mask)
    psycopg.adapters.register_dumper(Sealed, _MaskDumper)


def _refuse_mask(sealed: Sealed) -> Never:
    raise TypeError(SAVE_THE_ROW)


class _MaskDumper(psycopg.adapt.Dumper):
    def dump(self, obj: Any) -> Never:
        _refuse_mask(obj)


class SealedAttribute(DeferredAttribute):
    """Turns what a row holds into `Sealed` on reading, and takes text or None on writing.

    The row's `__dict__` keeps ciphertext, so pickling a model leaks nothing.
    """

    field: "SealedField"

    def __get__(self, row: models.Model | None, cls: type | None = None) -> Any:
        if row is None:
            return self
        super().__get__(row, cls)  # a deferred column is fetched, and comes through __set__
        held = row.__dict__[self.field.attname]
        return None if held is None else Sealed(held, self.field, row)

    def __set__(self, row: models.Model, value: Any) -> None:
        row.__dict__[self.field.attname] = self._held(row, value)

    def _held(self, row: models.Model, value: Any) -> Held | None:
        if value is None:
            return None
        if not isinstance(value, Sealed):
            return Plain(self.field.checked(value))
        if value._row is not None and value._row.pk != row.pk:
            raise TypeError("封存的内容属于另一行，请先 reveal() 再赋值 (sealed for another row)")
        return value._held


class SealedField(models.BinaryField):
    """One value, sealed by the row's data key and bound to its place.

    The model names its key: `SEALED_BY = "data_key"`, or a dotted path such as
    `"household.data_key"`. Associated data: table | column | row id | key id | key version, so that
    ciphertext moved to another row, column or household does not open.
    """

    descriptor_class = SealedAttribute

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, self.descriptor_class(self))

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        errors: list[checks.CheckMessage] = [*super().check(**kwargs)]
        if not getattr(self.model, "SEALED_BY", None):
            errors.append(checks.Error("SEALED_BY names no data key", obj=self, id="core.E001"))
        if self.unique or self.has_default():
            errors.append(
                checks.Error(
                    "a sealed field is never unique or defaulted", obj=self, id="core.E003"
                )
            )
        return errors

    # sealing and opening

    def checked(self, value: Any) -> Any:
        """Refuses what this field cannot seal."""
        return value

    def to_bytes(self, value: Any) -> bytes:
        raise NotImplementedError

    def from_bytes(self, data: bytes) -> Any:
        raise NotImplementedError

    def seal(self, row: models.Model, value: Any) -> SealedBytes:
        key = self._key_of(row)
        place = self._place(row, key)
        return SealedBytes(seal(unwrapped(key), self.to_bytes(value), place, key.algorithm))

    def decrypt(self, row: models.Model, sealed: bytes) -> Any:
        key = self._key_of(row)
        data = open_sealed(unwrapped(key), sealed, self._place(row, key), key.algorithm)
        return self.from_bytes(data)

    def _key_of(self, row: models.Model) -> DataKey:
        value: Any = row
        for name in row.SEALED_BY.split("."):  # type: ignore[attr-defined]
            value = getattr(value, name)
        if not isinstance(value, DataKey):
            raise Unreadable
        return value

    def _place(self, row: models.Model, key: DataKey) -> bytes:
        table = self.model._meta.db_table
        return f"{table}|{self.column}|{row.pk}|{key.pk}|{key.version}".encode()

    # between Python and the database

    def to_python(self, value: Any) -> Any:
        return value

    def from_db_value(self, value: Any, *args: object) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def pre_save(self, row: models.Model, add: bool) -> SealedBytes | None:
        getattr(row, self.attname)  # a deferred column is fetched before it is written back
        held = row.__dict__[self.attname]
        if isinstance(held, Plain):
            held = row.__dict__[self.attname] = self.seal(row, held.value)
        return None if held is None else SealedBytes(held)

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        if value is not None and not isinstance(value, SealedBytes):
            raise FieldError(SAVE_THE_ROW)
        return super().get_db_prep_value(value, connection, prepared)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(FIND_BY_INDEX)

    def get_transform(self, lookup_name: str) -> Never:
        raise FieldError(FIND_BY_INDEX)

    def formfield(self, *args: Any, **kwargs: Any) -> None:
        return None


class SealedTextField(SealedField):
    """Text, sealed. Like a CharField, a row that says nothing starts with empty text."""

    def get_default(self) -> str | None:
        return None if self.null else ""

    def checked(self, value: Any) -> str:
        if not isinstance(value, str):
            raise TypeError(f"{self.name} seals text, not {type(value).__name__}")
        return value

    def to_bytes(self, value: str) -> bytes:
        return value.encode()

    def from_bytes(self, data: bytes) -> str:
        return data.decode()


class SealedJSONField(SealedField):
    """A dict or list, sealed. `reveal()` gives a copy: assign the changed value to store it."""

    def get_default(self) -> None:
        return None

    def checked(self, value: Any) -> Any:
        """What JSON cannot carry is refused here; the rest is kept as it will be read back."""
        return self.from_bytes(self.to_bytes(value))

    def to_bytes(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder).encode()

    def from_bytes(self, data: bytes) -> Any:
        return json.loads(data)


class VisibleCharField(models.CharField):
    """Words that others will read: kept without marks that nobody sees or that turn the order round.

    To the database it is a CharField like any other. The actions refuse what is wrong with the words;
    this is what is true of every row, whichever way it came in.
    """

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return visible(value) if isinstance(value, str) else value

    def pre_save(self, row: models.Model, add: bool) -> Any:
        value = super().pre_save(row, add)
        if isinstance(value, str):
            value = visible(value)
            setattr(row, self.attname, value)
        return value


class PathField(models.CharField):
    """A place in the tree, compared byte by byte, so that a half-open range is a subtree.

    PostgreSQL needs collation C for that; SQLite compares so anyway.
    """

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters
