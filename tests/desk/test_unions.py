"""组织与任职的页面."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from mashang import workflows
from mashang.core.wording import day
from mashang.notices.models import Message, Notice
from mashang.reference.models import Region
from mashang.unions.actions import posts
from mashang.unions.models import Post, Union
from mashang.unions.roles import Role
from tests.builders import make_phone, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(branch_a):
    return make_staff("管理员", branch_a["city"], Role.ADMIN)


@pytest.fixture
def desk(signed_in, admin):
    return signed_in(admin)


@pytest.fixture
def nanning():
    return Region.objects.create(
        code="450100", name="南宁市", parent_code="450000", level="city", source="试"
    )


def test_an_administrator_walks_down_the_own_branch(desk, branch_a) -> None:
    city, county = branch_a["city"], branch_a["county"]

    assert desk.get("/desk/unions/")["Location"] == f"/desk/unions/{city.pk}/"
    page = desk.get(f"/desk/unions/{city.pk}/")
    assert county.name in page.text and "管理员" in page.text
    assert branch_a["town"].name in desk.get(f"/desk/unions/{county.pk}/").text


def test_what_lies_beside_or_above_is_not_there(desk, branch_a, branch_b) -> None:
    for union in (branch_b["county"], branch_a["province"]):
        for page in ("", "found/", "correct/", "close/", "appoint/"):
            assert desk.get(f"/desk/unions/{union.pk}/{page}").status_code == 404


def test_other_roles_have_no_tree_page(signed_in, branch_a, chen) -> None:
    assert signed_in(chen).get(f"/desk/unions/{branch_a['county'].pk}/").status_code == 403


def test_a_union_is_founded_and_corrected_on_the_page(desk, branch_a, nanning) -> None:
    typed = {
        "kind": "grassroots",
        "name": "造船厂工会",
        "region_code": "450100",
        "hotline": "12351",
    }
    address = f"/desk/unions/{branch_a['county'].pk}/found/"

    wrong = desk.post(address, {**typed, "credit_code": "123"})
    assert wrong.status_code == 422 and "应为 18 位" in wrong.text and "造船厂工会" in wrong.text
    desk.post(address, typed)

    made = Union.objects.get(name="造船厂工会")
    desk.post(f"/desk/unions/{made.pk}/correct/", {**typed, "name": "西江造船厂工会"})
    assert Union.objects.get(pk=made.pk).name == "西江造船厂工会"


def test_closing_asks_once(desk, branch_a) -> None:
    own = branch_a["own"]

    assert "不再接收申请" in desk.get(f"/desk/unions/{own.pk}/close/").text
    desk.post(f"/desk/unions/{own.pk}/close/")
    assert Union.objects.get(pk=own.pk).closed_on


def test_a_new_colleague_waits_for_a_second_person_and_gets_the_code_on_the_own_phone(
    desk, signed_in, branch_a
) -> None:
    county, phone = branch_a["county"], make_phone()
    second = signed_in(make_staff("管理员乙", branch_a["city"], Role.ADMIN))
    typed = {"username": "huang", "name": "黄", "role": "clerk", "from_on": "2026-11-01"}
    address = f"/desk/unions/{county.pk}/appoint/"

    without = desk.post(address, typed)
    assert without.status_code == 422 and "请填写本人的手机号" in without.text
    page = desk.post(address, {**typed, "phone": phone}, follow=True)
    assert "待第二人确认" in page.text and "启用码发到本人手机" in page.text
    post = Post.objects.get(user__username="huang")
    assert f"{phone[:3]}****{phone[-4:]}" in second.get("/desk/appointments/").text
    second.post(f"/desk/appointments/{post.pk}/confirm/")

    [message] = Message.objects.all()
    code = re.findall(r"[\dA-Z]{4}(?:-[\dA-Z]{4}){3}", message.body.reveal())[0]
    assert message.phone.reveal() == phone
    pages = (desk.get(f"/desk/unions/{county.pk}/"), second.get("/desk/appointments/"))
    assert all(code not in page.text for page in pages)


def test_a_sign_in_name_of_somebody_else_is_refused(desk, branch_a, chen) -> None:
    typed = {"username": chen.username, "name": "别人", "role": "clerk", "from_on": "2026-11-01"}

    page = desk.post(f"/desk/unions/{branch_a['town'].pk}/appoint/", typed)

    assert page.status_code == 422 and "另一位同事" in page.text


def test_an_approver_waits_on_the_second_persons_page(
    desk, signed_in, branch_a, chen, admin
) -> None:
    second = signed_in(make_staff("管理员乙", branch_a["city"], Role.ADMIN))
    typed = {
        "username": chen.username,
        "name": chen.name,
        "role": "approver",
        "from_on": "2026-11-01",
    }

    desk.post(f"/desk/unions/{branch_a['county'].pk}/appoint/", typed)
    post = Post.objects.get(role=Role.APPROVER)
    own_page = desk.get("/desk/appointments/").text
    assert chen.name in own_page and "等别人确认" in own_page and "确认任职<span" not in own_page
    assert "撤回" in own_page
    assert desk.post(f"/desk/appointments/{post.pk}/confirm/").status_code == 403
    assert chen.name in second.get("/desk/appointments/").text
    second.post(f"/desk/appointments/{post.pk}/confirm/")

    post.refresh_from_db()
    assert not post.awaits_second_person


def test_after_a_reset_the_second_person_reads_who_reset_it_and_not_who_proposed_it_long_ago(
    signed_in, branch_a, chen
) -> None:
    first, second = (make_staff(name, branch_a["city"], Role.ADMIN) for name in ("甲管", "乙管"))
    proposer = make_staff("早年提出", branch_a["province"], Role.ADMIN)
    Post.objects.filter(user=chen).update(appointed_by=proposer, confirmed_by=second)
    posts.reset_account(chen, at=branch_a["county"], by=first, phone=make_phone())

    page = signed_in(make_staff("丙管", branch_a["city"], Role.ADMIN)).get("/desk/appointments/")

    assert "登录被重置" in page.text and "甲管" in page.text and "早年提出" not in page.text


def test_a_post_that_begins_later_is_not_said_to_count_from_today(
    signed_in, branch_a, admin, chen
) -> None:
    later = timezone.localdate() + timedelta(days=30)
    post = posts.appoint(chen, branch_a["town"], Role.CLERK, by=admin, from_on=later)
    second = signed_in(make_staff("管理员乙", branch_a["city"], Role.ADMIN))

    page = second.post(f"/desk/appointments/{post.pk}/confirm/", follow=True).text

    assert f"{day(later)}起生效" in page and "即日起" not in page
    row = signed_in(admin).get(f"/desk/unions/{branch_a['town'].pk}/").text
    assert f"{day(later)} 起生效" in row


@pytest.mark.parametrize("role", [Role.KEEPER, Role.APPROVER, Role.AUDITOR])
def test_whoever_watches_a_branch_reads_who_got_in_and_out_and_by_whose_hand(
    signed_in, branch_a, branch_b, admin, chen, lu, role
) -> None:
    county = branch_a["county"]
    watcher = make_staff("看守", county, role)
    second = make_staff("管理员乙", branch_a["city"], Role.ADMIN)
    post = posts.appoint(
        make_staff("新来的", branch_a["own"], Role.CLERK), branch_a["town"], Role.CLERK,
        by=admin, from_on=timezone.localdate(),
    )  # fmt: skip
    posts.confirm(post, by=second)
    workflows.close_account(chen, by=admin)
    far = make_staff("邻市管", branch_b["city"], Role.ADMIN)
    workflows.close_account(lu, by=far)

    page = signed_in(watcher).get("/desk/alerts/").text
    told = [(notice.url, notice.body) for notice in Notice.objects.filter(user=watcher)]

    assert "提出任职" in page and "确认任职" in page and "停用账号" in page
    assert all(one in page for one in ("新来的", chen.name, admin.name, "管理员乙"))
    assert lu.name not in page and "邻市管" not in page
    if role != Role.AUDITOR:  # who is told is led to where it stands
        assert ("/desk/alerts/#posts" in {url for url, _ in told}) and told[-1][1]


def test_posts_elsewhere_are_not_there(desk, signed_in, branch_b, lu) -> None:
    post = lu.posts.get()

    for verb in ("confirm", "end"):
        assert desk.post(f"/desk/appointments/{post.pk}/{verb}/").status_code == 404


def test_a_colleague_is_reset_and_leaves(desk, branch_a, chen) -> None:
    county = branch_a["county"]

    reset, leave = (
        f"/desk/unions/{county.pk}/people/{chen.pk}/reset/",
        f"/desk/appointments/{chen.posts.get().pk}/end/",
    )
    assert "马上作废" in desk.get(reset).text and "从确认的那一刻起" in desk.get(leave).text
    wrong = desk.post(reset, {"phone": "123"})
    assert wrong.status_code == 422 and 'value="123"' in wrong.text
    assert not chen.posts.get().awaits_second_person
    page = desk.post(reset, {"phone": make_phone()}, follow=True)
    assert "待第二人确认后，新的启用码发到本人手机" in page.text
    assert chen.posts.get().awaits_second_person
    desk.post(leave)
    assert chen.posts.get().to_on


def test_who_has_no_phone_on_record_is_asked_for_it(desk, branch_a, chen) -> None:
    chen.work_phone = chen.work_phone_index = None
    chen.save()
    address = f"/desk/unions/{branch_a['county'].pk}/people/{chen.pk}/reset/"

    assert "还没有登记过" in desk.get(address).text and "选填" not in desk.get(address).text
    assert desk.post(address, {"phone": ""}).status_code == 422
    assert chen.posts.get().awaits_second_person is False


def test_the_administrator_sees_no_business_page(desk) -> None:
    assert desk.get("/desk/rules/").status_code == 403


def test_confirming_wants_a_fresh_proof(signed_in, branch_a, admin, chen) -> None:
    post = posts.appoint(
        chen, branch_a["county"], Role.KEEPER, by=admin, from_on=chen.posts.get().from_on
    )
    second = signed_in(make_staff("管理员乙", branch_a["city"], Role.ADMIN))
    session = second.session
    session["proved_at"] = 0
    session.save()

    page = second.post(f"/desk/appointments/{post.pk}/confirm/")

    assert "请再输一次动态口令" in page.text and Post.objects.get(pk=post.pk).awaits_second_person


def test_the_second_person_may_say_no_and_who_proposed_it_is_told(
    signed_in, branch_a, admin, chen
) -> None:
    post = posts.appoint(chen, branch_a["town"], Role.CLERK, by=admin, from_on=timezone.localdate())
    second = signed_in(make_staff("管理员乙", branch_a["city"], Role.ADMIN))
    address, no = f"/desk/appointments/{post.pk}/confirm/", {"decision": "decline"}

    assert "不同意" in second.get("/desk/appointments/").text
    page = second.post(address, no, follow=True).text

    assert "这项任职不生效" in page and chen.name not in page
    assert second.post(address).status_code == 409
    assert Notice.objects.get(user=admin, kind="unions.post_declined")
    assert not Post.objects.current(timezone.localdate()).filter(pk=post.pk).exists()


def test_what_counted_before_is_not_ended_by_a_no(signed_in, branch_a, chen) -> None:
    first, second = (make_staff(name, branch_a["city"], Role.ADMIN) for name in ("甲管", "乙管"))
    posts.reset_account(chen, at=branch_a["county"], by=first, phone=make_phone())
    post = chen.posts.get()
    desk = signed_in(second)

    assert "不同意" not in desk.get("/desk/appointments/").text
    no = {"decision": "decline"}
    assert desk.post(f"/desk/appointments/{post.pk}/confirm/", no).status_code == 409
    post.refresh_from_db()
    assert post.to_on is None
