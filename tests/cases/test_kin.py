"""回避: whoever works for the union has nothing to do with the file of their own family."""

from datetime import date

import pytest

from mashang import workflows
from mashang.accounts.actions import profile
from mashang.accounts.models import Relative, User
from mashang.aid import actions as aid
from mashang.cases.actions import (
    access,
    alerts,
    changes,
    declared_kin,
    files,
    pairings,
    transfers,
)
from mashang.cases.actions.recusal import is_kin
from mashang.cases.models import Alert, Case, Holder, HouseholdMark, Member
from mashang.core.errors import NotAllowed
from mashang.reference.models import Region
from mashang.unions.models import RuleCard
from mashang.unions.roles import Role
from tests.builders import (
    make_application,
    make_holder,
    make_id_number,
    make_member,
    make_staff,
    make_worker,
)
from tests.cases.answers import make_ready, make_region
from tests.cases.households import ANSWERS, make_case

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
AID = {"project": "living", "fund": "own_union", "given_on": DAY, "amount_fen": 100}


@pytest.fixture
def case(branch_a):
    return make_case(branch_a["own"])


@pytest.fixture
def brother(case, branch_a):
    """Holds every role at the county, and has declared the holder as kin."""
    roles = (Role.CLERK, Role.REVIEWER, Role.TREASURER, Role.KEEPER)
    brother = make_staff("李春林", branch_a["county"], *roles)
    profile.declare_relative(case.holder.id_number.reveal(), "兄弟姐妹", by=brother)
    return brother


ACTS = {
    "change": lambda case, by: changes.change(case, {"employer": "新厂"}, why="换工作", by=by),
    "check a fact": lambda case, by: files.check_fact(case, "income", by=by),
    "close": lambda case, by: workflows.close_case(case, reason="已解困脱困", by=by),
    "pair": lambda case, by: pairings.propose(case, helper=make_worker("黄志强"), by=by),
    "plan": lambda case, by: changes.set_plan(
        case, measures=["skills"], text="学厨师", target_on=DAY, progress="", by=by
    ),
    "give aid": lambda case, by: aid.propose(case.holder, **AID, by=by),
    "transfer": lambda case, by: transfers.ask(case, to=case.union.parent, why="搬家", by=by),
}


@pytest.mark.parametrize("act", ACTS)
def test_nobody_works_on_the_file_of_a_relative(case, brother, act):
    with pytest.raises(NotAllowed, match="回避"):
        ACTS[act](case, brother)


@pytest.mark.parametrize("act", ACTS)
def test_nobody_works_on_their_own_file(case, branch_a, act):
    roles = (Role.CLERK, Role.REVIEWER, Role.TREASURER, Role.KEEPER)
    self_served = make_staff("李春燕", branch_a["county"], *roles)
    case.holder.user = self_served
    case.holder.save()

    with pytest.raises(NotAllowed, match="回避"):
        ACTS[act](Case.objects.select_related("holder", "union").get(pk=case.pk), self_served)


def test_the_second_person_is_no_relative_either(case, brother, branch_a):
    clerk = make_staff("陈静", branch_a["county"], Role.CLERK, Role.REVIEWER)
    transfer = transfers.ask(case, to=branch_a["town"], why="搬家", by=clerk)
    proposal = aid.propose(case.holder, **AID, by=clerk)
    pair = pairings.propose(case, helper=make_worker("黄志强"), by=clerk)

    for act, row in (
        (aid.confirm, proposal), (aid.reject, proposal), (pairings.confirm, pair),
        (workflows.accept_transfer, transfer), (transfers.decline, transfer),
    ):  # fmt: skip
        with pytest.raises(NotAllowed, match="回避"):
            act(row, by=brother)


# Found without being declared ------------------------------------------------------------------


@pytest.fixture
def clerk(branch_a):
    return make_staff("周敏", branch_a["own"], Role.CLERK)


def share_number(case, clerk, union):
    """The clerk's own household names the holder of this one among its people."""
    own = make_holder(union, clerk, "周敏")
    make_member(own, "sister", "李春燕", case.holder.id_number.reveal())


def share_member(case, clerk, union):
    own = make_holder(union, clerk, "周敏")
    mother = make_member(own, "mother", "韦氏")
    make_member(case.holder, "mother", "韦氏", mother.id_number.reveal())


def share_phone_of_the_account(case, clerk, union):
    User.objects.filter(pk=clerk.pk).update(phone_index=case.holder.phone_index)


def share_the_phone_for_work(case, clerk, union):
    User.objects.filter(pk=clerk.pk).update(work_phone_index=case.holder.phone_index)


def share_phone_of_the_own_household(case, clerk, union):
    make_holder(union, clerk, "周敏")
    Holder.objects.filter(user=clerk).update(phone_index=case.holder.phone_index)


def share_with_the_own_worker_s_account(case, clerk, union):
    """Another account, known by the own number that the clerk declared."""
    own = make_holder(union, make_worker("周敏"), "周敏")
    make_member(own, "sister", "李春燕", case.holder.id_number.reveal())
    profile.declare_relative(own.id_number.reveal(), Relative.SELF, by=clerk)


FOUND = (
    share_number, share_member, share_phone_of_the_account, share_the_phone_for_work, share_phone_of_the_own_household,
    share_with_the_own_worker_s_account,
)  # fmt: skip


@pytest.mark.parametrize("share", FOUND)
def test_kin_are_found_by_what_both_households_share(case, clerk, branch_a, share):
    assert not is_kin(case.holder, clerk)

    share(case, clerk, branch_a["own"])
    with pytest.raises(NotAllowed, match="回避"):
        files.check_fact(case, "income", by=clerk)


@pytest.mark.parametrize("share", FOUND)
def test_what_a_colleague_shares_keeps_nobody_else_away(case, clerk, branch_a, share):
    share(case, make_staff("吴芳", branch_a["own"], Role.CLERK), branch_a["own"])
    assert not is_kin(case.holder, clerk)


def test_who_shares_nothing_is_no_kin_whatever_the_name(case, clerk, branch_a):
    """A household of one's own without phone or number, and people of the same name."""
    own = make_holder(branch_a["own"], clerk, case.holder.name)
    Holder.objects.filter(pk__in=[own.pk, case.holder.pk]).update(id_index="", phone_index="")
    Member.objects.update(id_index="")
    assert not is_kin(Holder.objects.get(pk=case.holder.pk), clerk)


def test_who_has_moved_out_of_the_own_household_is_kin_by_declaration_only(case, clerk, branch_a):
    share_number(case, clerk, branch_a["own"])
    Member.objects.filter(relation="sister").update(left_on=DAY)
    assert not is_kin(case.holder, clerk)


@pytest.mark.parametrize("share", FOUND)
def test_it_is_one_question_to_the_database(
    case, clerk, branch_a, share, django_assert_num_queries
):
    share(case, clerk, branch_a["own"])
    with django_assert_num_queries(1):
        assert is_kin(case.holder, clerk)


def test_that_nobody_is_kin_is_one_question_too(case, clerk, branch_a, django_assert_num_queries):
    """The usual answer, of each colleague for each open step once an hour."""
    household_with(branch_a["own"], clerk, **HOME, card_number="6228480000000000018")
    stranger = household_with(branch_a["own"], **{**HOME, "address": "民族大道 9 号 101"})

    for holder in (case.holder, stranger):
        with django_assert_num_queries(1):
            assert not is_kin(holder, clerk)


def test_kin_declared_on_one_account_are_kin_of_the_other_account_too(case, clerk, branch_a):
    """Who gave the same own number for both is one person, and so are their kin."""
    twin, own = make_staff("周敏二", branch_a["own"], Role.CLERK), make_id_number()
    profile.declare_relative(case.holder.id_number.reveal(), "兄弟姐妹", by=twin)
    profile.declare_relative(own, Relative.SELF, by=twin)
    profile.declare_relative(make_id_number(), Relative.SELF, by=clerk)
    assert is_kin(case.holder, twin) and not is_kin(case.holder, clerk)

    profile.declare_relative(own, Relative.SELF, by=clerk)

    with pytest.raises(NotAllowed, match="回避"):
        files.check_fact(case, "income", by=clerk)
    assert not is_kin(case.holder, make_staff("吴芳", branch_a["own"], Role.CLERK))


def test_by_the_home_of_kin_declared_on_the_other_account(clerk, branch_a):
    twin, own = make_staff("周敏二", branch_a["own"], Role.CLERK), make_id_number()
    sisters = household_with(branch_a["own"], **HOME)
    other = household_with(branch_a["own"], **HOME)
    profile.declare_relative(sisters.id_number.reveal(), "兄弟姐妹", by=twin)
    for account in (twin, clerk):
        assert is_kin(other, account) is (account == twin)
        profile.declare_relative(own, Relative.SELF, by=account)

    assert is_kin(other, clerk)


def test_whoever_names_the_same_relative_is_not_the_same_person(case, clerk, branch_a):
    """Two sisters who work for the union: what the one declares keeps the other off nothing."""
    sister, mother = make_staff("周二", branch_a["own"], Role.CLERK), make_id_number()
    profile.declare_relative(case.holder.id_number.reveal(), "配偶", by=sister)
    for each in (sister, clerk):
        profile.declare_relative(mother, "父母", by=each)
        profile.declare_relative(make_id_number(), Relative.SELF, by=each)

    assert is_kin(case.holder, sister) and not is_kin(case.holder, clerk)


def test_a_lie_about_the_own_number_hides_nothing_from_the_one_whose_number_it_is(case, branch_a):
    """The keeper may not act on the file meanwhile, but looks at it, hears of it, and watches over the liar."""
    keeper = make_staff("唐洁", branch_a["county"], Role.KEEPER)
    liar, own = make_staff("周敏", branch_a["own"], Role.CLERK), make_id_number()
    declared_kin.declare_relative(own, Relative.SELF, by=keeper)
    declared_kin.declare_relative(case.holder.id_number.reveal(), "父母", by=liar)
    declared_kin.declare_relative(own, Relative.SELF, by=liar)

    assert is_kin(case.holder, keeper)
    access.log_access(case.holder, by=keeper, what="档案")
    alert = Alert.objects.unscoped(why="test").get()
    assert (alert.kind, alert.about) == (Alert.Kind.SAME_OWN, liar)
    alerts.take(alert, by=keeper)


# By account and home ---------------------------------------------------------------------------

HOME = {"address_region": "450103", "address": "民族大道 1 号 2 栋 301"}


def household_with(union, user=None, **answers):
    """A household whose file tells this, through the real action."""
    holder = make_holder(union, user)
    files.open_case(
        make_application(holder, state="publicity", answers={**ANSWERS, "address": "", **answers}),
        category="deep", level="county", by=make_staff("陈经办", union, Role.CLERK),
    )  # fmt: skip
    return Holder.objects.select_related("union").get(pk=holder.pk)


ONE_HOME = (
    ("民族大道1号2栋301室", True),
    ("民族大道１号　２栋　３０１", True),
    ("民族大道1号2幢-301", True),
    ("民族大道一号二栋三〇一室", True),
    ("广西壮族自治区南宁市青秀区民族大道1号2栋301", True),
    ("民族大道 1 号 2 栋 302", False),  # the flat beside it
    ("民族大道 1 号 3 栋 301", False),
    ("民族大道 1 号", False),  # the building
    ("民族大道 12 号 301", False),
)


@pytest.mark.parametrize(("typed", "is_one"), ONE_HOME)
def test_who_lives_at_the_very_door_is_kin_and_who_lives_beside_it_is_not(
    clerk, branch_a, typed, is_one
):
    make_region()
    for code, above in (("450103", "450100"), ("450100", "450000")):
        Region.objects.filter(code=code).update(parent_code=above)
    household_with(branch_a["own"], clerk, **HOME)
    other = household_with(branch_a["own"], address_region="450103", address=typed)

    assert is_kin(other, clerk) == is_one
    if is_one:
        with pytest.raises(NotAllowed, match="回避"):
            files.check_fact(other.case, "income", by=clerk)


def test_the_same_words_in_another_county_are_another_home(clerk, branch_a):
    household_with(branch_a["own"], clerk, **HOME)
    other = household_with(branch_a["own"], **{**HOME, "address_region": "450502"})

    assert not is_kin(other, clerk)


def test_a_village_without_a_door_says_nothing(clerk, branch_a):
    household_with(branch_a["own"], clerk, address="大塘村三组")
    assert not is_kin(household_with(branch_a["own"], address="大塘村三组"), clerk)


def test_a_dormitory_makes_nobody_kin(clerk, branch_a):
    household_with(branch_a["own"], clerk, **HOME)
    others = [household_with(branch_a["own"], **HOME) for _ in range(2)]
    assert is_kin(others[0], clerk)

    household_with(branch_a["own"], **HOME)  # the fourth at one door
    assert not is_kin(others[0], clerk)
    RuleCard.objects.create(
        union=branch_a["county"], kind="safeguard", code="households_at_one_address",
        body={"value": 4}, source="测试", valid_from=date(2026, 1, 1),
    )  # fmt: skip
    assert is_kin(others[0], clerk)


def test_one_account_for_two_households_makes_kin(clerk, branch_a):
    household_with(branch_a["own"], clerk, card_number="6228480000000000018")
    other = household_with(branch_a["own"], card_number="6228480000000000018")

    assert is_kin(other, clerk)
    assert not is_kin(household_with(branch_a["own"], card_number="6228480000000000026"), clerk)
    assert not is_kin(other, make_staff("吴芳", branch_a["own"], Role.CLERK))


@pytest.mark.parametrize("shared", [HOME, {"card_number": "6228480000000000018"}])
def test_the_household_of_declared_kin_ties_too(clerk, branch_a, shared):
    """The colleague has applied for nothing; the sister has, and another household uses her card or her door."""
    sisters = household_with(branch_a["own"], **shared)
    other = household_with(branch_a["own"], **shared)
    assert not is_kin(other, clerk)

    profile.declare_relative(sisters.id_number.reveal(), "兄弟姐妹", by=clerk)

    assert is_kin(other, clerk)


def test_who_moves_away_is_no_kin_by_the_old_door(clerk, branch_a):
    household_with(branch_a["own"], clerk, **HOME)
    other = household_with(branch_a["own"], **HOME)
    by = make_staff("方芳", branch_a["own"], Role.CLERK)

    changes.change(other.case, {"address": "民族大道 9 号 101"}, why="搬家", by=by)

    assert not is_kin(other, clerk)


def test_an_application_just_handed_in_is_compared(clerk, branch_a):
    worker = make_worker()
    application = make_ready(worker, branch_a)
    workflows.submit_application(application, by=worker)
    told = application.holder.marks.values_list("kind", flat=True)

    assert set(told) == {"account", "home"}


def test_nothing_of_an_account_or_a_home_can_be_read_from_its_mark(branch_a):
    household_with(branch_a["own"], card_number="6228480000000000018", **HOME)

    marks = HouseholdMark.objects.values_list("index", flat=True)
    assert len(marks) == 2 and all(len(mark) == 64 and "民族" not in mark for mark in marks)
