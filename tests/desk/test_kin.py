"""回避声明: no page of the desk opens before a colleague has said who they and their kin are."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mashang.accounts.models import KinDeclaration, Relative
from mashang.cases.actions import limits
from mashang.cases.actions.recusal import is_kin
from mashang.cases.models import Alert, Case
from mashang.core.models import TrailEntry
from mashang.core.privacy.keys import blind_index
from mashang.desk.accounts.forms import MOST_ROWS
from mashang.notices.models import Notice
from mashang.unions.models import RuleCard
from mashang.unions.roles import Role
from tests.access.addresses import addresses
from tests.builders import make_id_number, make_staff
from tests.cases.households import make_case

pytestmark = pytest.mark.django_db
PAGE = "/desk/declare-kin/"
NOBODY = {"answer": "none"}


@pytest.fixture
def new(chen):
    """陈 on the first day: nobody has asked her yet."""
    KinDeclaration.objects.filter(user=chen).delete()
    return chen


def answer(browser, **typed):
    return browser.post(PAGE, {"own_number": make_id_number(), "rows": "3", **typed})


def test_every_address_of_the_desk_leads_to_the_question_first(signed_in, new):
    browser = signed_in(new)
    open_ways = {"desk:sign-in", "desk:sign-out", "desk:confirm", "desk:enrol", "desk:declare-kin"}
    ways = [each for each in addresses(most_words=1) if each.name.startswith("desk:")]
    assert len(ways) > 100

    for each in ways:
        if each.name not in open_ways:
            send = browser.get if "GET" in each.policy.methods else browser.post
            response = send(each.phantom())
            is_page = response.status_code == 302 and response.url.startswith(PAGE)
            assert is_page or "回避声明" in response.text, each.name


def test_one_may_always_leave(signed_in, new):
    browser = signed_in(new)

    assert browser.post("/desk/sign-out/").status_code == 302
    assert browser.get(PAGE).url.startswith("/desk/sign-in/")


def test_whoever_answers_goes_where_they_wanted_to(signed_in, new):
    browser = signed_in(new)
    wanted = browser.get("/desk/inbox/?page=1").url
    assert "进工作台前先填一次" in browser.get(wanted).text

    answered = answer(browser, **NOBODY, next="/desk/inbox/?page=1")

    assert answered.url == "/desk/inbox/?page=1"
    assert browser.get("/desk/inbox/").status_code == 200
    assert KinDeclaration.objects.get(user=new).has_none


def test_a_form_on_its_way_is_not_lost(signed_in, new):
    """A new password, say, that arrives when the question is due: it comes back, and goes on."""
    browser, number = signed_in(new), make_id_number()
    asked = browser.post("/desk/account/relatives/", {"relation": "子女", "id_number": number})
    assert "您填写的内容还在" in asked.text and not Relative.objects.exists()
    stashed = re.search(r'name="stashed" value="([^"]+)"', asked.text)[1]

    resumed = answer(browser, **NOBODY, stashed=stashed)

    assert "接着刚才的内容" in resumed.text and number in resumed.text
    browser.post("/desk/account/relatives/", {"relation": "子女", "id_number": number})
    assert Relative.objects.filter(relation="子女").count() == 1


def test_the_numbers_are_only_compared_and_nobody_reads_them(signed_in, new, branch_a, caplog):
    own, child = make_id_number(), make_id_number()
    browser = signed_in(new)
    assert "保存后谁也看不到" in browser.get(PAGE).text
    browser.post(PAGE, {"own_number": own, "rows": "3", "answer": "all",
                        "relation_1": "子女", "id_number_1": child})  # fmt: skip

    rows = [row for model in apps.get_models() for row in model._base_manager.values()]
    assert len(rows) > 10
    assert not [row for row in rows if own in str(row) or child in str(row)]
    assert own not in caplog.text and child not in caplog.text
    of_her = set(Relative.objects.filter(user=new).values_list("relation", "id_index"))
    assert of_her == {("本人", blind_index("id", own)), ("子女", blind_index("id", child))}

    admin = make_staff("韦明", branch_a["province"], Role.ADMIN)
    keeper = make_staff("唐洁", branch_a["county"], Role.KEEPER)
    union = f"/desk/unions/{branch_a['county'].pk}/"
    pages = [
        (browser, "/desk/account/relatives/"), (signed_in(admin), union),
        (signed_in(keeper), "/desk/branch/"), (signed_in(keeper), "/desk/alerts/"),
    ]  # fmt: skip
    for reader, address in pages:
        page = reader.get(address)
        assert page.status_code == 200
        assert own not in page.text and child not in page.text and child[-4:] not in page.text


def test_what_is_declared_keeps_a_colleague_apart(signed_in, new, branch_a):
    case = make_case(branch_a["own"])
    number = Case.objects.select_related("holder__data_key").get().holder.id_number.reveal()
    assert not is_kin(case.holder, new)

    answer(signed_in(new), answer="all", relation_1="兄弟姐妹", id_number_1=number)

    assert is_kin(case.holder, new)


WRONG = {
    "no own number": ({"own_number": "", **NOBODY}, "请填写"),
    "an own number that is none": ({"own_number": "450502198001011234", **NOBODY}, "有一位不对"),
    "no answer": ({"answer": ""}, "近亲属都在这里了吗"),
    "all, but nobody named": ({"answer": "all"}, "请至少写一位近亲属"),
    "a relation without a number": ({"answer": "all", "relation_1": "子女"}, "请填这位亲属的"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_amiss_is_said_and_nothing_is_kept(signed_in, new, what):
    typed, words = WRONG[what]

    page = answer(signed_in(new), **typed)

    assert page.status_code == 422 and words in page.text
    assert not KinDeclaration.objects.filter(user=new).exists() and not Relative.objects.exists()


def test_a_number_without_a_relation_and_none_beside_kin_are_asked_back(signed_in, new):
    browser, number = signed_in(new), make_id_number()

    page = answer(browser, answer="all", id_number_1=number)
    assert page.status_code == 422 and "请选这位亲属" in page.text and number in page.text
    page = answer(browser, answer="none", relation_1="子女", id_number_1=number)
    assert page.status_code == 422 and "又选了“我没有近亲属”" in page.text
    page = answer(browser, own_number=number, answer="all", relation_1="子女", id_number_1=number)
    assert page.status_code == 422 and "这是您本人的身份证号" in page.text
    assert not Relative.objects.exists()


def test_more_rows_are_added_without_losing_any(signed_in, new):
    browser, number = signed_in(new), make_id_number()

    page = answer(browser, relation_1="子女", id_number_1=number, more="1")

    assert page.status_code == 200 and number in page.text and 'name="id_number_6"' in page.text
    assert (
        answer(browser, rows="6", answer="all", relation_6="子女", id_number_6=number).status_code
        == 302
    )


# Every year ------------------------------------------------------------------------------------


def test_it_is_asked_again_after_a_year_also_in_the_middle_of_a_session(signed_in, chen):
    browser = signed_in(chen)
    KinDeclaration.objects.update(created_at=timezone.now() - timedelta(days=364))
    assert browser.get("/desk/account/").status_code == 200

    with time_machine.travel(timezone.now() + timedelta(days=366), tick=False):
        browser = signed_in(chen)
        assert browser.get("/desk/account/").url.startswith(PAGE)
        assert "每年确认" in browser.get(PAGE).text


def test_the_day_kept_in_the_session_ends_with_that_day(signed_in, chen):
    browser = signed_in(chen)
    session = browser.session
    session["kin_declared_until"] = (timezone.localdate() - timedelta(days=1)).isoformat()
    session.save()
    KinDeclaration.objects.update(created_at=timezone.now() - timedelta(days=400))

    assert browser.get("/desk/account/").url.startswith(PAGE)


def test_a_union_may_ask_more_often(signed_in, chen, branch_a):
    KinDeclaration.objects.update(created_at=timezone.now() - timedelta(days=40))
    assert signed_in(chen).get("/desk/account/").status_code == 200
    RuleCard.objects.create(
        union=branch_a["county"], kind="safeguard", code="days_between_declarations",
        body={"value": 30}, source="测试", valid_from=timezone.localdate(),
    )  # fmt: skip

    assert signed_in(chen).get("/desk/account/").url.startswith(PAGE)


def test_in_the_second_year_one_says_only_what_has_changed(signed_in, new):
    browser, own, child = signed_in(new), make_id_number(), make_id_number()
    answer(browser, own_number=own, answer="all", relation_1="子女", id_number_1=child)
    KinDeclaration.objects.update(created_at=timezone.now() - timedelta(days=400))
    browser = signed_in(new)
    page = browser.get(PAGE)
    assert "已声明过" in page.text and "已登记" in page.text

    assert answer(browser, own_number="", answer="none").status_code == 422  # a child was named
    assert answer(browser, own_number="", answer="all").status_code == 302

    assert KinDeclaration.objects.filter(user=new).count() == 2
    assert Relative.objects.filter(user=new).count() == 2


def test_a_wrong_own_number_is_replaced_but_never_taken_away(signed_in, new):
    browser, wrong, right = signed_in(new), make_id_number(), make_id_number()
    answer(browser, own_number=wrong, **NOBODY)
    own = Relative.objects.get(user=new)

    refused = browser.post(f"/desk/account/relatives/{own.pk}/withdraw/")
    assert refused.status_code == 409 and "不能撤销" in refused.text
    browser.post("/desk/account/relatives/", {"relation": "本人", "id_number": right})

    assert Relative.objects.get(user=new, relation="本人").id_index == blind_index("id", right)
    former = Relative.objects.get(user=new, relation=Relative.FORMER)
    assert former.pk == own.pk
    refused = browser.post(f"/desk/account/relatives/{own.pk}/withdraw/")
    assert refused.status_code == 409 and "不能撤销" in refused.text
    assert "withdraw" not in browser.get("/desk/account/relatives/").text


def test_what_is_declared_and_replaced_at_the_gate_leaves_the_same_trace_as_elsewhere(
    signed_in, new
):
    browser, wrong, right, child = signed_in(new), *(make_id_number() for _ in range(3))
    answer(browser, own_number=wrong, answer="all", relation_1="子女", id_number_1=child)
    replaced = Relative.objects.get(user=new, relation="本人")
    KinDeclaration.objects.update(created_at=timezone.now() - timedelta(days=400))
    browser = signed_in(new)
    answer(browser, own_number=right, answer="all", relation_1="子女", id_number_1=child)

    entries = TrailEntry.objects.filter(actor_id=str(new.pk))
    assert entries.filter(action="relative.declared").count() == 3  # the child stood already
    gone = entries.filter(action="relative.replaced")
    assert [entry.subject_id for entry in gone] == [str(replaced.pk)]
    assert set(Relative.objects.filter(user=new).values_list("id_index", flat=True)) == {
        blind_index("id", right), blind_index("id", child), blind_index("id", wrong),
    }  # fmt: skip


def few_numbers_a_day(union):
    RuleCard.objects.create(
        union=union, kind="safeguard", code="id_numbers_a_day",
        body={"value": 5}, source="测试", valid_from=date(2026, 1, 1),
    )  # fmt: skip


def kin(rows):
    typed = {"rows": str(rows), "answer": "all"}
    for row in range(1, rows + 1):
        typed |= {f"relation_{row}": "子女", f"id_number_{row}": make_id_number()}
    return typed


def test_whoever_has_many_kin_declares_them_all_on_one_day(signed_in, new, branch_a):
    """A form full of numbers, at a union that lets one type five a day; all are written down."""
    few_numbers_a_day(branch_a["county"])

    declared = answer(signed_in(new), **kin(MOST_ROWS))

    assert declared.status_code == 302
    assert Relative.objects.filter(user=new).count() == MOST_ROWS + 1
    assert TrailEntry.objects.filter(action="id_number.typed").count() == MOST_ROWS + 1


def test_whoever_typed_numbers_at_work_all_day_is_not_locked_out_by_the_gate(
    signed_in, new, branch_a
):
    few_numbers_a_day(branch_a["county"])
    for _ in range(5):
        limits.count_id_number(make_id_number(), by=new)

    assert answer(signed_in(new), **kin(3)).status_code == 302


def test_the_gate_is_sent_so_many_times_a_day_and_what_was_typed_stays(signed_in, new, settings):
    settings.MASHANG_LIMITS = {"kin-declarations": 2}
    browser = signed_in(new)
    amiss = {**kin(1), "answer": "none"}  # the room asks back
    assert [answer(browser, **amiss).status_code for _ in range(2)] == [422, 422]

    refused = answer(browser, **(last := kin(1)))

    assert refused.status_code == 429 and "明天再办" in refused.text
    assert last["id_number_1"] in refused.text
    assert not Relative.objects.exists() and Alert.objects.get().kind == Alert.Kind.PROBING


def test_after_the_gate_numbers_are_counted_one_by_one_as_ever(signed_in, chen, branch_a):
    few_numbers_a_day(branch_a["county"])
    browser = signed_in(chen)
    sent = {"relation": "子女"}
    answers = [
        browser.post("/desk/account/relatives/", {**sent, "id_number": make_id_number()})
        for _ in range(6)
    ]

    assert [one.status_code for one in answers] == [302] * 5 + [429]


def test_the_gate_names_the_place_where_kin_are_added_later(signed_in, new):
    browser = signed_in(new)
    assert "“我的账号”—“亲属声明”" in browser.get(PAGE).text
    answer(browser, **NOBODY)

    assert "亲属声明" in browser.get("/desk/account/").text
    assert "请声明一次" not in browser.get("/desk/account/relatives/").text


# What it costs ---------------------------------------------------------------------------------


def test_a_page_of_the_desk_pays_nothing_for_it(signed_in, chen):
    browser = signed_in(chen)
    usual = _statements(browser)
    session = browser.session
    del session["kin_declared_until"]
    session.save()

    first, second = _statements(browser), _statements(browser)

    assert not [sql for sql in usual if "kindeclaration" in sql]
    assert len([sql for sql in first if "kindeclaration" in sql]) == 1
    assert len(second) == len(usual)


def _statements(browser):
    with CaptureQueriesContext(connection) as captured:
        assert browser.get("/desk/account/").status_code == 200
    return [query["sql"] for query in captured.captured_queries]


def test_whoever_takes_back_whom_they_named_is_told_of_to_those_who_watch(
    signed_in, chen, branch_a, branch_b
):
    keeper = make_staff("看档案的", branch_a["county"], Role.KEEPER)
    elsewhere = make_staff("别处看档案的", branch_b["county"], Role.KEEPER)
    named = Relative.objects.create(user=chen, id_index=blind_index("id", "x"), relation="配偶")

    page = signed_in(chen).post(f"/desk/account/relatives/{named.pk}/withdraw/", follow=True)

    assert "档案管理员和审批人会收到通知" in page.text
    [told] = Notice.objects.filter(kind="unions.kin_withdrawn")
    assert told.user == keeper and chen.name not in told.body
    seen = signed_in(keeper).get("/desk/alerts/").text
    assert "撤销亲属声明" in seen and chen.name in seen
    assert "撤销亲属声明" not in signed_in(elsewhere).get("/desk/alerts/").text
