"""收货工会: which office the public deals with. A small union's name would name the employer."""

from collections.abc import Iterable

from mashang.unions.models import Union

OPEN_KINDS = (Union.Kind.COUNTY, Union.Kind.CITY, Union.Kind.PROVINCE)


def office_of(union: Union) -> Union:
    """The nearest county, city or province on the line upwards: it takes goods in and signs."""
    return offices_of([union.path]).get(union.path, union)


def offices_of(paths: Iterable[str]) -> dict[str, Union]:
    """The office of each of these unions, by its path. One query."""
    asked = set(paths)
    lines = {path: [path[:end] for end in range(len(path), 1, -4)] for path in asked}
    above = Union.objects.filter(path__in={one for line in lines.values() for one in line})
    offices = {union.path: union for union in above.filter(kind__in=OPEN_KINDS)}
    nearest = {
        path: next((one for one in line if one in offices), None) for path, line in lines.items()
    }
    return {path: offices[one] for path, one in nearest.items() if one}
