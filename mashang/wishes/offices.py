"""收货工会: which office the public deals with. A small union's name would name the employer."""

from mashang.unions.models import Union

OPEN_KINDS = (Union.Kind.COUNTY, Union.Kind.CITY, Union.Kind.PROVINCE)


def office_of(union: Union) -> Union:
    """The nearest county, city or province on the line upwards: it takes goods in and signs."""
    ends = range(2, len(union.path) + 1, 4)
    line = Union.objects.filter(path__in=[union.path[:end] for end in ends], kind__in=OPEN_KINDS)
    return line.order_by("-path").first() or union
