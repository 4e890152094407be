"""建立、更正、撤销工会."""

import pytest
from django.utils import timezone, translation

from mashang.cases.actions import transfers
from mashang.cases.models import Case
from mashang.core.errors import Invalid, NotAllowed, WrongState
from mashang.core.privacy.identity import credit_check_digit
from mashang.unions.actions import posts, tree
from mashang.unions.actions.tree import Particulars
from mashang.unions.closure import closing_blockers
from mashang.unions.models import Post, Union
from mashang.unions.refusals import CodeTaken, CreditCodeTaken, StillAtWork, StillInUse
from mashang.unions.roles import Role
from tests.builders import make_staff
from tests.cases.households import make_case
from tests.crowd import lock_off, press_at_once
from tests.wishes.builders import make_claim, make_wish

pytestmark = pytest.mark.django_db


def credit_code(number: int = 1) -> str:
    first = f"81450100MC{number:07}"
    return first + credit_check_digit(first)


@pytest.fixture
def admin(branch_a):
    return make_staff("管理员", branch_a["city"], Role.ADMIN)


def test_an_administrator_founds_a_union_below_their_own(branch_a, admin) -> None:
    particulars = Particulars("柳江造船厂工会", "450102", credit_code=credit_code().lower())

    union = tree.found(branch_a["county"], Union.Kind.GRASSROOTS, particulars, by=admin)

    assert union.path.startswith(branch_a["county"].path) and len(union.path) == 14
    assert union.parent == branch_a["county"] and union.credit_code == credit_code()


def test_paths_follow_the_last_sister_closed_or_not(branch_a, admin) -> None:
    made = [
        tree.found(branch_a["own"].parent, "grassroots", Particulars(name, "450102"), by=admin)
        for name in ("甲厂工会", "乙厂工会")
    ]
    tree.close(made[1], by=admin)

    third = tree.found(
        branch_a["own"].parent, "grassroots", Particulars("丙厂工会", "450102"), by=admin
    )

    assert made[0].path < made[1].path < third.path


def test_a_clerk_or_the_administrator_beside_may_not(branch_a, branch_b, chen) -> None:
    beside = make_staff("旁人", branch_b["city"], Role.ADMIN)

    for person in (chen, beside):
        with pytest.raises(NotAllowed):
            tree.found(branch_a["county"], "town", Particulars("某镇总工会", "450102"), by=person)


@pytest.mark.parametrize("kind", ["county", "city"])
def test_a_union_stands_below_its_parents_level(branch_a, admin, kind) -> None:
    with pytest.raises(Invalid) as refusal:
        tree.found(branch_a["county"], kind, Particulars("某工会", "450102"), by=admin)

    assert "kind" in refusal.value.fields


def test_a_wrong_credit_code_is_told_beside_its_field(branch_a, admin) -> None:
    wrong = credit_code()[:-1] + "0"

    with pytest.raises(Invalid) as refusal:
        tree.correct(branch_a["own"], Particulars("某工会", "450102", credit_code=wrong), by=admin)

    assert "有一位不对" in refusal.value.fields["credit_code"]


def test_one_credit_code_belongs_to_one_union(branch_a, admin) -> None:
    same = Particulars("某工会", "450102", credit_code=credit_code())
    tree.correct(branch_a["own"], same, by=admin)

    with pytest.raises(CreditCodeTaken):
        tree.found(branch_a["town"], "grassroots", same, by=admin)


def test_one_code_belongs_to_one_union(branch_a, admin) -> None:
    with pytest.raises(CodeTaken):
        tree.found(
            branch_a["town"],
            "grassroots",
            Particulars("某工会", "450102"),
            by=admin,
            code=branch_a["own"].code,
        )


def test_a_union_with_branches_or_people_is_not_closed(branch_a, admin, chen) -> None:
    make_staff("经办", branch_a["own"], Role.CLERK)

    for union in (branch_a["county"], branch_a["own"]):
        with pytest.raises(StillInUse):
            tree.close(union, by=admin)


def test_a_closed_union_takes_no_branch_and_closes_once(branch_a, admin) -> None:
    closed = tree.close(branch_a["own"], by=admin)

    with pytest.raises(WrongState):
        tree.close(closed, by=admin)
    with pytest.raises(WrongState):
        tree.found(closed, "grassroots", Particulars("某工会", "450102"), by=admin)
    with pytest.raises(WrongState):
        posts.install(make_staff("新人", branch_a["town"]), closed, Role.CLERK)


@pytest.mark.django_db(transaction=True)
def test_unions_founded_at_once_get_paths_of_their_own(branch_a, admin) -> None:
    particulars = Particulars("某厂工会", "450102")

    def found() -> str:
        return tree.found(branch_a["town"], "grassroots", particulars, by=admin).path

    assert len(set(press_at_once([found] * 8))) == 8


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_only_the_unique_path_keeps_them_apart(branch_a, admin) -> None:
    """The control: somebody is refused by the constraint, and still no path is given twice."""
    particulars = Particulars("某厂工会", "450102")

    def found() -> str:
        return tree.found(branch_a["town"], "grassroots", particulars, by=admin).path

    with lock_off():
        told = press_at_once([found] * 8)

    paths = [answer for answer in told if isinstance(answer, str)]
    assert len(paths) == len(set(paths)) < 8


def all_left(union) -> Union:
    """Nobody holds a post here any more."""
    Post.objects.filter(union=union).delete()
    return union


def test_a_union_where_something_goes_on_is_not_closed_and_says_what(branch_a, admin) -> None:
    union = branch_a["own"]
    make_claim(make_wish(union=union))
    make_wish(union=union)

    with pytest.raises(StillAtWork) as refusal:
        tree.close(all_left(union), by=admin)

    for words in ("2 份在档档案", "2 个没有办完的心愿", "1 个没有办完的认领"):
        assert words in refusal.value.message
    assert Union.objects.get(pk=union.pk).closed_on is None


def test_what_has_ended_keeps_no_union_open(branch_a, branch_b, admin) -> None:
    wish = make_wish(union=branch_a["own"], state="fulfilled", fulfilled_at=timezone.now())
    Case.objects.filter(holder=wish.holder).update(state="closed", closed_on=timezone.localdate())
    make_wish(union=branch_b["own"])

    assert tree.close(all_left(branch_a["own"]), by=admin).closed_on


def test_files_on_their_way_here_count_here(branch_a, branch_b, admin) -> None:
    case = make_case(branch_b["own"])
    asker = make_staff("甲", branch_b["county"], Role.REVIEWER)
    transfers.ask(case, to=branch_a["own"], why="搬家", by=asker)

    assert closing_blockers(branch_a["own"]) == ["1 份待接收的档案"]


def test_it_is_said_in_the_readers_language(branch_a) -> None:
    make_wish(union=branch_a["own"])
    with translation.override("en"):
        assert closing_blockers(branch_a["own"]) == ["1 active file(s)", "1 wish(es) under way"]


def test_the_desk_says_how_many(branch_a, admin, signed_in) -> None:
    make_wish(union=branch_a["own"])
    all_left(branch_a["own"])
    page = signed_in(admin).post(f"/desk/unions/{branch_a['own'].pk}/close/")

    assert page.status_code == 409 and "1 份在档档案" in page.text
