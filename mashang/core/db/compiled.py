"""备好的语句: statements that are compiled once and then run again and again with other values.

Django builds and compiles the SQL of a queryset anew on every request; for the few statements behind
every scan and every press that costs more than the database's own work. A `CompiledQuery` is written as
a queryset like any other, with `Param`s where the values go, and gives back the same rows; a
`CompiledUpdate` sets columns of such a queryset; a `CompiledInsert` adds one row. PostgreSQL keeps
their plans too, so they are for statements that find their rows by a key, whoever asks.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connections, models, router, transaction
from django.db.models import Expression
from django.db.models.constants import OnConflict
from django.db.models.query import get_related_populators  # type: ignore[attr-defined]
from django.db.models.sql import InsertQuery, UpdateQuery

M = TypeVar("M", bound=models.Model)


class Param(Expression):
    """The place of a value that is known only when the statement runs; `field` says of what kind."""

    def __init__(self, name: str, field: "models.Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]

    def bound(self, values: dict[str, Any], connection: Any) -> Any:
        return self.output_field.get_db_prep_value(values[self.name], connection)


class _Column(Param):
    """The place of a value that is saved."""

    def bound(self, values: dict[str, Any], connection: Any) -> Any:
        value, field = values[self.name], self.output_field
        if isinstance(value, models.Model):
            value = value.prepare_database_save(field)
        return field.get_db_prep_save(value, connection)


@dataclass(frozen=True)
class _Statement:
    using: str
    sql: str
    params: tuple[Any, ...]

    def bound(self, values: dict[str, Any]) -> tuple[Any, ...]:
        connection = connections[self.using]
        return tuple(
            param.bound(values, connection) if isinstance(param, Param) else param
            for param in self.params
        )


@dataclass(frozen=True)
class _Rows:
    """How the database's rows become instances; what Django's own row maker works out each time."""

    statement: _Statement
    converters: dict[int, tuple[list[Any], Any]]
    model: type[models.Model]
    names: list[str]
    columns: slice
    related: list[Any]
    annotations: dict[str, int]

    def made(self, row: Any) -> Any:
        made = self.model.from_db(self.statement.using, self.names, row[self.columns])
        for each in self.related:
            each.populate(row, made)
        for name, position in self.annotations.items():
            setattr(made, name, row[position])
        return made

    def converted(self, row: Any, connection: Any) -> Any:
        row = list(row)
        for position, (converters, expression) in self.converters.items():
            for convert in converters:
                row[position] = convert(row[position], expression, connection)
        return row


class CompiledQuery(Generic[M]):
    """`CompiledQuery(lambda: Model.objects.filter(pk=Param("pk", UUIDField())))`, then `.first(pk=…)`.

    The scope is the queryset's own: state it (`opened`, `own`, …) where it is written. What
    `build` reads from its surroundings (a day, a setting) is read once; give it as a slot instead.
    """

    def __init__(self, build: Callable[[], models.QuerySet[M]]) -> None:
        self.build = build
        self._compiled: dict[str, _Rows] = {}
        self._model: type[M] | None = None

    def all(self, **values: Any) -> list[M]:
        """The rows for these values; one query."""
        rows = self._of_database()
        connection = connections[rows.statement.using]
        with _cursor(rows.statement.using) as cursor:
            cursor.execute(rows.statement.sql, rows.statement.bound(values))
            fetched = cursor.fetchall()
        if rows.converters:
            fetched = [rows.converted(row, connection) for row in fetched]
        return [rows.made(row) for row in fetched]

    def first(self, **values: Any) -> M | None:
        return next(iter(self.all(**values)), None)

    def _of_database(self) -> _Rows:
        using = router.db_for_read(self._model) if self._model else ""
        if using not in self._compiled:
            fresh = self._compile()
            using, self._model = fresh.statement.using, fresh.model  # type: ignore[assignment]
            self._compiled[using] = fresh
        return self._compiled[using]

    def _compile(self) -> _Rows:
        queryset = _guarded(self.build())
        compiler = queryset.query.get_compiler(using=queryset.db)
        sql, params = compiler.as_sql()
        select, info = compiler.select, compiler.klass_info
        positions = info["select_fields"]
        return _Rows(
            _Statement(compiler.using, sql, params),
            compiler.get_converters([column for column, *_ in select[: compiler.col_count]]),
            info["model"],
            [select[position][0].target.attname for position in positions],
            slice(positions[0], positions[-1] + 1),
            get_related_populators(info, select, compiler.using),
            compiler.annotation_col_map,
        )


class CompiledUpdate:
    """`CompiledUpdate(lambda: Model.objects.filter(pk=Param(…)), "state")`, then `.update_rows(pk=…, state=…)`.

    The values of the columns carry the columns' names; a `Param` of the queryset needs another.
    `always` are columns that are set the same way each time (`hits=F("hits") + 1`).
    """

    def __init__(
        self, build: Callable[[], models.QuerySet[Any]], *columns: str, **always: Any
    ) -> None:
        self.build, self.columns, self.always = build, columns, always
        self._compiled: dict[str, _Statement] = {}
        self._model: Any = None

    def update_rows(self, **values: Any) -> int:
        """How many rows were changed; one statement."""
        statement = self._of_database()
        using = statement.using
        with transaction.mark_for_rollback_on_error(using), _cursor(using) as cursor:
            cursor.execute(statement.sql, statement.bound(values))
            return int(cursor.rowcount)

    def _of_database(self) -> _Statement:
        using = router.db_for_write(self._model) if self._model else ""
        if using not in self._compiled:
            queryset = _guarded(self.build())
            self._model = queryset.model
            using = router.db_for_write(self._model)
            self._compiled[using] = self._compile(queryset, using)
        return self._compiled[using]

    def _compile(self, queryset: models.QuerySet[Any], using: str) -> _Statement:
        query: Any = queryset.query.chain(UpdateQuery)
        fields = {name: self._model._meta.get_field(name) for name in self.columns}
        columns = {name: _Column(name, field) for name, field in fields.items()}
        query.add_update_values(columns | self.always)
        return _Statement(using, *query.get_compiler(using=using).as_sql())


class CompiledInsert(Generic[M]):
    """`CompiledInsert(Model).insert_row(row)`: one INSERT, as `save(force_insert=True)` without signals.

    Not for models whose columns the database fills in (generated ones, defaults of its own).
    """

    def __init__(self, model: type[M], *, unless_there: bool = False) -> None:
        self.model = model
        self.on_conflict = OnConflict.IGNORE if unless_there else None
        self._compiled: dict[str, str] = {}

    def insert_row(self, row: M) -> bool:
        """Whether the row was added: with `unless_there`, one that breaks a unique rule is not."""
        using = router.db_for_write(self.model)
        if using not in self._compiled:
            self._compiled[using] = self._compile(using)
        with transaction.mark_for_rollback_on_error(using), _cursor(using) as cursor:
            cursor.execute(self._compiled[using], self._values(row, connections[using]))
            is_added = bool(cursor.rowcount)
        row._state.adding, row._state.db = not is_added, using
        return is_added

    def _values(self, row: M, connection: Any) -> list[Any]:
        return [
            field.get_db_prep_save(field.pre_save(row, add=True), connection)
            for field in self.model._meta.concrete_fields
        ]

    def _compile(self, using: str) -> str:
        query: Any = InsertQuery(self.model, on_conflict=self.on_conflict)
        query.insert_values(self.model._meta.concrete_fields, [self.model()])
        ((sql, _),) = query.get_compiler(using=using).as_sql()
        return str(sql)


def _guarded(queryset: models.QuerySet[M]) -> Any:
    """A scoped table that does not say whose rows it wants refuses, as it does everywhere."""
    guard = getattr(queryset, "_guard", None)
    if guard is not None:
        guard()
    return queryset


def _cursor(using: str) -> Any:
    connection: Any = connections[using]
    keeping_plans = getattr(connection, "cursor_that_keeps_plans", connection.cursor)
    return keeping_plans()
