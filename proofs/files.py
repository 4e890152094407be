"""Hostile files in the place of photos: none brings the house down, and none comes through as it was.

Each file is read in a process of its own, whose processor time and largest memory the system tells. What is
taken must be a new JPEG of ours: small, without EXIF, without what hung behind the picture. Control:
the same files opened as a picture library opens them by itself.
"""

import io
import os
import resource
import sys
import traceback
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import django
from PIL import Image, ImageFile

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mashang.config.settings")
django.setup()  # its refusals are words, and it counts by whom

from mashang.core.privacy import photos, pixels  # noqa: E402
from proofs.report import Figure, progress, run  # noqa: E402
from proofs.rigs import hostile  # noqa: E402

SEED = 20261123
MOST_SECONDS, MOST_MEGABYTES = 10, 256
TAKEN, REFUSED, FAILED = 0, 3, 4
STOP_AT = 2 * 1024**3  # of address space, so that the control cannot take the machine with it
EVERY = 4  # so many files for each one that the control opens; no kind is left out


@dataclass(frozen=True)
class Read:
    outcome: int | None  # None: the process was killed
    seconds: float
    megabytes: float

    @property
    def holds(self) -> bool:
        fits = self.seconds <= MOST_SECONDS and self.megabytes <= MOST_MEGABYTES
        return fits and self.outcome in (TAKEN, REFUSED)


def ours(data: bytes) -> int:
    try:
        photo = photos.clean(data)
    except photos.BadPhoto:
        return REFUSED
    return TAKEN if _is_clean(photo.data) else FAILED


def _is_clean(data: bytes) -> bool:
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        small = max(picture.size) <= pixels.LONGEST_SIDE
        return (
            picture.format == "JPEG"
            and small
            and not picture.getexif()
            and hostile.PAYLOAD not in data
            and data.endswith(b"\xff\xd9")
        )


def by_itself(data: bytes) -> int:
    """Opened whole, kept as it came."""
    Image.MAX_IMAGE_PIXELS = None
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    with Image.open(io.BytesIO(data)) as picture:
        picture.convert("RGB")
    return TAKEN if _is_clean(data) else FAILED


def read(how: Callable[[bytes], int], data: bytes) -> Read:
    """In a child; a forked one starts in a moment and begins with our memory."""
    child = os.fork()
    if child == 0:
        os._exit(_outcome(how, data))
    _, status, used = os.wait4(child, 0)
    outcome = os.waitstatus_to_exitcode(status)
    seconds = used.ru_utime + used.ru_stime
    return Read(outcome if outcome >= 0 else None, seconds, used.ru_maxrss / 1024)


def _outcome(how: Callable[[bytes], int], data: bytes) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (STOP_AT, STOP_AT))
    resource.setrlimit(resource.RLIMIT_CPU, (3 * MOST_SECONDS, 3 * MOST_SECONDS))
    warnings.simplefilter("ignore")
    try:
        return how(data)
    except MemoryError:
        return 5
    except Exception:
        if how is ours:
            traceback.print_exc()
        return 6


def prove(rows: int) -> Sequence[Figure]:
    found, control = [], []
    for number, (name, data) in enumerate(hostile.files(rows, SEED), start=1):
        found.append(read(ours, data))
        if number % EVERY == 0:
            control.append(read(by_itself, data))
        if not found[-1].holds:
            print(f"{name}: {found[-1]}", file=sys.stderr)
        if number % 100 == 0:
            progress(number, rows, "files")
    return [_all_hold(rows, found, control), _most(found, control)]


def _all_hold(rows: int, found: list[Read], control: list[Read]) -> Figure:
    bad = sum(not one.holds for one in found)
    taken = sum(one.outcome == TAKEN for one in found)
    loose = sum(not one.holds for one in control)
    return Figure(
        goal=f"{rows} hostile files: a clean photo or a sentence",
        found=f"{bad} failed; {taken} taken, {rows - taken - bad} refused",
        control=f"{loose} of {len(control)} came through or crashed",
        holds=not bad and loose > 0,
    )


def _most(found: list[Read], control: list[Read]) -> Figure:
    return Figure(
        goal=f"each within {MOST_SECONDS} s and {MOST_MEGABYTES} MB",
        found=_largest(found),
        control=_largest(control),
        holds=all(one.holds for one in found),
    )


def _largest(reads: list[Read]) -> str:
    seconds, megabytes = max(r.seconds for r in reads), max(r.megabytes for r in reads)
    return f"at most {seconds:.1f} s, {megabytes:.0f} MB"


if __name__ == "__main__":
    sys.exit(run("files", prove, rows=525))
