"""The house's database and keys, and nothing else: what the skeletons run on."""

from mashang.config.settings import *  # noqa: F403 (the same settings, less the rooms)

MIDDLEWARE: list[str] = []
ROOT_URLCONF = "bench.skeletons"
