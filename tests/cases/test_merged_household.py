"""合并之后: what two files had is one household's; nobody and no fen is lost, and two people stand behind it."""

from dataclasses import dataclass

import pytest
from django.utils import timezone

from mashang import workflows
from mashang.accounts.models import User
from mashang.aid import actions as aid
from mashang.aid.queries import received, total_fen
from mashang.cases.actions import merges
from mashang.cases.models import Case, CaseVersion, Holder, Member, Merge
from mashang.cases.queries.files import six_facts
from mashang.cases.queries.my_applications import matters_of
from mashang.cases.refusals import MergeOpen, SamePerson
from mashang.codes import actions as codes
from mashang.codes.models import Card, QrCode, Scan
from mashang.codes.queries import relation_to, url_of
from mashang.core.errors import Invalid, NotAllowed, WrongState
from mashang.notices.models import Notice
from mashang.unions.roles import Role
from tests.builders import make_member, make_staff, make_worker
from tests.cases.households import make_case

pytestmark = pytest.mark.django_db


@dataclass
class Two:
    """Husband and wife, each with a phone, a file, a card and 1,000 or 2,000 yuan."""

    wife: Holder
    husband: Holder
    reviewer: User
    other_reviewer: User

    def people(self) -> set[tuple[str, str]]:
        living = Member.objects.filter(holder=self.wife, left_on=None)
        return {(member.relation, str(member.name.reveal())) for member in living}


@pytest.fixture
def two(branch_a) -> Two:
    clerk = make_staff("陈经办", branch_a["own"], Role.CLERK)
    treasurer = make_staff("账", branch_a["county"], Role.TREASURER)
    holders = []
    for name, fen in (("李春燕", 100_000), ("陈建国", 200_000)):
        holder = make_case(branch_a["own"], worker=make_worker(name), by=clerk).holder
        line = aid.propose(
            holder, project="living", fund="county", given_on=timezone.localdate(),
            amount_fen=fen, by=clerk,
        )  # fmt: skip
        aid.confirm(line, by=treasurer)
        codes.issue_for(holder, by=clerk)
        holders.append(named(holder, name))
    grandmother = make_member(holders[1], "mother", "黄秀英", "")
    Member.objects.filter(pk=grandmother.pk).update(is_on_live_file=True)
    reviewers = [make_staff(name, branch_a["county"], Role.REVIEWER) for name in ("甲", "乙")]
    return Two(*holders, *reviewers)


def named(holder: Holder, name: str) -> Holder:
    person = holder.members.get(relation=Member.SELF)
    person.name = holder.name = name
    person.save()
    holder.save()
    return holder


def ask(two: Two, **also) -> Merge:
    said = {"stands_as": "spouse", "why": "结婚证、户口簿原件", "by": two.reviewer} | also
    return merges.ask(two.husband, into=two.wife, **said)


def test_the_first_fact_says_how_many_live_there_now(two) -> None:
    """It is what the helper reads."""
    before = {row.key: row for row in six_facts(two.wife.case)}

    confirmed(two)

    after = {row.key: row for row in six_facts(two.wife.case)}
    people = Member.objects.filter(holder=two.wife, left_on=None)
    assert after["household"].lines[0] == ("家庭人口", f"{people.count()} 人")
    assert len(after["household"].lines) == people.count() + 1
    assert after["income"] == before["income"]


def confirmed(two: Two) -> Two:
    workflows.merge_households(ask(two), by=two.other_reviewer)
    two.wife.refresh_from_db()
    two.husband.refresh_from_db()
    return two


def test_nothing_is_merged_by_one_person(two):
    asked = ask(two)
    with pytest.raises(SamePerson):
        workflows.merge_households(asked, by=two.reviewer)

    two.husband.refresh_from_db()
    assert two.husband.merged_into is None
    assert Case.objects.get(holder=two.husband).state == Case.State.ACTIVE


def test_a_merge_is_asked_once_and_may_be_turned_down(two):
    asked = ask(two)
    with pytest.raises(MergeOpen):
        ask(two)
    merges.decline(asked, by=two.other_reviewer)

    with pytest.raises(WrongState):
        workflows.merge_households(asked, by=two.other_reviewer)
    assert ask(two).state == Merge.State.ASKED


@pytest.mark.parametrize(
    ("also", "refusal"),
    [
        ({"stands_as": "self"}, NotAllowed),
        ({"stands_as": "neighbour"}, Invalid),
        ({"why": "像"}, Invalid),
    ],
)
def test_what_does_not_hold_is_refused_in_words(two, also, refusal):
    with pytest.raises(refusal):
        ask(two, **also)


def test_who_may_not_move_files_neither_asks_nor_confirms(two, branch_a, branch_b):
    clerk = make_staff("周敏", branch_a["own"], Role.CLERK)
    far = make_staff("远处", branch_b["county"], Role.REVIEWER)
    with pytest.raises(NotAllowed):
        ask(two, by=clerk)
    asked = ask(two)
    for stranger in (clerk, far):
        with pytest.raises(NotAllowed):
            workflows.merge_households(asked, by=stranger)


def test_husband_and_wife_have_one_file_with_everybody_in_it(two):
    before = two.people()
    confirmed(two)

    assert two.people() == before | {("spouse", "陈建国"), ("other", "黄秀英")}
    assert all(m.is_on_live_file for m in Member.objects.filter(holder=two.wife, left_on=None))
    newest = CaseVersion.objects.filter(case__holder=two.wife).latest("number")
    assert newest.why == "与另一份档案合并"
    assert {member["name"] for member in newest.body.reveal()["members"]} >= {"陈建国", "黄秀英"}


def test_not_a_fen_of_either_is_missing(two):
    confirmed(two)

    assert total_fen(two.wife) == 300_000
    assert sorted(line.amount_fen for line in received(two.wife)) == [100_000, 200_000]


def test_a_line_of_the_other_file_can_still_be_reversed(two, branch_a):
    confirmed(two)
    line = received(two.wife).get(amount_fen=200_000)
    clerk = make_staff("周敏", branch_a["own"], Role.CLERK)

    wrong = aid.propose_reversal(line, why="重复发放", by=clerk)
    aid.confirm(wrong, by=make_staff("账二", branch_a["county"], Role.TREASURER))

    assert total_fen(two.wife) == 100_000


@pytest.mark.parametrize("whose", ["wife", "husband"])
def test_both_phones_open_the_one_household(two, signed_in, whose):
    user = getattr(two, whose).user
    confirmed(two)

    phone = signed_in(user)
    page = phone.get("/own/").text

    assert two.wife.case.case_no in page and "3,000" in page
    assert {a.holder_id for a in matters_of(user)} == {two.wife.pk, two.husband.pk}
    for address in ("/own/aid/", "/own/looks/", "/own/cards/", "/own/change/", "/me/consents/"):
        assert phone.get(address).status_code == 200
    assert Notice.objects.filter(user=user, kind="case.merged").count() == 1


def test_each_scans_both_cards_and_finds_the_own_page(two):
    confirmed(two)

    for card in QrCode.objects.all():
        for user in (two.wife.user, two.husband.user):
            token = url_of(card).rpartition("/")[2]
            assert relation_to(token, user).shown == Scan.Shown.OWN
        assert relation_to(token, make_worker("路人")).shown == Scan.Shown.NEUTRAL


def test_a_loss_ends_every_card_of_the_household_and_one_new_one_is_on_its_way(two):
    confirmed(two)

    codes.reissue(two.husband, by=two.husband.user)

    assert Card.objects.filter(state=Card.State.LOST).count() == 2
    (live,) = QrCode.objects.filter(revoked_at=None)
    assert live.holder == two.wife and live.generation == 2


def test_a_colleague_of_the_household_stays_out_of_it_by_either_half(two, branch_a):
    """回避: whoever signs in for one half decides on neither."""
    confirmed(two)
    User.objects.filter(pk=two.husband.user_id).update(is_staff=True)
    colleague = User.objects.get(pk=two.husband.user_id)
    colleague.posts.create(
        union=branch_a["county"], role=Role.TREASURER, from_on=timezone.localdate()
    )
    clerk = make_staff("周敏", branch_a["own"], Role.CLERK)
    line = aid.propose(
        two.wife, project="living", fund="county", given_on=timezone.localdate(),
        amount_fen=100, by=clerk,
    )  # fmt: skip

    with pytest.raises(NotAllowed, match="回避"):
        aid.confirm(line, by=colleague)


def test_at_the_desk_one_asks_and_another_confirms(two, signed_in):
    desk = signed_in(two.reviewer)
    address = f"/desk/holders/{two.wife.pk}/"
    query = {"other": two.husband.case.case_no, "stands_as": "spouse"}

    side_by_side = desk.get(f"{address}merge/", query).text
    assert "陈*" in side_by_side and "陈建国" not in side_by_side
    missing = desk.post(f"{address}merge/", query)
    assert missing.status_code == 422 and "看过什么证明" in missing.text
    desk.post(f"{address}merge/", query | {"why": "结婚证、户口簿原件"})
    waiting = desk.get(f"{address}duplicates/").text
    assert "等另一位同志确认" in waiting and "确认合并" not in waiting

    other = signed_in(two.other_reviewer)
    assert "结婚证、户口簿原件" in other.get("/desk/transfers/").text
    asked = Merge.objects.get()
    done = other.post(f"{address}merges/{asked.pk}/confirm/", follow=True)
    assert "已合并" in done.text
    assert other.get(f"/desk/holders/{two.husband.pk}/").url.startswith(address)
    history = other.get(f"{address}changes/").text
    assert two.husband.case.case_no in history and "与另一份档案合并" in history


def test_laid_side_by_side_the_other_family_reads_who_looked_and_why(two, signed_in):
    query = {"other": two.husband.case.case_no, "stands_as": "spouse"}
    signed_in(two.reviewer).get(f"/desk/holders/{two.wife.pk}/merge/", query)

    page = signed_in(two.husband.user).get("/own/looks/").text
    assert "合并重复档案" in page and "配偶" in page
