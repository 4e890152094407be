"""The environment as the settings read it: by names that are remembered, so that any other name is seen."""

import os
from pathlib import Path
from typing import Any

import environ

ASKED: set[str] = set()
FILES = Path(
    "/etc"
)  # where docs/operating.md keeps the settings: mashang.env, or mashang/PROVINCE.env


class Environment(environ.Env):
    def get_value(self, var: str, *args: Any, **kwargs: Any) -> Any:
        ASKED.add(var)
        return super().get_value(var, *args, **kwargs)


def unread_file(folder: Path = FILES) -> Path | None:
    """A file of settings on this machine, while MASHANG_ENV is not set: nobody has read it, and a demo would open."""
    if "MASHANG_ENV" in os.environ:
        return None
    found = [folder / "mashang.env", *sorted(folder.glob("mashang/*.env"))]
    return next((path for path in found if path.exists()), None)
