"""Sabotage: the house's settings, with a SQLite that says yes before the disk does."""

from mashang.config.settings import *  # noqa: F403 (the same settings, less one)
from mashang.config.settings import DATABASES

_options = DATABASES["default"]["OPTIONS"]
_options["init_command"] = _options["init_command"].replace(
    "synchronous=FULL", "synchronous=NORMAL"
)
