"""爱心榜: fulfilled wishes only, persons who asked for it, and no order among organisations."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from mashang.aid.models import AidProposal
from mashang.givers.models import Giver
from mashang.wishes.models import Claim
from mashang.wishes.queries.honours import honours, years
from tests.builders import make_worker
from tests.rows import any_row
from tests.wishes.builders import make_claim, make_giver, make_organisation, make_wish

pytestmark = pytest.mark.django_db
YEAR = 2026
HERE = timezone.get_default_timezone()
THEN = datetime(YEAR, 3, 1, tzinfo=HERE)
TODAY = date(YEAR, 11, 1)


@pytest.fixture
def fulfil(branch_a):
    def one(giver, at=THEN, state="fulfilled", **also):
        claim = make_claim(make_wish(union=branch_a["own"]), giver, state=state, **also)
        Claim.objects.filter(pk=claim.pk).update(fulfilled_at=at)

    return one


@pytest.fixture
def giver():
    def one(name, *, listed=True, shown_as="nickname"):
        user = make_giver(name)
        Giver.objects.filter(user=user).update(is_on_honour_list=listed, shown_as=shown_as)
        return user

    return one


def test_most_fulfilled_first_and_ties_by_the_sound_of_the_name(fulfil, giver):
    for name, times in (("王", 1), ("李", 1), ("安", 2)):
        person = giver(name)
        for _ in range(times):
            fulfil(person)

    assert [(h.name, h.wishes) for h in honours(YEAR).persons] == [("安", 2), ("李", 1), ("王", 1)]


def test_a_claim_that_is_not_fulfilled_counts_for_nothing(fulfil, giver):
    for state in ("claimed", "handed_over", "given_up", "lapsed"):
        fulfil(giver(f"人{state}"), state=state)

    assert honours(YEAR).persons == [] and honours(YEAR).wishes is None


def test_persons_who_did_not_ask_or_show_no_name_are_not_listed(fulfil, giver):
    fulfil(giver("没有报名", listed=False))
    fulfil(giver("不公开", shown_as="nobody"))
    fulfil(make_worker("没有介绍过自己"))

    assert honours(YEAR).persons == []


def test_what_one_gives_for_an_organisation_is_the_organisations(fulfil, giver, branch_a):
    person = giver("经办的人")
    organisation = make_organisation(branch_a["county"], person)
    fulfil(person, kind="organisation", organisation=organisation)

    lists = honours(YEAR)
    assert lists.persons == [] and [h.name for h in lists.organisations] == [organisation.name]


def test_organisations_stand_by_name_whatever_they_gave(fulfil, branch_a):
    for name, times in (("中山医院", 3), ("爱民超市", 1), ("百色糖厂", 2)):
        person = make_worker()
        organisation = make_organisation(branch_a["county"], person, name=name)
        for _ in range(times):
            fulfil(person, kind="organisation", organisation=organisation)

    names = [h.name for h in honours(YEAR).organisations]
    assert names == ["爱民超市", "百色糖厂", "中山医院"]


def test_a_suspended_organisation_is_not_honoured(fulfil, branch_a):
    person = make_worker()
    organisation = make_organisation(
        branch_a["county"], person, state="suspended", suspended_why="失信"
    )
    fulfil(person, kind="organisation", organisation=organisation)

    assert honours(YEAR).organisations == []


def test_what_a_union_paid_for_honours_nobody(fulfil, giver):
    fulfil(giver("工会同志"), kind="union", proposal=any_row(AidProposal))

    assert honours(YEAR).persons == [] and honours(YEAR).organisations == []


def test_each_year_has_its_own_list(fulfil, giver):
    fulfil(giver("去年的人"), at=datetime(YEAR - 1, 12, 31, 23, 59, tzinfo=HERE))
    fulfil(giver("今年的人"), at=datetime(YEAR, 1, 1, tzinfo=HERE))

    assert [h.name for h in honours(YEAR).persons] == ["今年的人"]
    assert [h.name for h in honours(YEAR - 1).persons] == ["去年的人"]
    assert years(TODAY) == [YEAR, YEAR - 1]


def test_before_the_first_wish_there_is_this_year():
    assert years(TODAY) == [YEAR]


def test_all_that_came_true_are_counted_and_a_small_number_is_not_shown(fulfil, giver):
    for number in range(5):
        assert honours(YEAR).wishes is None
        fulfil(giver(f"人{'甲乙丙丁戊'[number]}", listed=False))

    assert honours(YEAR).wishes == 5


def test_three_queries_whatever_the_number(fulfil, giver, django_assert_num_queries):
    for number in range(3):
        fulfil(giver(f"人{'甲乙丙'[number]}"))

    with django_assert_num_queries(3):
        honours(YEAR)
