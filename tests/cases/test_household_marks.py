"""比对标记: what a household is known by follows its file; what is only handed in is kept beside it."""

from datetime import date

import pytest

from mashang.cases.actions import changes, files, household_marks, households
from mashang.cases.actions.recusal import is_kin
from mashang.cases.models import Holder, HouseholdMark
from mashang.core.privacy.keys import blind_index
from mashang.unions.roles import Role
from tests.builders import make_application, make_holder, make_id_number, make_staff
from tests.cases.households import ANSWERS

pytestmark = pytest.mark.django_db
CARD, OTHER_CARD = "6228480000000000018", "6228480000000000026"
HOME = {"address_region": "450103", "address": "民族大道 1 号 2 栋 301"}
ELSEWHERE = {"address_region": "450103", "address": "民族大道 9 号 101"}


def household_with(union, user=None, **answers):
    """A household on file that tells this."""
    holder = make_holder(union, user)
    files.open_case(
        make_application(holder, state="publicity", answers={**ANSWERS, "address": "", **answers}),
        category="deep", level="county", by=make_staff("陈经办", union, Role.CLERK),
    )  # fmt: skip
    return Holder.objects.select_related("union").get(pk=holder.pk)


def hand_in(holder, **answers):
    """One-off aid, as the act of handing in enters it."""
    person = {
        "name": "李春燕",
        "id_number": make_id_number(date(1980, 1, 1)),
        "phone": "12000000001",
    }
    told = {**person, **answers}
    application = make_application(holder, kind="one_off", answers=told)
    households.sync(application, told, changed=(), by=application.filled_by)


def marks(holder, kind):
    return set(
        HouseholdMark.objects.filter(holder=holder, kind=kind).values_list("index", flat=True)
    )


@pytest.fixture
def clerk(branch_a):
    return make_staff("周敏", branch_a["own"], Role.CLERK)


@pytest.mark.parametrize("card", [{}, {"card_number": ""}, {"card_number": OTHER_CARD}])
def test_an_application_takes_no_account_from_the_file(branch_a, card):
    holder = household_with(branch_a["own"], card_number=CARD)
    of_file = marks(holder, "account")

    hand_in(holder, **card)

    new = {blind_index("account", one) for one in card.values() if one}
    assert of_file and marks(holder, "account") == of_file | new


def test_an_application_takes_no_home_from_the_file(clerk, branch_a):
    holder = household_with(branch_a["own"], clerk, **HOME)
    neighbour = household_with(branch_a["own"], **HOME)
    elsewhere = household_with(branch_a["own"], **ELSEWHERE)

    hand_in(holder, **ELSEWHERE)

    assert len(marks(holder, "home")) == 2
    assert is_kin(neighbour, clerk) and is_kin(elsewhere, clerk)


def test_the_file_replaces_what_it_tells_anew_and_nothing_else(branch_a):
    holder = household_with(branch_a["own"], card_number=CARD, **HOME)
    of_file = marks(holder, "account")
    hand_in(holder, **ELSEWHERE)
    by = make_staff("方芳", branch_a["own"], Role.CLERK)

    changes.change(holder.case, {"address": "民族大道 7 号 202"}, why="搬家", by=by)

    assert marks(holder, "account") == of_file and len(marks(holder, "home")) == 1


def test_a_household_of_before_that_hands_in_is_marked_by_its_file_too(branch_a):
    holder = household_with(branch_a["own"], card_number=CARD, **HOME)
    home = marks(holder, "home")
    forget_marks()

    hand_in(Holder.objects.get(pk=holder.pk), card_number=OTHER_CARD)

    assert len(marks(holder, "account")) == 2 and marks(holder, "home") == home


# By the clock ------------------------------------------------------------------------------


def forget_marks():
    HouseholdMark.objects.all().delete()
    Holder.objects.update(marked_as=0)


def test_households_of_before_are_marked_by_the_clock_some_at_a_time(clerk, branch_a):
    household_with(branch_a["own"], clerk, **HOME)
    other = household_with(branch_a["own"], **HOME)
    forget_marks()
    assert not is_kin(other, clerk)

    assert [household_marks.mark_old_households(1) for _ in range(3)] == [1, 1, 0]

    assert is_kin(other, clerk)


def test_one_household_that_cannot_be_read_keeps_none_of_the_others(branch_a, monkeypatch):
    rows = [household_with(branch_a["own"], **HOME) for _ in range(3)]
    forget_marks()
    first = Holder.objects.order_by("pk").first()
    read = household_marks._answers_of

    def mostly(holder):
        if holder.pk == first.pk:
            raise ValueError("unreadable")
        return read(holder)

    monkeypatch.setattr(household_marks, "_answers_of", mostly)
    with pytest.raises(ValueError, match="unreadable"):  # so that the task counts as failed
        household_marks.mark_old_households()

    assert {row.pk for row in rows if marks(row, "home")} == {row.pk for row in rows} - {first.pk}
    assert list(Holder.objects.filter(marked_as=0)) == [first]


@pytest.mark.once  # PostgreSQL takes whatever index there is for a table of one row
def test_the_clock_finds_none_without_looking_at_every_household(branch_a):
    household_with(branch_a["own"], **HOME)

    assert "holder_to_be_marked" in household_marks._unmarked().explain()
