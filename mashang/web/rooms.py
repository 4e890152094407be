"""房间入户: what each room brings to a door. A folder `<door>/<room>` with `urls.py` is enough: nothing
else is touched when a room is added.

Rooms stand in alphabetical order, and no address of one may be caught by another (tests/test_house.py).
"""

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from django.urls import URLPattern, URLResolver

Addresses = list[URLPattern | URLResolver]


def rooms_of(door: str) -> list[str]:
    """Names of the folders of a door that bring addresses."""
    folder = import_module(f"mashang.{door}").__path__
    packages = (entry.name for entry in iter_modules(folder) if entry.ispkg)
    return sorted(name for name in packages if find_spec(f"mashang.{door}.{name}.urls"))


def urls_of(door: str) -> list[ModuleType]:
    """The module `urls` of each room of a door."""
    return [import_module(f"mashang.{door}.{room}.urls") for room in rooms_of(door)]


def addresses(door: str) -> Addresses:
    """The addresses of all rooms of a door."""
    return [pattern for module in urls_of(door) for pattern in module.urlpatterns]


def menu(door: str, name: str) -> list[Any]:
    """What the rooms' `nav.py` list under this name, by rank."""
    modules = (
        import_module(f"mashang.{door}.{room}.nav")
        for room in rooms_of(door)
        if find_spec(f"mashang.{door}.{room}.nav")
    )
    items = (item for module in modules for item in getattr(module, name, ()))
    return sorted(items, key=lambda item: int(item.rank))
