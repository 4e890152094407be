"""Runs one module's `child()` in a process of its own and prints what it says and its peak memory."""

import importlib
import json
import sys

import django

from bench.harness import peak_megabytes


def main() -> None:
    django.setup()
    module, *arguments = sys.argv[1:]
    said = importlib.import_module(module).child(*arguments)
    print(json.dumps({"said": said, "peak_megabytes": peak_megabytes()}))


if __name__ == "__main__":
    main()
