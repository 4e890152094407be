"""快慢：一天看多少、十分钟看几次、录入多少身份证号；超过的有提醒，查清了写明."""

from datetime import date

import pytest
from django.utils import timezone

from mashang.cases.actions import alerts, limits, papers
from mashang.cases.models import Access, Alert
from mashang.cases.refusals import OwnAlert
from mashang.cases.safeguards import NUMBERS
from mashang.core.errors import Invalid, NotAllowed, TooMany, WrongState
from mashang.core.models import TrailEntry
from mashang.notices.models import Notice
from mashang.unions.models import RuleCard
from mashang.unions.roles import Role
from tests.builders import make_id_number, make_staff, sign_in
from tests.cases.offices import application_of, make_office, submit
from tests.desk.files import make_room
from tests.pictures import make_jpeg

WHY = {"purpose": "check"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(branch_a):
    return make_room(branch_a["own"])


@pytest.fixture
def keeper(branch_a):
    return make_staff("档案员", branch_a["county"], Role.KEEPER)


def set_number(union, code: str, value: int) -> None:
    """A rule card that holds since long."""
    RuleCard.objects.create(
        union=union, kind="safeguard", code=code, body={"value": value}, source="测试",
        valid_from=date(2026, 1, 1),
    )  # fmt: skip


# What is hidden ---------------------------------------------------------------------------


def test_one_proof_serves_five_reveals(room) -> None:
    desk = sign_in(room.clerk)
    address = room.address("reveal/phone/")

    answers = [desk.post(address, WHY) for _ in range(6)]

    assert [answer.status_code for answer in answers[:5]] == [200] * 5
    assert room.case.holder.phone.reveal() not in answers[5].text
    assert "确认是您本人" in answers[5].text
    assert "查看隐藏信息满一定次数的，会再问一次" in answers[5].text
    desk = sign_in(room.clerk)
    session = desk.session
    session["proved_at"] = timezone.now().timestamp() + 1
    session.save()
    assert room.case.holder.phone.reveal() in desk.post(address, WHY).text.replace(" ", "")


def test_seventy_five_reveals_end_at_twenty_and_somebody_hears(room, keeper, branch_a) -> None:
    auditor = make_staff("监督", branch_a["county"], Role.AUDITOR)
    for _ in range(20):
        limits.count_reveal(room.clerk)

    refusals = []
    for _ in range(55):
        with pytest.raises(TooMany) as refusal:
            limits.count_reveal(room.clerk)
        refusals.append(refusal.value)

    assert "明天再看" in refusals[0].message and refusals[0].facts["retry_after"] > 80_000
    alert = Alert.objects.get()
    assert (alert.kind, alert.about, alert.times) == ("reveals", room.clerk, 55)
    told = Notice.objects.filter(kind="alert.raised").values_list("user_id", flat=True)
    assert sorted(told) == sorted([keeper.pk, auditor.pk, room.keeper.pk, room.approver.pk])


def test_where_the_keeper_goes_too_far_the_chair_and_the_keeper_above_hear_and_look_into_it(
    branch_a,
) -> None:
    keeper = make_staff("档案员", branch_a["county"], Role.KEEPER)
    chair = make_staff("主席", branch_a["county"], Role.APPROVER)
    above = make_staff("市档案员", branch_a["city"], Role.KEEPER)
    beside = make_staff("别处", branch_a["own"], Role.KEEPER)

    alert = alerts.over_the_limit(Alert.Kind.REVEALS, by=keeper)

    told = Notice.objects.filter(kind="alert.raised").values_list("user_id", flat=True)
    assert set(told) == {chair.pk, above.pk} and beside.pk not in told
    desk = sign_in(chair)
    assert desk.get("/desk/alerts/").status_code == 200
    desk.post(f"/desk/alerts/{alert.pk}/", {"decision": "settle", "found": "补录旧档，已核实"})
    alert.refresh_from_db()
    assert (alert.state, alert.settled_by) == ("settled", chair)


def test_photos_of_papers_have_a_limit_of_their_own_and_an_alert(branch_a) -> None:
    set_number(branch_a["province"], "papers_a_day", 20)
    office = make_office(branch_a)
    found = application_of(submit(office))
    paper = papers.add(found, kind="id_card", data=make_jpeg(), by=found.holder.user)
    desk, address = sign_in(office.clerk), f"/desk/papers/{paper.pk}/"

    answers = [desk.get(address) for _ in range(21)]

    assert [answer.status_code for answer in answers] == [200] * 20 + [429]
    assert "data:image/jpeg" in answers[19].text and "data:image/jpeg" not in answers[20].text
    assert "材料照片已到限度" in answers[20].text and int(answers[20]["Retry-After"]) > 80_000
    alert = Alert.objects.get()
    assert (alert.kind, alert.about) == ("papers", office.clerk)
    limits.count_reveal(office.clerk)  # another limit


def test_no_card_lets_one_see_less_in_a_day_than_one_application_holds() -> None:
    """Whoever has to look at all its photos may do so on one day, whatever a union sets."""
    assert NUMBERS.defaults()["papers_a_day"]["least"] >= papers.MOST_OF_ALL


def test_over_the_limit_the_page_says_so_and_shows_nothing(room, branch_a) -> None:
    set_number(branch_a["county"], "reveals_a_day", 5)
    for _ in range(5):
        limits.count_reveal(room.clerk)

    answer = sign_in(room.clerk).post(room.address("reveal/id_number/"), WHY)

    assert answer.status_code == 429 and int(answer["Retry-After"]) > 80_000
    assert room.case.holder.id_number.reveal() not in answer.text
    assert Access.objects.filter(what__startswith="显示").count() == 0


def test_a_colleague_is_counted_alone(room, branch_a) -> None:
    set_number(branch_a["county"], "reveals_a_day", 5)
    for _ in range(5):
        limits.count_reveal(room.clerk)

    limits.count_reveal(make_staff("经办乙", branch_a["own"], Role.CLERK))


# ID numbers whose answer tells something -------------------------------------------------


def test_numbers_tried_one_after_another_are_counted_recorded_and_refused(room, branch_a) -> None:
    set_number(branch_a["county"], "id_numbers_a_day", 5)
    desk = sign_in(room.clerk)
    typed = {"name": "韦秀英", "relation": "mother", "identity": "retired", "why": "搬来"}
    tried = [make_id_number(date(1945, 3, 1)) for _ in range(6)]

    answers = [
        desk.post(room.address("members/add/"), {**typed, "id_number": number, "seen": ""})
        for number in tried
    ]

    assert [answer.status_code for answer in answers] == [409] * 5 + [429]
    assert "明天再办" in answers[5].text and answers[5]["Retry-After"]
    entries = TrailEntry.objects.filter(action="id_number.typed")
    assert entries.count() == 6 and not any(n in str(e.facts) for e in entries for n in tried)
    assert Alert.objects.get().kind == "probing"


def test_beginning_for_somebody_counts_too(room) -> None:
    desk = sign_in(room.clerk)

    desk.post("/desk/assist/", {"number": make_id_number(), "kind": "x", "reason": "没有手机"})
    desk.post(
        "/desk/assist/",
        {
            "number": make_id_number(),
            "kind": "one_off",
            "reason": "没有手机",
            "union": room.case.union_id,
        },
    )

    assert TrailEntry.objects.filter(action="id_number.typed").count() == 1


# Until it is settled ----------------------------------------------------------------------


def test_an_alert_is_taken_up_and_settled_with_what_was_found(room, keeper, signed_in) -> None:
    alert = alerts.over_the_limit("probing", by=room.clerk)
    desk = sign_in(keeper)
    page = f"/desk/alerts/{alert.pk}/"
    assert page in desk.get("/desk/alerts/").text

    desk.post(page, {"decision": "take"})
    assert Alert.objects.get().state == "taken"
    assert "至少 4 个字" in desk.post(page, {"decision": "settle", "found": "好"}).text
    desk.post(page, {"decision": "settle", "found": "年底集中建档，逐户核对过"})

    settled = Alert.objects.get()
    assert (settled.state, settled.settled_by) == ("settled", keeper)
    listed = desk.get("/desk/alerts/").text
    assert "已查清" in listed and "逐户核对过" in listed
    with pytest.raises(WrongState):
        alerts.take(settled, by=keeper)


def test_what_comes_after_it_was_settled_is_heard_again(room, keeper) -> None:
    first = alerts.over_the_limit("probing", by=room.clerk)
    alerts.settle(first, found="年底集中建档", by=keeper)

    again = alerts.over_the_limit("probing", by=room.clerk)
    alerts.over_the_limit("probing", by=room.clerk)

    again.refresh_from_db()
    assert again.pk != first.pk and (again.state, again.times) == ("open", 2)
    assert Notice.objects.filter(user=keeper, kind="alert.raised").count() == 2


def test_nobody_settles_what_is_about_them(keeper) -> None:
    alert = alerts.over_the_limit("reveals", by=keeper)

    with pytest.raises(OwnAlert):
        alerts.settle(alert, found="没有问题的", by=keeper)
    assert "别的同志" in sign_in(keeper).get(f"/desk/alerts/{alert.pk}/").text


def test_a_clerk_and_another_county_see_nothing(room, lu, branch_b) -> None:
    alert = alerts.over_the_limit("probing", by=room.clerk)
    beside = make_staff("邻县档案员", branch_b["county"], Role.KEEPER)

    assert sign_in(beside).get(f"/desk/alerts/{alert.pk}/").status_code == 404
    assert sign_in(room.clerk).get(f"/desk/alerts/{alert.pk}/").status_code == 403
    with pytest.raises(NotAllowed):
        alerts.take(alert, by=beside)


def test_an_empty_finding_settles_nothing(room, keeper) -> None:
    alert = alerts.over_the_limit("probing", by=room.clerk)

    with pytest.raises(Invalid):
        alerts.settle(alert, found="  ", by=keeper)


def test_the_numbers_are_set_on_a_page_within_their_bounds(room, branch_a) -> None:
    desk = sign_in(make_staff("县审批", branch_a["county"], Role.APPROVER))
    page = "/desk/rules/safeguard/reveals_a_day/"
    assert page in desk.get("/desk/rules/").text
    typed = {"source": "县总工会纪要", "valid_from": timezone.localdate().isoformat()}

    assert "5 到 100" in desk.post(page, {**typed, "value": "1000"}).text
    assert desk.post(page, {**typed, "value": "6"}).status_code == 302

    for _ in range(6):
        limits.count_reveal(room.clerk)
    with pytest.raises(TooMany):
        limits.count_reveal(room.clerk)
