"""Takes the addresses of sponsors out of a fresh package-lock.json.

    python scripts/without_addresses.py package-lock.json

The lock names packages and hashes; an address in it would bypass a site's own mirror.
"""

import json
import sys
from pathlib import Path


def main(lock: Path) -> None:
    content = json.loads(lock.read_text("utf-8"))
    for package in content["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    lock.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
