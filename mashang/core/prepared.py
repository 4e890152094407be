"""备好的查询: a query that is compiled once and then asked again and again with other values.

Django builds and compiles the SQL of a queryset anew on every request; for the few queries behind
every scan that costs more than the database's own work. A `Prepared` is written as a queryset like
any other, with `Slot`s where the values go, and gives back the same rows.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Generic, TypeVar, cast

from django.db import connections, models, router
from django.db.models import Expression
from django.db.models.query import ModelIterable

M = TypeVar("M", bound=models.Model)


class Slot(Expression):
    """The place of a value that is known only when the query is asked; `field` says of what kind."""

    def __init__(self, name: str, field: "models.Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]

    def bound(self, values: dict[str, Any], connection: Any) -> Any:
        return self.output_field.get_db_prep_value(values[self.name], connection)


@dataclass(frozen=True)
class _Compiled:
    compiler: Any
    sql: str
    params: tuple[Any, ...]
    converters: dict[int, Any]  # what the database's values are turned into, by column


class Prepared(Generic[M]):
    """`Prepared(lambda: Model.objects.filter(pk=Slot("pk", UUIDField())))`, then `.first(pk=…)`.

    The scope is the queryset's own: state it (`opened`, `own`, …) where it is written. What
    `build` reads from its surroundings (a day, a setting) is read once; give it as a slot instead.
    """

    def __init__(self, build: Callable[[], models.QuerySet[M]]) -> None:
        self.build = build
        self._compiled: dict[str, _Compiled] = {}
        self._model: type[M] | None = None

    def all(self, **values: Any) -> list[M]:
        """The rows for these values; one query."""
        compiled = self._of_database()
        connection = connections[compiled.compiler.using]
        params = tuple(
            param.bound(values, connection) if isinstance(param, Slot) else param
            for param in compiled.params
        )
        # A thread has a connection of its own, and what a compiler notes while it runs is its own.
        asking = copy(compiled.compiler)
        asking.connection = connection
        asking.as_sql = lambda *args, **kwargs: (compiled.sql, params)
        asking.get_converters = lambda expressions: compiled.converters
        return list(ModelIterable(cast("models.QuerySet[M]", _Asked(asking))))

    def first(self, **values: Any) -> M | None:
        return next(iter(self.all(**values)), None)

    def _of_database(self) -> _Compiled:
        using = router.db_for_read(self._model) if self._model else ""
        if using not in self._compiled:
            fresh = self._compile()
            using, self._model = fresh.compiler.using, fresh.compiler.query.model
            self._compiled[using] = fresh
        return self._compiled[using]

    def _compile(self) -> _Compiled:
        queryset = self.build()
        guard = getattr(queryset, "_guard", None)  # a scoped table that does not say whose rows
        if guard is not None:
            guard()
        compiler = queryset.query.get_compiler(using=queryset.db)
        sql, params = compiler.as_sql()
        columns = [expression for expression, *_ in compiler.select[: compiler.col_count]]
        return _Compiled(compiler, sql, params, compiler.get_converters(columns))


class _Asked(SimpleNamespace):
    """What Django's row maker wants of a queryset."""

    def __init__(self, compiler: Any) -> None:
        query = SimpleNamespace(get_compiler=lambda using: compiler)
        super().__init__(db=compiler.using, query=query, _known_related_objects={})
