"""办理档案: each form does what it says, refuses what it must, and keeps out whom it should."""

from datetime import date

import pytest

from mashang.accounts.models import User
from mashang.aid import actions as aid
from mashang.aid.models import AidProposal
from mashang.cases.actions import changes as change_actions
from mashang.cases.actions import pairings
from mashang.cases.models import Case, Holder, Member, Pairing, Transfer
from mashang.core.privacy.keys import blind_index
from mashang.notices.models import Notice
from mashang.unions.roles import Role
from mashang.wishes.models import Wish
from tests.builders import make_id_number, make_phone, make_staff, make_worker
from tests.cases.households import make_case
from tests.desk.files import make_room
from tests.wishes.builders import make_wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(branch_a):
    return make_room(branch_a["own"])


@pytest.fixture
def desk(signed_in, room):
    return signed_in(room.clerk)


@pytest.fixture
def reviewers_desk(signed_in, room):
    return signed_in(room.reviewer)


def kinds_told(user) -> set[str]:
    return set(Notice.objects.filter(user=user).values_list("kind", flat=True))


# Facts and plan -----------------------------------------------------------------------


def test_a_fact_is_checked_today(desk, room) -> None:
    assert desk.post(room.address("check/income/"))["Location"] == room.address("facts/")
    assert desk.post(room.address("check/shoes/")).status_code == 404


def test_a_plan_is_set_and_read(desk, room) -> None:
    told = {"measures": ["work", "union"], "text": "介绍到食堂上班", "target_on": "2027-06-30"}

    assert desk.post(room.address("plan/"), told).status_code == 302
    assert "介绍到食堂上班" in desk.get(room.address("facts/")).text
    wrong = desk.post(room.address("plan/"), {**told, "target_on": "soon"})
    assert wrong.status_code == 422 and "介绍到食堂上班" in wrong.text


# Changes ------------------------------------------------------------------------------


def test_a_change_is_a_version_and_the_worker_is_told(desk, room) -> None:
    told = {"employer": "绿水制衣厂", "phone": "120 0000 0099", "why": "换了工作"}
    desk.post(room.address("change/"), told)

    case = room.now()
    assert case.version == 2
    assert case.holder.phone_index == blind_index("phone", "12000000099")
    assert "case.changed" in kinds_told(case.holder.user)
    page = desk.get(room.address("changes/")).text
    assert "换了工作" in page and "第 2 版" in page
    assert "绿水制衣厂" in desk.get(room.address("versions/2/")).text
    assert desk.get(room.address("versions/1/")).status_code == 404


def test_an_empty_change_and_a_wrong_phone_say_what_to_do(desk, room) -> None:
    empty = desk.post(room.address("change/"), {"why": "没有"})
    assert empty.status_code == 422 and "至少填写一项" in empty.text
    assert desk.post(room.address("change/"), {"phone": "5", "why": "错"}).status_code == 422
    assert room.now().version == 1


def test_a_change_to_what_the_file_says_already_is_none(desk, room) -> None:
    same = desk.post(room.address("change/"), {"employer": "青山纺织厂", "why": "核对"})
    assert same.status_code == 422 and "没有要变更的内容" in same.text


def test_what_the_worker_reports_stands_beside_the_file(desk, room) -> None:
    report(room, {"employer": "绿水制衣厂", "address": "江边 9 号"})
    page = desk.get(room.address("changes/")).text

    assert "绿水制衣厂" in page and "青山纺织厂" in page and "（有变化）" in page
    assert "江边 9 号" not in page
    assert "江边 9 号" in desk.post(room.address("reveal/new-address/"), {"purpose": "check"}).text


def test_a_reported_change_is_accepted_once(desk, room) -> None:
    report(room, {"employer": "绿水制衣厂"})
    desk.post(room.address("change/accept/"))
    desk.post(room.address("change/accept/"))

    assert room.now().version == 2
    assert "change_request.done" in kinds_told(room.case.holder.user)
    assert "case.changed" not in kinds_told(room.case.holder.user)


def test_a_declined_change_needs_its_sentence(desk, room) -> None:
    request = report(room, {"employer": "绿水制衣厂"})

    assert desk.post(room.address("change/decline/"), {"answer": ""}).status_code == 422
    desk.post(room.address("change/decline/"), {"answer": "还没有入职"})
    request.refresh_from_db()
    assert (request.state, request.answer) == ("declined", "还没有入职")
    assert "change_request.declined" in kinds_told(room.case.holder.user)


def test_the_clerk_hears_of_a_reported_change(room) -> None:
    report(room, {"employer": "绿水制衣厂"})
    assert "change_request.asked" in kinds_told(room.clerk)


def report(room, changes):
    return change_actions.report_change(room.now(), changes, why="", by=room.case.holder.user)


def test_a_member_comes_and_goes(desk, room) -> None:
    number = make_id_number(date(1945, 3, 1))
    told = {"name": "韦秀英", "relation": "mother", "id_number": number, "identity": "retired"}
    desk.post(room.address("members/add/"), {**told, "why": "搬来同住"})
    member = Member.objects.get(id_index=blind_index("id", number))
    assert "韦*" in desk.get(room.address("family/")).text

    leave = room.address(f"members/{member.pk}/remove/")
    assert "人口" in desk.get(leave).text
    desk.post(leave, {"why": "回老家"})
    member.refresh_from_db()
    assert member.left_on and not member.is_on_live_file
    assert desk.get(leave).status_code == 404


def test_a_member_of_another_file_and_a_wrong_number_are_refused(desk, room, branch_b) -> None:
    taken = make_id_number(date(2015, 3, 2))
    make_case(branch_b["own"], daughter_number=taken)
    told = {"name": "李小雨", "relation": "daughter", "identity": "primary", "why": "搬来"}

    page = desk.post(room.address("members/add/"), {**told, "id_number": taken})
    assert page.status_code == 422 and "另一份有效档案" in page.text
    assert desk.post(room.address("members/add/"), {**told, "id_number": "1"}).status_code == 422


def test_half_a_number_is_asked_back_and_stands_with_the_tick(desk, room) -> None:
    cut = " ".join(make_id_number(date(2010, 3, 7))[:15])  # with a blank after each digit
    told = {
        "name": "李小雨",
        "relation": "daughter",
        "id_number": cut,
        "identity": "primary",
        "why": "出生",
    }

    asked = desk.post(room.address("members/add/"), told)
    assert asked.status_code == 422 and "106 岁" in asked.text and 'name="is_sure"' in asked.text
    assert 'name="is_sure"' not in desk.get(room.address("family/")).text

    desk.post(room.address("members/add/"), {**told, "is_sure": "on"})
    assert Member.objects.filter(relation="daughter", holder=room.case.holder).count() == 2


def test_the_holder_is_not_removed(desk, room) -> None:
    own = Member.objects.get(holder=room.case.holder, relation="self")
    assert desk.post(room.address(f"members/{own.pk}/remove/"), {"why": "x"}).status_code == 404


# Closing and coming back --------------------------------------------------------------


def test_a_file_is_closed_with_a_reason_and_comes_back(desk, room) -> None:
    assert desk.post(room.address("close/"), {"reason": ""}).status_code == 422
    desk.post(room.address("close/"), {"reason": "已解困脱困"})
    assert room.now().state == "closed"
    assert "返困恢复" in desk.get(room.address()).text

    desk.post(room.address("reopen/"), {"why": "旧病复发"})
    assert room.now().state == "active"
    assert {"case.closed", "case.reopened"} <= kinds_told(room.case.holder.user)


def test_on_a_closed_file_nothing_is_changed(desk, room) -> None:
    desk.post(room.address("close/"), {"reason": "已解困脱困"})
    page = desk.post(room.address("change/"), {"employer": "绿水制衣厂", "why": "换工作"})
    assert page.status_code == 422 and "返困恢复" in page.text


def test_a_reviewer_changes_no_file(reviewers_desk, room) -> None:
    for act in ("change/", "plan/", "close/", "members/add/", "check/income/"):
        assert reviewers_desk.post(room.address(act), {"why": "x"}).status_code == 403


@pytest.mark.parametrize(
    "act",
    ["change/", "plan/", "close/", "reopen/", "members/add/", "check/income/", "aid/propose/"],
)
def test_beside_the_branch_nothing_can_be_done(signed_in, lu, room, act) -> None:
    assert signed_in(lu).post(room.address(act), {"why": "x"}).status_code == 404


# Helper -------------------------------------------------------------------------------


def test_a_helper_is_proposed_by_phone_and_confirmed_by_another(
    reviewers_desk, signed_in, room
) -> None:
    phone = make_phone()
    reviewers_desk.post(room.address("pair/"), {"phone": phone, "name": "潘志鹏"})
    helper = User.objects.get(phone_index=blind_index("phone", phone))
    made = Pairing.objects.get(helper=helper)
    confirm = room.address(f"pairings/{made.pk}/confirm/")

    assert helper.name == "潘志鹏" and not kinds_told(helper)
    assert reviewers_desk.post(confirm).status_code == 409
    signed_in(room.approver).post(confirm)
    assert Pairing.objects.live().filter(pk=made.pk).exists()
    assert "pairing.helper" in kinds_told(helper)
    assert "pairing.confirmed" in kinds_told(room.case.holder.user)


def test_somebody_with_an_account_keeps_it(reviewers_desk, room) -> None:
    helper = make_worker("甘建军")
    reviewers_desk.post(room.address("pair/"), {"phone": helper.phone.reveal(), "name": "别名"})
    assert Pairing.objects.get().helper == helper and helper.name == "甘建军"


def test_a_wrong_phone_and_the_holder_as_helper_are_refused(reviewers_desk, room) -> None:
    wrong = reviewers_desk.post(room.address("pair/"), {"phone": "abc", "name": "潘"})
    own = room.case.holder.user.phone.reveal()
    same = reviewers_desk.post(room.address("pair/"), {"phone": own, "name": "李"})
    assert wrong.status_code == same.status_code == 422
    assert "不能是建档人本人" in same.text


def test_a_pairing_ends_with_its_reason(reviewers_desk, room) -> None:
    helper = make_worker("甘建军")
    made = pairings.propose(room.now(), helper=helper, by=room.reviewer)
    pairings.confirm(made, by=room.approver)
    end = room.address(f"pairings/{made.pk}/end/")

    assert reviewers_desk.post(end, {"why": ""}).status_code == 422
    reviewers_desk.post(end, {"why": "工作调动"})
    made.refresh_from_db()
    assert made.to_on and made.ended_why == "工作调动"
    assert "pairing.ended" in kinds_told(helper)


def test_a_proposal_that_nobody_confirmed_is_taken_back_not_ended(reviewers_desk, room) -> None:
    made = pairings.propose(room.now(), helper=make_worker("甘建军"), by=room.reviewer)
    end = room.address(f"pairings/{made.pk}/end/")
    assert "撤回" in reviewers_desk.get(room.address("pairing/")).text
    page = reviewers_desk.get(end).text
    assert "没有看到过" in page and "立即看不到" not in page

    reviewers_desk.post(end, {"why": "换人了"})

    after = reviewers_desk.get(room.address("pairing/")).text
    assert "没有确认，没有生效" in after and "已撤回" not in after and "已结束" not in after


def test_a_clerk_pairs_nobody(desk, room) -> None:
    assert desk.post(room.address("pair/"), {"phone": "1", "name": "x"}).status_code == 403


# Aid, transfer, duplicates ------------------------------------------------------------


def test_aid_is_written_down_for_the_second_person(desk, room) -> None:
    told = {"project": "living", "fund": "own_union", "given_on": "2026-11-01", "key": "k" * 16}
    desk.post(room.address("aid/propose/"), {**told, "amount_fen": "1,000"})

    assert AidProposal.objects.get().amount_fen == 100_000
    assert "待财务复核" in desk.get(room.address("aid/")).text
    nothing = desk.post(room.address("aid/propose/"), {**told, "amount_fen": "0"})
    assert nothing.status_code == 422
    assert desk.post(room.address("aid/propose/"), {"amount_fen": "many"}).status_code == 422


def test_aid_that_is_sent_twice_is_written_down_once(desk, room) -> None:
    told = {"project": "living", "fund": "own_union", "given_on": "2026-11-01", "key": "k" * 16}
    page = desk.get(room.address("aid/")).text
    for _ in range(2):
        sent = desk.post(room.address("aid/propose/"), {**told, "amount_fen": "1,000"})
        assert sent.status_code == 302
    other = desk.post(room.address("aid/propose/"), {**told, "amount_fen": "2,000"})

    assert 'name="key"' in page and AidProposal.objects.count() == 1
    assert other.status_code == 422 and "已经提交过" in other.text


def test_a_wrong_line_is_reversed_by_a_second_person_too(desk, room, signed_in, branch_a) -> None:
    treasurer = make_staff("财务", branch_a["county"], Role.TREASURER)
    proposal = aid.propose(
        room.now().holder, project="living", fund="county", given_on=date(2026, 11, 1),
        amount_fen=5_000, by=room.clerk,
    )  # fmt: skip
    line = aid.confirm(proposal, by=treasurer)
    address = room.address(f"lines/{line.pk}/reverse/")

    assert address in desk.get(room.address("aid/")).text
    assert desk.post(address, {"why": ""}).status_code == 422
    assert desk.post(address, {"why": "金额写错"}).status_code == 302
    again = desk.post(address, {"why": "又点一次"})
    assert again.status_code == 422 and "不能再次登记" in again.text
    queue = signed_in(treasurer).get("/desk/aid/").text
    assert "冲正" in queue and "金额写错" in queue
    aid.confirm(AidProposal.objects.get(state="proposed"), by=treasurer)
    assert address not in desk.get(room.address("aid/")).text


def test_a_transfer_is_asked_by_name_or_code(reviewers_desk, room, branch_b) -> None:
    wrong = reviewers_desk.post(room.address("transfer/ask/"), {"to": "没有", "why": "搬家"})
    assert wrong.status_code == 422 and "没有找到这个工会" in wrong.text

    to = branch_b["own"]
    reviewers_desk.post(room.address("transfer/ask/"), {"to": to.name, "why": "搬家"})
    assert Transfer.objects.get().to_union == to
    page = reviewers_desk.get(room.address("transfer/")).text
    assert "等对方接收" in page and 'name="why"' not in page  # it would be refused
    again = reviewers_desk.post(room.address("transfer/ask/"), {"to": to.code, "why": "搬家"})
    assert again.status_code == 422


def test_the_application_of_a_file_that_moved_is_not_offered_where_it_is_out_of_sight(
    signed_in, room, branch_b
) -> None:
    address = f"/desk/applications/{room.case.application_id}/"
    assert address in signed_in(room.clerk).get(room.address()).text
    Case.objects.filter(pk=room.case.pk).update(
        union=branch_b["own"], union_path=branch_b["own"].path
    )
    Holder.objects.filter(pk=room.case.holder_id).update(
        union=branch_b["own"], union_path=branch_b["own"].path
    )
    new = signed_in(make_staff("新经办", branch_b["own"], Role.CLERK))

    assert new.get(room.address()).status_code == 200 and new.get(address).status_code == 404
    assert address not in new.get(room.address()).text


def test_duplicates_name_nobody(desk, room, branch_b) -> None:
    twin = make_case(branch_b["own"])
    Member.objects.filter(holder=twin.holder, relation="self").update(
        id_index=room.case.holder.id_index, is_on_live_file=False
    )
    page = desk.get(room.address("duplicates/")).text

    assert "广西壮族自治区总工会" in page and "本人" in page
    assert twin.case_no not in page and branch_b["own"].name not in page


def test_two_files_of_one_person_are_merged_from_above(signed_in, room, branch_a, branch_b) -> None:
    twin = make_case(branch_b["own"])
    twin.holder.id_index = room.case.holder.id_index
    twin.holder.save()
    above = make_staff("罗晓玲", branch_a["province"], Role.APPROVER)
    keeper = make_staff("谢管", branch_a["province"], Role.KEEPER)
    desk, merge = signed_in(keeper), room.address("merge/")
    wish = make_wish(twin.holder)

    assert "身份证号完全一致" in desk.get(merge, {"other": twin.case_no}).text
    assert twin.holder.accesses.get().viewer == keeper
    assert signed_in(above).get(merge, {"other": twin.case_no}).status_code == 403
    assert desk.post(merge, {"other": twin.case_no}).status_code == 422  # no proof was named
    said = {"other": twin.case_no, "stands_as": "self", "why": "同一张身份证"}
    assert desk.post(merge, said).status_code == 302
    asked = room.case.holder.merges.get()
    second = signed_in(make_staff("另一位", branch_a["province"], Role.KEEPER))
    assert "确认合并" in second.get("/desk/transfers/").text
    assert second.post(room.address(f"merges/{asked.pk}/confirm/")).status_code == 302
    assert Case.objects.get(pk=twin.pk).state == "closed"
    assert Wish.objects.get(pk=wish.pk).holder == room.case.holder
    assert desk.get(f"/desk/holders/{twin.holder_id}/").status_code in (200, 302)


def test_a_file_with_nobody_of_this_household_is_not_shown_beside_it(
    signed_in, room, branch_b
) -> None:
    stranger = make_case(branch_b["own"])
    keeper = make_staff("谢管", room.case.union.parent.parent.parent.parent, Role.KEEPER)
    desk, merge = signed_in(keeper), room.address("merge/")

    for page in (
        desk.get(merge, {"other": stranger.case_no}),
        desk.post(merge, {"other": stranger.case_no}),
    ):
        assert page.status_code == 422 and "没有同一个人" in page.text
        assert stranger.holder.id_tail not in page.text
    assert not stranger.holder.accesses.exists()


def test_what_lies_outside_the_scope_is_not_found_for_merging(signed_in, room, branch_b) -> None:
    twin = make_case(branch_b["own"])
    page = signed_in(room.keeper).get(room.address("merge/"), {"other": twin.case_no})
    assert page.status_code == 422 and "没有找到这个编号" in page.text
