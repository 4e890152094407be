"""`make proof`: every rig, each in a process of its own; the exit code is 1 if one of them fails."""

import subprocess
import sys
from pathlib import Path

HELPERS = {"__init__", "__main__", "report"}


def main() -> int:
    here = Path(__file__).parent
    rigs = sorted(path.stem for path in here.glob("*.py") if path.stem not in HELPERS)
    codes = [
        subprocess.run([sys.executable, "-m", f"proofs.{rig}", *sys.argv[1:]]).returncode  # noqa: S603
        for rig in rigs
    ]
    return 1 if any(codes) else 0


if __name__ == "__main__":
    sys.exit(main())
