"""Dictionaries on the hub, everything else in the province: only where there are several."""

from typing import Any

from django.db.models import Model

from mashang.core.provinces import current_province

HUB = "hub"
PROVINCE = "default"
DICTIONARIES = frozenset({"reference", "contenttypes", "auth"})


class ProvinceRouter:
    """Sends a model to its side of the house; refuses where the province is not known."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        if model._meta.app_label in DICTIONARIES:
            return HUB
        current_province()
        return PROVINCE

    db_for_write = db_for_read

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        return _is_dictionary(one) == _is_dictionary(other)

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return (db == HUB) == (app_label in DICTIONARIES)


def _is_dictionary(row: Model) -> bool:
    return row._meta.app_label in DICTIONARIES
