"""States: a table of transitions, one guarded UPDATE, and a constraint behind both."""

from collections.abc import Mapping, Set
from functools import cache
from typing import Any, ClassVar

from django.core import checks
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.core.db.compiled import CompiledUpdate, Param
from mashang.core.errors import WrongState
from mashang.core.models import Record


class Stateful(Record):
    """A record with a `state` column, an enumeration `State` and its table `TRANSITIONS`."""

    TRANSITIONS: ClassVar[Mapping[Any, Set[Any]]] = {}
    state: Any

    class Meta:
        abstract = True

    def transition_to(self, new: str, **also: Any) -> None:
        """Go to a new state, if this row still is where we think it is.

        One UPDATE … WHERE id AND state: of two people pressing at once one moves the row and the
        other gets WrongState. `also` sets further columns in the same statement.
        """
        if new not in self.TRANSITIONS[self.state]:
            raise self._wrong_state(self.state, new)
        if not _moved(self, {"state": new, **also}):
            raise self._wrong_state(_rows(self).values_list("state", flat=True).first(), new)
        for name, value in {"state": new, **also}.items():
            setattr(self, name, value)

    def _wrong_state(self, now: str | None, wanted: str) -> WrongState:
        labels = dict(self._meta.get_field("state").flatchoices)  # type: ignore[union-attr]
        label = _(labels.get(now, N_("已不存在")))
        words = _("这件事现在是“%(label)s”，不能这样办理；请刷新页面看最新情况")
        return WrongState(message=words % {"label": label}, state=str(now), wanted=str(wanted))

    @classmethod
    def check(cls, **kwargs: Any) -> list[checks.CheckMessage]:
        errors = super().check(**kwargs)
        states = set(getattr(cls, "State", ()))
        named = set(cls.TRANSITIONS).union(*cls.TRANSITIONS.values())
        if set(cls.TRANSITIONS) != states or not named <= states:
            errors.append(checks.Error("TRANSITIONS and State differ", obj=cls, id="core.E002"))
        return errors


def _moved(row: Stateful, columns: dict[str, Any]) -> bool:
    """The guarded UPDATE; compiled once for each set of columns, unless the database works them out."""
    if any(hasattr(value, "resolve_expression") for value in columns.values()):
        return bool(_rows(row).filter(state=row.state).update(**columns))
    move = _transition_of(type(row), tuple(sorted(columns)))
    return bool(move.update_rows(moved=row.pk, before=row.state, **columns))


@cache
def _transition_of(model: type[Stateful], columns: tuple[str, ...]) -> CompiledUpdate:
    everywhere: models.Manager[Any] = model._base_manager
    key, state = Param("moved", model._meta.pk), Param("before", everywhere.model.state.field)
    return CompiledUpdate(lambda: everywhere.filter(pk=key, state=state), *columns)


def _rows(row: Stateful) -> models.QuerySet[Any]:
    everywhere: models.Manager[Any] = type(row)._base_manager
    return everywhere.filter(pk=row.pk)


def state_check(name: str, *states: str) -> models.CheckConstraint:
    """The constraint that keeps any other word out of the column, whoever writes it.

    The words are spelled out because a `Meta` cannot see its model's `State`; `check` compares them.
    """
    return models.CheckConstraint(condition=models.Q(state__in=states), name=name)
