"""依据 at the doors: who may not open a household may not act on it, and what still waits can still be done."""

import pytest
from django.utils import timezone

from mashang import workflows
from mashang.aid import actions as aid
from mashang.cases.actions import changes
from mashang.cases.models import Access, Holder
from mashang.unions.roles import Role
from mashang.wishes.models import Complaint
from tests.builders import make_application, make_staff, make_worker
from tests.cases.households import make_case, merge
from tests.wishes.builders import make_claim, make_wish
from tests.wishes.families import make_wish_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(branch_a):
    return make_wish_room(branch_a)


def merge_in(room, branch, **also) -> Holder:
    """A second file of the same worker, merged into the room's; returns that half."""
    half = make_case(branch["own"], worker=make_worker("同一人"), **also).holder
    Holder.objects.filter(pk=half.pk).update(id_index=room.holder.id_index)
    return Holder.objects.get(pk=half.pk)


def merged(half: Holder, room, branch) -> Holder:
    by = make_staff("合并", branch["county"], Role.REVIEWER)
    merge(half, into=room.holder, by=by)
    return Holder.objects.get(pk=half.pk)


@pytest.fixture
def half_with_claim(room, branch_a):
    """Both halves had a claimed wish when they were merged: the second stays where it is."""
    make_claim(make_wish(room.holder))
    half = merge_in(room, branch_a)
    claim = make_claim(make_wish(half))
    half = merged(half, room, branch_a)
    assert claim.wish.__class__.objects.get(pk=claim.wish_id).holder == half
    return claim


def test_a_consent_is_taken_back_for_a_family_whose_file_was_closed(signed_in, room):
    """The wish had been claimed, so it lives on; the look and the deed stand together."""
    wish = make_wish(room.holder)
    make_claim(wish)
    workflows.close_case(room.case, reason="已解困脱困", by=room.clerk)

    page = signed_in(room.clerk).post(
        f"/desk/wishes/{wish.pk}/take-back/", {"assist_reason": "本人打电话来要求撤回"}
    )

    assert page.status_code == 302
    wish.refresh_from_db()
    look = Access.objects.get(holder=wish.holder, what__startswith="代撤回同意·")
    assert wish.is_hidden and look.reason == "本人打电话来要求撤回"


def test_a_complaint_about_the_wish_of_a_merged_half_is_answered(signed_in, room, half_with_claim):
    wish = half_with_claim.wish
    complaint = Complaint.objects.create(
        wish=wish, claim=half_with_claim, kind="not_received", raised_by=make_worker("反映人"),
        due_on=timezone.localdate(),
    )  # fmt: skip
    desk, address = signed_in(room.clerk), f"/desk/problems/{complaint.pk}/"

    assert desk.get(address).status_code == 200
    assert desk.post(
        address, {"words": "已经核实，明天送到", "is_accepted": "yes"}
    ).status_code in (302, 422)


def test_a_wish_of_a_merged_half_that_hangs_again_is_seen_by_whoever_takes_it_down(
    signed_in, room, half_with_claim
):
    wish = half_with_claim.wish
    type(wish).objects.filter(pk=wish.pk).update(state="open", opened_at=timezone.now())

    assert signed_in(room.reviewer).get(f"/desk/wishes/{wish.pk}/").status_code == 200


def test_a_sum_that_waits_at_a_merged_half_opens_the_household_to_the_treasurer(
    signed_in, room, branch_a
):
    treasurer = make_staff("卢财", branch_a["county"], Role.TREASURER)
    half = merge_in(room, branch_a)
    aid.propose(
        half, project="living", fund="county", given_on=timezone.localdate(),
        amount_fen=50_000, by=room.clerk,
    )  # fmt: skip
    merged(half, room, branch_a)

    assert signed_in(treasurer).get(f"/desk/holders/{room.holder.pk}/").status_code == 200
    assert Access.objects.get(viewer=treasurer).basis == Access.Basis.TASK


def test_breaking_the_glass_on_a_merged_half_opens_the_household(signed_in, room, branch_a):
    city = make_staff("市里", branch_a["city"], Role.REVIEWER)
    half = merged(merge_in(room, branch_a), room, branch_a)
    desk = signed_in(city)
    assert desk.get(f"/desk/holders/{half.pk}/", follow=True).status_code == 403

    desk.post(f"/desk/households/{half.pk}/break-glass/", {"reason": "半夜来电求助，需核实住址"})

    assert Access.objects.get(viewer=city).holder == room.holder
    assert desk.get(f"/desk/holders/{half.pk}/", follow=True).status_code == 200
    assert desk.get(f"/desk/holders/{room.holder.pk}/").status_code == 200


def test_who_only_reads_the_list_of_wishes_reads_no_words_before_they_are_moderated(
    signed_in, room, branch_a
):
    wish = make_wish(room.holder, state="submitted", reason="我叫李春燕，家里的锅坏了")
    reader = make_staff("市里", branch_a["city"], Role.APPROVER)

    page = signed_in(reader).get(f"/desk/wishes/{wish.pk}/").text

    assert "李春燕" not in page and "电饭煲" in page and "由审核的同志看" in page
    assert not Access.objects.filter(viewer=reader).exists()


def test_the_county_is_not_led_to_a_file_that_it_may_not_open(signed_in, room, chen):
    claim = make_claim(make_wish(room.holder))
    page = signed_in(chen).get(f"/desk/claims/{claim.pk}/hand-over/").text

    assert "姓名和住址在建档的" in page and "看档案里的住址电话" not in page


BLIND = [
    ("check/income/", {}),
    ("change/", {"address": "新村 3 号", "why": "搬家"}),
    ("members/add/", {"name": "李小", "relation": "son", "why": "出生"}),
    ("close/", {"reason": "已解困脱困"}),
]


@pytest.mark.parametrize(("address", "form"), BLIND)
def test_nothing_is_done_blindly_to_a_file_that_one_may_not_open(
    signed_in, room, chen, address, form
):
    """The county's clerk has the permission, and no work on this file."""
    before = list(room.case.versions.values_list("number", flat=True))

    answer = signed_in(chen).post(f"/desk/holders/{room.holder.pk}/{address}", form)

    room.case.refresh_from_db()
    assert answer.status_code == 403 and "手上现在没有这户家庭的事项" in answer.text
    assert room.case.state == "active"
    assert list(room.case.versions.values_list("number", flat=True)) == before


def test_when_the_work_is_done_it_goes_on_with_the_work_list(signed_in, room, chen):
    changes.report_change(room.case, {"address": "新村 3 号"}, why="搬家", by=room.worker)
    desk = signed_in(chen)
    assert desk.get(f"/desk/holders/{room.holder.pk}/changes/").status_code == 200

    answer = desk.post(f"/desk/holders/{room.holder.pk}/change/accept/", follow=True)

    assert answer.status_code == 200 and answer.redirect_chain[0][0] == "/desk/work/"
    assert "已采纳，档案已更新，并告知本人" in answer.text


def test_a_form_is_taken_over_only_while_it_can_be_filled_in(signed_in, branch_a, room):
    """An application that others already review is none of a clerk's above, whatever reason is typed."""
    application = make_application(room.holder, kind="one_off", state="checking")
    province = make_staff("省里", branch_a["province"], Role.CLERK)
    desk, address = signed_in(province), f"/desk/assist/{application.pk}/"

    answer = desk.post(address + "take-over/", {"reason": "没有智能手机"})

    assert answer.status_code != 302 and "现在不能再改" in answer.text
    assert desk.get(address + "about/").status_code == 403
    assert not Access.objects.filter(viewer=province).exists()


def test_who_comes_second_with_an_answer_is_told_so(signed_in, room):
    claim = make_claim(make_wish(room.holder))
    complaint = Complaint.objects.create(
        wish=claim.wish, claim=claim, kind="not_received", raised_by=make_worker("反映人"),
        due_on=timezone.localdate(),
    )  # fmt: skip
    form = {"words": "已经核实，明天送到", "is_accepted": "yes"}
    address = f"/desk/problems/{complaint.pk}/"
    first, second = signed_in(room.clerk), signed_in(room.colleague)
    first.post(address, form)
    Complaint.objects.filter(pk=complaint.pk).update(
        state="answered", answer="已核实", answered_by=room.clerk
    )

    for answer in (second.post(address, form, follow=True), second.get(address, follow=True)):
        assert answer.status_code == 200 and "已经有同志答复了" in answer.text
