"""低保标准: the one in force, in the place or above it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from mashang.core.errors import Invalid
from mashang.reference import actions, queries
from mashang.reference.models import LivingStandard

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def set_standard(clerk):
    def _set(code, fen, day):
        return actions.set_living_standard(
            code,
            by=clerk,
            monthly_fen=fen,
            valid_from=day,
            source="某市民政局",
            document="某民发〔2026〕1号",
        )

    return _set


def fen(code, on=TODAY):
    row = queries.living_standard(code, on)
    return row and row.monthly_fen


def test_a_county_without_its_own_uses_the_citys_and_then_the_provinces(set_standard):
    actions.load_regions()
    set_standard("450000", 800_00, date(2026, 1, 1))
    set_standard("450500", 880_00, date(2026, 1, 1))
    set_standard("450521", 860_00, date(2026, 1, 1))

    assert fen("450521") == 860_00
    assert fen("450503") == 880_00
    assert fen("450121") == fen("450126") == 800_00
    assert fen("440000") is None


def test_the_digits_lead_upwards_where_no_regions_are_loaded(set_standard):
    set_standard("450500", 880_00, date(2026, 1, 1))

    assert fen("450521100") == 880_00


def test_a_new_standard_begins_on_its_day_and_the_old_one_ends_on_the_eve(set_standard):
    old = set_standard("450500", 860_00, date(2025, 1, 1))
    set_standard("450500", 880_00, date(2026, 7, 1))

    assert fen("450500", date(2026, 6, 30)) == 860_00
    assert fen("450500", date(2026, 7, 1)) == 880_00
    assert fen("450500", date(2024, 12, 31)) is None
    old.refresh_from_db()
    assert old.valid_to == date(2026, 6, 30)


def test_a_standard_entered_late_ends_before_the_next_begins(set_standard):
    set_standard("450500", 880_00, date(2026, 1, 1))
    late = set_standard("450500", 840_00, date(2025, 1, 1))

    assert late.valid_to == date(2025, 12, 31)
    assert fen("450500", date(2025, 6, 1)) == 840_00
    assert fen("450500") == 880_00


def test_a_slip_of_the_pen_is_corrected_in_place(set_standard):
    set_standard("450500", 88_00, date(2026, 1, 1))
    set_standard("450500", 880_00, date(2026, 1, 1))

    assert fen("450500") == 880_00
    assert LivingStandard.objects.count() == 1


def test_an_old_code_finds_the_standard_of_its_successor(set_standard):
    actions.load_regions()
    set_standard("450181", 870_00, date(2021, 1, 1))

    assert fen("450127") == 870_00


def test_the_demo_figures_say_that_they_are_made_up():
    assert actions.load_demo_standards() == actions.load_demo_standards() == 45

    row = queries.living_standard("450521", TODAY)
    assert row.source == "演示默认值，非公布数据"
    assert LivingStandard.objects.filter(valid_to=None).count() == 15


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"monthly_fen": 0}, "monthly_fen"),
        ({"source": " "}, "source"),
        ({"region_code": "45"}, "code"),
    ],
)
def test_what_is_no_standard_is_refused_by_name(clerk, change, field):
    given = {
        "region_code": "450500", "monthly_fen": 1, "valid_from": TODAY, "source": "民政局", **change,
    }  # fmt: skip
    with pytest.raises(Invalid) as refused:
        actions.set_living_standard(**given, by=clerk)

    assert list(refused.value.fields) == [field]


def test_the_table_itself_refuses_a_standard_of_nothing():
    with pytest.raises(IntegrityError), transaction.atomic():
        LivingStandard.objects.create(
            region_code="450500", monthly_fen=0, valid_from=TODAY, source="民政局"
        )
