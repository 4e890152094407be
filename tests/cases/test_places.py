"""受理工会: the employer's union first, else the one of the place."""

import pytest

from mashang.cases.queries import places
from mashang.unions.models import Union
from tests.cases.answers import make_region

Branch = dict[str, Union]


@pytest.fixture
def county(branch_a: Branch) -> Branch:
    make_region()
    Union.objects.exclude(kind__in=["province", "city"]).update(region_code="450103")
    return branch_a


def test_a_region_is_said_with_its_city(county: Branch) -> None:
    assert places.region_choices() == {"450103": "南宁市青秀区"}


def test_the_county_offers_its_employers_and_its_places(county: Branch) -> None:
    assert list(places.unions_of_employers("450103", "")) == [county["own"]]
    assert set(places.unions_of_place("450103")) == {county["town"], county["county"]}


def test_by_name_one_finds_an_employer_in_the_whole_city(county: Branch) -> None:
    Union.objects.filter(pk=county["own"].pk).update(region_code="450100")

    assert list(places.unions_of_employers("450103", "纺织")) == [county["own"]]
    assert not places.unions_of_employers("450103", "造船")


def test_a_union_that_was_dissolved_is_not_offered(county: Branch) -> None:
    Union.objects.filter(pk=county["own"].pk).update(closed_on="2026-01-01")

    assert not places.unions_of_employers("450103", "")
