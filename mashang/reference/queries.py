"""What the dictionaries say on a given day."""

from datetime import date

from django.db.models import QuerySet

from mashang.reference.models import LivingStandard, Region

# Codes that only group others in GB/T 2260; nobody says them in an address.
UNSPOKEN = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
DEEPEST = 5  # province, city, county, town, village


def usual_parent(code: str) -> str:
    """The parent that the code itself names: 450126001 → 450126 → 450100 → 450000 → ''."""
    if len(code) > 6:
        return code[: len(code) - 3]
    if code.endswith("0000"):
        return ""
    return code[:2] + "0000" if code.endswith("00") else code[:4] + "00"


def usual_line(code: str) -> list[str]:
    """The code and its ancestors, nearest first, as the digits tell it."""
    line = []
    while code:
        line.append(code)
        code = usual_parent(code)
    return line


def region(code: str, on: date) -> Region | None:
    """The region under that code on that day; None when the code was not in force."""
    return Region.objects.on(on).filter(code=code).order_by("-valid_from").first()


def children(code: str, on: date) -> QuerySet[Region]:
    """The regions right below a code on that day; below '' are the provinces."""
    return Region.objects.on(on).filter(parent_code=code).order_by("code")


def lineage(code: str, on: date | None = None) -> list[Region]:
    """The region and its ancestors, outermost first, as they were on that day.

    Without a day: as they are now, or as they last were if the code has ended, so that an old file
    still says 南宁市横县 after the county became 横州市. One query, and a further one for each
    parent that the digits do not name.
    """
    versions = _versions(usual_line(code))
    line: list[Region] = []
    while code and len(line) < DEEPEST:
        row = _in_force(versions.get(code) or _versions([code]).get(code, []), on)
        if row is None:
            break
        on = on or row.valid_to
        line.insert(0, row)
        code = row.parent_code
    return line


def history(code: str) -> list[Region]:
    """Every row of this code, the latest first."""
    return list(Region.objects.filter(code=code).order_by("-valid_from"))


def full_name(code: str, on: date | None = None) -> str:
    """广西壮族自治区南宁市横县; '' for a code that nobody knows."""
    return "".join(row.name for row in lineage(code, on) if row.name not in UNSPOKEN)


def present_code(code: str, on: date) -> str:
    """The code under which that place is governed on that day: 450127 横县 → 450181 横州市.

    A code that is in force, or that nobody knows, stays as it is.
    """
    seen: set[str] = set()
    while code not in seen:
        seen.add(code)
        begun = [row for row in _versions([code]).get(code, []) if row.valid_from <= on]
        if not begun or _in_force(begun, on) or not begun[-1].successor_code:
            return code
        code = begun[-1].successor_code
    return code


def living_standard(region_code: str, on: date) -> LivingStandard | None:
    """The 低保标准 in force in the region, else in the nearest region above it, else None."""
    line = _codes_upwards(present_code(region_code, on), on)
    rows = LivingStandard.objects.on(on).filter(region_code__in=line).order_by("valid_from")
    by_code = {row.region_code: row for row in rows}  # of two in force, the later one
    return next((by_code[code] for code in line if code in by_code), None)


def living_standards(region_code: str) -> QuerySet[LivingStandard]:
    """Every 低保标准 of this very region, the latest first."""
    return LivingStandard.objects.filter(region_code=region_code).order_by("-valid_from")


def _codes_upwards(code: str, on: date) -> list[str]:
    """By the table, or by the digits for a code that the table does not hold."""
    return [row.code for row in reversed(lineage(code, on))] or usual_line(code)


def _versions(codes: list[str]) -> dict[str, list[Region]]:
    """Every version of these codes, oldest first."""
    versions: dict[str, list[Region]] = {}
    for row in Region.objects.filter(code__in=codes).order_by("valid_from"):
        versions.setdefault(row.code, []).append(row)
    return versions


def _in_force(versions: list[Region], on: date | None) -> Region | None:
    """The version that holds on that day; without a day the last one."""
    if on is not None:
        versions = [
            row
            for row in versions
            if row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)
        ]
    return versions[-1] if versions else None
