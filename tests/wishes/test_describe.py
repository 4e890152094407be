"""怎么说才认不出是谁家: the ladder of descriptions, and how many households each one fits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mashang import workflows
from mashang.cases.models import Case
from mashang.unions.roles import Role
from mashang.wishes.models import ForWhom
from mashang.wishes.queries.descriptions import (
    Counter,
    Description,
    Place,
    describe,
    generalised,
    ladder,
    places_of,
    rungs_for,
)
from tests.builders import make_staff, make_union
from tests.cases.households import make_case

TOWN, COUNTY, CITY = (
    Place("青山镇", "450102", "450001000200030004"),
    Place("青山县", "450102", "45000100020003"),
    Place("青山市", "450100", "4500010002"),
)
PLACES = [TOWN, COUNTY, CITY]


def said(rung: Description) -> tuple[str, str, str]:
    return rung.place.name, rung.age_band, rung.shown_for


def test_place_first_then_age_then_for_whom():
    assert [said(rung) for rung in ladder(PLACES, 58, "spouse")] == [
        ("青山镇", "50–59岁", "spouse"),
        ("青山县", "50–59岁", "spouse"),
        ("青山市", "50–59岁", "spouse"),
        ("青山市", "50岁以上", "spouse"),
        ("青山市", "", "spouse"),
        ("青山市", "", "family"),
        ("", "", "family"),
    ]


def test_without_an_age_there_are_fewer_rungs():
    assert [said(rung) for rung in ladder([CITY], None, "family")] == [
        ("青山市", "", "family"),
        ("", "", "family"),
    ]


@given(
    years=st.none() | st.integers(16, 110),
    for_whom=st.sampled_from(ForWhom.values),
    places=st.sampled_from([PLACES, PLACES[1:], PLACES[2:]]),
)
def test_every_rung_fits_whoever_fits_the_one_before(years, for_whom, places):
    rungs = ladder(places, years, for_whom)
    for narrow, broad in zip(rungs, rungs[1:], strict=False):
        assert narrow.place.path.startswith(broad.place.path)
        assert broad.ages is None or (
            narrow.ages and broad.ages[0] <= narrow.ages[0] <= narrow.ages[1] <= broad.ages[1]
        )
        assert broad.shown_for in (narrow.shown_for, ForWhom.FAMILY)
    assert years is None or rungs[0].ages[0] <= years <= rungs[0].ages[1]


@given(counts=st.lists(st.integers(0, 20), min_size=7, max_size=7), least=st.integers(2, 10))
def test_one_climbs_until_enough_are_alike_and_no_further(counts, least):
    rungs = ladder(PLACES, 58, "spouse")
    climbed = generalised(rungs, lambda rung: counts[rungs.index(rung)], least)

    assert all(rung.alike < least for rung in climbed[:-1])
    assert climbed[-1].alike >= least or len(climbed) == len(rungs)


@pytest.fixture
def town_of_five(branch_a):
    return [make_case(branch_a["own"]) for _ in range(5)]


def test_households_on_active_file_are_counted_with_their_age_and_kin(branch_a, town_of_five):
    first = town_of_five[0]
    rungs = rungs_for(first.holder, branch_a["own"], "family")
    assert Counter().count(rungs[0]) == 5

    clerk = make_staff("周敏", branch_a["own"], Role.CLERK)
    workflows.close_case(Case.objects.get(pk=first.pk), reason="脱困", by=clerk)
    assert Counter().count(rungs[0]) == 4
    old = Description(rungs[0].place, (70, 150), "family")
    assert Counter().count(old) == 0
    for_spouse = Description(rungs[0].place, rungs[0].ages, "spouse")
    assert Counter().count(for_spouse) == 0


def test_the_narrowest_that_fits_enough_is_taken(branch_a, town_of_five):
    holder = town_of_five[0].holder

    assert describe(holder, branch_a["own"], "family", least=5).place.name == "青山县青山镇"
    assert describe(holder, branch_a["own"], "family", least=6).place.name == ""


def test_an_industrys_union_is_no_place(branch_a):
    industry = make_union("town", branch_a["county"], "青山县纺织产业工会")
    works = make_union("grassroots", industry, "青山纺织厂工会")

    assert [place.name for place in places_of(works)] == ["青山县", "青山市"]
    assert [place.name for place in places_of(branch_a["province"])] == [""]
