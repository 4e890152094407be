"""地区与受理工会: where a person lives, and which unions there take an application."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from mashang.accounts.models import User
from mashang.cases.form.lists import Choices
from mashang.reference.models import Region
from mashang.reference.queries import UNSPOKEN, usual_parent
from mashang.unions.models import Union
from mashang.unions.scope import in_branches, posts_of

MOST_FOUND = 30
EMPLOYERS = (Union.Kind.GRASSROOTS,)
PLACES = (Union.Kind.TOWN, Union.Kind.COUNTY)
RECEIVING = (*EMPLOYERS, *PLACES)


def region_choices() -> Choices:
    """The counties of the provinces that run unions here: 450103 → 南宁市青秀区."""
    tops = Union.objects.filter(kind=Union.Kind.PROVINCE).values_list("region_code", flat=True)
    prefixes = [code[:2] for code in tops]
    here = Region.objects.on(timezone.localdate()).filter(_starting_with(prefixes))
    counties = here.filter(level=Region.Level.COUNTY).exclude(name__in=UNSPOKEN).order_by("code")
    cities = dict(here.filter(level=Region.Level.CITY).values_list("code", "name"))
    return {
        code: cities.get(usual_parent(code), "") + name
        for code, name in counties.values_list("code", "name")
    }


def unions_of_employers(region_code: str, words: str) -> QuerySet[Union]:
    """Grass-roots unions of the county; with words, those of the whole city whose name holds them.

    Larger employers belong to the city's union though they stand in one of its districts.
    """
    if not words:
        return _standing(region_code, EMPLOYERS)[:MOST_FOUND]
    return _standing(region_code[:4], EMPLOYERS).filter(name__icontains=words)[:MOST_FOUND]


def unions_of_place(region_code: str) -> QuerySet[Union]:
    """The unions of streets, towns and the county itself, for people whose employer has none."""
    return _standing(region_code, PLACES)[:MOST_FOUND]


def receiving_below(user: User) -> QuerySet[Union]:
    """The unions of a colleague's branch for which they may begin an application."""
    paths = [post.union.path for post in posts_of(user)]
    here = Union.objects.filter(in_branches(paths, "path"), kind__in=RECEIVING, closed_on=None)
    return here.order_by("path")


def receives(union: Union) -> bool:
    return union.kind in RECEIVING and union.closed_on is None


def _standing(region_code: str, kinds: tuple[str, ...]) -> QuerySet[Union]:
    here = Union.objects.filter(kind__in=kinds, closed_on=None)
    return here.filter(region_code__startswith=region_code).order_by("-kind", "name")


def _starting_with(prefixes: list[str]) -> Q:
    matching = Q(pk__in=[])
    for prefix in prefixes:
        matching |= Q(code__startswith=prefix)
    return matching
