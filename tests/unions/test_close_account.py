"""停用账号: one person stops a colleague at once; two bring them back."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mashang import workflows
from mashang.accounts.actions import staff, tokens
from mashang.accounts.models import ApiToken, OneTimeCode, User
from mashang.accounts.queries import token_behind
from mashang.cases.actions import alerts
from mashang.cases.models import Alert
from mashang.core.errors import NotAllowed, WrongState
from mashang.core.models import TrailEntry
from mashang.notices.models import Message, Notice
from mashang.unions.actions import posts
from mashang.unions.changes import recent_changes
from mashang.unions.models import Post
from mashang.unions.queries import posts_to_confirm, why_not_close, why_not_close_each
from mashang.unions.refusals import (
    ClosedElsewhere,
    ColleagueClosed,
    LastOne,
    NeedsAnother,
    NotYourself,
)
from mashang.unions.roles import Permission, Role, holds
from tests.accounts.colleagues import WHO
from tests.builders import make_staff, sign_in
from tests.cases.households import make_case
from tests.crowd import press_at_once

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 1)


@pytest.fixture
def admin(branch_a):
    return make_staff("管理员甲", branch_a["city"], Role.ADMIN)


@pytest.fixture
def second(branch_a):
    return make_staff("管理员乙", branch_a["city"], Role.ADMIN)


@pytest.fixture
def keeper(branch_a):
    return make_staff("唐洁", branch_a["county"], Role.KEEPER)


def fresh(user):
    return User.objects.get(pk=user.pk)


def address_of(user, union):
    return f"/desk/unions/{union.pk}/people/{user.pk}/close/"


# What the pages offer ----------------------------------------------------------------------------


def test_closing_the_last_keeper_is_not_offered_and_the_page_says_why(admin, keeper, branch_a):
    desk, page = sign_in(admin), f"/desk/unions/{branch_a['county'].pk}/"
    address = address_of(keeper, branch_a["county"])
    assert address not in desk.get(page).text and "仅剩的一位" in desk.get(page).text

    make_staff("另一位", branch_a["county"], Role.KEEPER)

    assert address in desk.get(page).text and "仅剩的一位" not in desk.get(page).text


def test_closing_a_union_that_is_still_in_use_is_not_offered(admin, branch_a):
    page = f"/desk/unions/{branch_a['county'].pk}/close/"

    text = sign_in(admin).get(page).text

    assert "先撤并下级" in text and "确认撤销" not in text


def test_a_proposal_is_taken_back_and_no_post_is_left(admin, second, branch_a):
    """It never counted: there is nothing to leave, now or on the day on which it would have begun."""
    clerk = make_staff("周敏", branch_a["own"], Role.CLERK)
    later = timezone.localdate() + timedelta(days=9)
    post = posts.appoint(clerk, branch_a["own"], Role.REVIEWER, by=admin, from_on=later)
    desk, page = sign_in(admin), f"/desk/unions/{branch_a['own'].pk}/"
    address = f"/desk/appointments/{post.pk}/end/"
    assert "撤回任职" in desk.get(page).text
    assert "从来没有生效" in desk.get(address).text and "离任" not in desk.get(address).text

    said = desk.post(address, follow=True).text

    assert "已撤回" in said and "已办理离任" not in said and "复核人" not in said
    watcher = make_staff("方正", branch_a["county"], Role.APPROVER)
    assert [change.what for change in recent_changes(watcher)][:1] == ["撤回任职"]


# It works --------------------------------------------------------------------------------------


def test_whatever_is_open_does_nothing_more_from_that_moment(admin, branch_a):
    """A page, a form on its way, a download, an app, a code: all at once."""
    clerk = make_staff("周敏", branch_a["own"], Role.CLERK)
    case = make_case(branch_a["own"])
    desk, page = sign_in(clerk), f"/desk/holders/{case.holder_id}/"
    assert desk.get(page).status_code == 200
    session = desk.session
    session["proved_at"] = 0
    session.save()
    asked = desk.post(f"{page}reveal/phone/", {"purpose": "identity"})
    stashed = re.search(r'name="stashed" value="([^"]+)"', asked.text)[1]
    text = tokens.issue("看一看", ApiToken.Scope.READ, by=clerk)
    assert token_behind(text)

    sign_in(admin).post(address_of(clerk, branch_a["own"]))

    for address in (page, "/desk/cases/", "/desk/account/", "/desk/"):
        assert desk.get(address).url.startswith("/desk/sign-in/")
    resumed = desk.post("/desk/confirm/", {"second": "000000", "stashed": stashed})
    assert "接着刚才的内容" not in resumed.text
    assert token_behind(text) is None
    assert not fresh(clerk).is_active and not clerk.sign_ins.exists()
    assert not holds(fresh(clerk), Permission.CASE_READ)


def test_the_colleague_keeper_and_approver_are_told_and_the_trail_says_who(
    chen, admin, keeper, branch_a, django_capture_on_commit_callbacks
):
    chair = make_staff("方正", branch_a["county"], Role.APPROVER)

    workflows.close_account(chen, by=admin)

    told = Notice.objects.filter(kind="unions.account_closed")
    assert {notice.user for notice in told} == {keeper, chair}
    assert Message.objects.filter(kind="staff.closed").count() == 1
    entry = TrailEntry.objects.get(action="staff.closed")
    assert entry.actor_id == str(admin.pk)


def test_a_keeper_who_closes_the_only_other_watcher_is_watched_from_above(branch_a) -> None:
    """Nobody is left at the county whom it could be told, but the keeper who does it."""
    keeper = make_staff("唐洁", branch_a["county"], Role.KEEPER)
    chair = make_staff("方正", branch_a["county"], Role.APPROVER)
    above = make_staff("市档案", branch_a["city"], Role.KEEPER)

    workflows.close_account(chair, by=keeper)

    assert Notice.objects.filter(user=above, kind="unions.account_closed").exists()
    assert not Notice.objects.filter(user=keeper, kind="unions.account_closed").exists()


def test_a_code_that_was_on_its_way_opens_nothing(chen, admin, branch_a):
    opened = staff.new_enrolment(chen)
    workflows.close_account(chen, by=admin)

    assert not OneTimeCode.objects.filter(user=chen).exists()
    with pytest.raises(staff.WrongEnrolment):
        staff.enrol(chen.username, opened.code, "qing-shan-lv-shui-7", "000000", origin=WHO)


def test_the_keeper_who_looks_into_an_alert_stops_them_from_there(chen, keeper, branch_a):
    alert = alerts.over_the_limit(Alert.Kind.REVEALS, by=chen)
    desk, address = sign_in(keeper), address_of(chen, branch_a["county"])
    assert address in desk.get(f"/desk/alerts/{alert.pk}/").text
    asked = desk.get(address).text
    assert "一个人就能停" in asked
    assert "本人（登记了手机的）、档案管理员和审批人会收到通知" in asked

    assert desk.post(address).url == "/desk/alerts/"
    assert not fresh(chen).is_active
    assert address not in desk.get(f"/desk/alerts/{alert.pk}/").text


# Back again ------------------------------------------------------------------------------------


def test_it_takes_two_to_bring_them_back(chen, admin, second, branch_a):
    post = chen.posts.get()
    workflows.close_account(chen, by=admin)
    assert not posts_to_confirm(second).exists()
    with pytest.raises(ColleagueClosed):
        posts.confirm(post, by=second)

    posts.reset_account(fresh(chen), at=branch_a["county"], by=admin)
    assert not holds(fresh(chen), Permission.CASE_READ)
    with pytest.raises(NeedsAnother):
        posts.confirm(post, by=admin)
    posts.confirm(post, by=second)

    assert holds(fresh(chen), Permission.CASE_READ)
    assert TrailEntry.objects.get(action="staff.reset").facts["reopens"] is True


# Who may not -----------------------------------------------------------------------------------


def test_who_may_not_close_an_account(chen, lu, admin, branch_a, branch_b):
    beside = make_staff("邻县管理员", branch_b["county"], Role.ADMIN)
    chair = make_staff("主席", branch_a["county"], Role.APPROVER)
    for by in (lu, beside, chair, make_staff("同事", branch_a["county"], Role.CLERK)):
        with pytest.raises(NotAllowed):
            workflows.close_account(chen, by=by)
    with pytest.raises(NotYourself):
        workflows.close_account(admin, by=admin)
    assert fresh(chen).is_active and fresh(admin).is_active
    assert sign_in(beside).post(address_of(chen, branch_a["county"])).status_code == 404


def test_the_keeper_of_a_county_does_not_stop_somebody_of_the_province(keeper, branch_a):
    above = make_staff("双岗", branch_a["county"], Role.CLERK)
    Post.objects.create(user=above, union=branch_a["province"], role=Role.REVIEWER, from_on=TODAY)

    with pytest.raises(ClosedElsewhere):
        workflows.close_account(above, by=keeper)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.KEEPER])
def test_the_last_one_stays(branch_a, role):
    by = make_staff("另一种", branch_a["city"], Role.KEEPER if role == Role.ADMIN else Role.ADMIN)
    last = make_staff("仅剩", branch_a["county"], role)
    with pytest.raises(LastOne):
        workflows.close_account(last, by=by)

    make_staff("上级", branch_a["province"], role)
    workflows.close_account(last, by=by)
    assert not fresh(last).is_active


def test_of_a_whole_union_it_is_asked_at_once(branch_a, django_assert_num_queries):
    """The page of a union with many posts says of each account why it cannot be closed here."""
    keeper = make_staff("唐洁", branch_a["city"], Role.KEEPER)
    county = branch_a["county"]
    people = [make_staff(f"经办{n}", county, Role.CLERK) for n in range(5)]
    last = make_staff("仅剩", county, Role.ADMIN)
    above = make_staff("双岗", county, Role.CLERK)
    Post.objects.create(user=above, union=branch_a["province"], role=Role.REVIEWER, from_on=TODAY)
    holds(keeper, Permission.ACCOUNT_CLOSE)  # the posts are read once for the whole page
    everybody = [*people, last, above, keeper]

    with django_assert_num_queries(2):
        barred = why_not_close_each({one.pk for one in everybody}, keeper)

    assert {pk: type(why) for pk, why in barred.items()} == {
        last.pk: LastOne, above.pk: ClosedElsewhere, keeper.pk: LastOne,
    }  # fmt: skip
    make_staff("上级", branch_a["province"], Role.ADMIN)
    assert set(why_not_close_each({last.pk}, keeper)) == set()
    assert [type(why_not_close(one, keeper)) for one in (above, keeper, last)] == [
        ClosedElsewhere, LastOne, type(None),
    ]  # fmt: skip


def test_a_union_s_page_asks_no_more_of_many_than_of_few(admin, branch_a):
    address = f"/desk/unions/{branch_a['county'].pk}/"
    make_staff("经办", branch_a["county"], Role.KEEPER)
    counts = []
    for _ in range(2):
        client = sign_in(admin)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counts.append(len(asked))
        for n in range(6):
            make_staff(f"档案{n}", branch_a["county"], Role.KEEPER)
            make_staff(f"经办{n}", branch_a["county"], Role.CLERK)
    assert counts[0] == counts[1]


def test_closed_once(chen, admin):
    workflows.close_account(chen, by=admin)
    with pytest.raises(ColleagueClosed):
        workflows.close_account(fresh(chen), by=admin)


def test_whoever_was_closed_meanwhile_closes_nobody(admin, second):
    workflows.close_account(second, by=admin)
    with pytest.raises(NotAllowed):
        workflows.close_account(admin, by=second)
    assert fresh(admin).is_active


@pytest.mark.django_db(transaction=True)
def test_two_who_close_each_other_at_once_are_not_both_gone(branch_a):
    pair = [make_staff(name, branch_a["city"], Role.ADMIN) for name in ("甲", "乙")]

    def close(other, by):
        return lambda: workflows.close_account(fresh(other), by=fresh(by))

    press_at_once([close(pair[0], pair[1]), close(pair[1], pair[0])])

    assert sum(fresh(one).is_active for one in pair) == 1
    assert Post.objects.current(timezone.localdate()).filter(role=Role.ADMIN).count() == 1


def test_an_office_that_closed_somebody_sees_it_at_the_union(chen, admin, branch_a):
    workflows.close_account(chen, by=admin)
    page = sign_in(admin).get(f"/desk/unions/{branch_a['county'].pk}/")

    assert "账号已停用" in page.text and address_of(chen, branch_a["county"]) not in page.text
    with pytest.raises(WrongState):
        posts.confirm(chen.posts.get(), by=admin)
