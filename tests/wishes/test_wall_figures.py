"""The figures of the wall: counted by the clock, and small ones hidden so that none can be reckoned back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mashang.wishes.actions.wall_figures import count_wall, count_wall_hourly
from mashang.wishes.models import WallFigures
from mashang.wishes.queries.figures import figures, hide_small
from tests.cases.households import make_case
from tests.wishes.builders import make_wish


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ([20, 9, 0], [20, 9, 0]),
        ([20, 9, 4], [20, None, None]),
        ([20, 3, 4], [20, None, None]),
        ([4, 0, 0], [None, 0, 0]),
        ([], []),
    ],
)
def test_a_small_number_is_hidden_and_cannot_be_reckoned_back(numbers, shown):
    assert hide_small(numbers, 5) == shown


@pytest.fixture
def hung(branch_a):
    """Six came true after 1 to 6 days, for one household; one of another is open, one not yet."""
    holder, now = make_case(branch_a["own"]).holder, timezone.now()
    for days in range(1, 7):
        since = now - timedelta(days=days)
        make_wish(holder, state="fulfilled", opened_at=since, fulfilled_at=now)
    make_wish(union=branch_a["own"], category="study")
    make_wish(union=branch_a["own"], state="submitted")


def test_everything_that_was_ever_on_the_wall_is_counted(hung):
    found = figures()

    assert (found.posted, found.claimed, found.fulfilled) == (7, 6, 6)
    assert found.median_days == 4
    assert found.households is None, "one household is too few to be shown"
    by_name = {row.name: row for row in found.rows}
    assert (by_name["生活物资"].fulfilled, by_name["助学帮扶"].fulfilled) == (6, 0)
    assert (by_name["生活物资"].posted, by_name["助学帮扶"].posted) == (None, None)


def test_the_page_shows_what_the_clock_counted(hung, branch_a):
    count_wall()
    make_wish(union=branch_a["own"])

    assert figures().posted == 7
    count_wall()
    assert figures().posted == 8
    assert WallFigures.objects.count() == 1


def test_the_clock_counts_once_an_hour(hung):
    assert [count_wall_hourly(), count_wall_hourly()] == [True, False]
    WallFigures.objects.update(counted_at=timezone.now() - timedelta(hours=2))
    assert count_wall_hourly()


@pytest.mark.django_db
def test_an_empty_house_has_figures_too():
    assert (figures().posted, figures().median_days) == (0, None)
