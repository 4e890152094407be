"""授权 × 停什么: for each consent, what could be done while it stood and cannot once it is taken back.

The page says beforehand what stops; each sentence of it has its row here.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.utils import timezone

from mashang import workflows
from mashang.accounts.actions import consents
from mashang.accounts.models import Consent
from mashang.accounts.queries import live_consents
from mashang.aid import actions as aid
from mashang.cases.actions import checks, papers, reviews
from mashang.cases.assessment.for_application import assess_application
from mashang.cases.form.consents import VERSION, effect_of
from mashang.cases.models import Application, Case, Pairing
from mashang.cases.preconditions import lacks
from mashang.cases.queries.access import PAIRED, access_basis
from mashang.cases.queries.answers import TABS, NotAgreed, account_paid_to, revealed, sections
from mashang.cases.queries.files import six_facts
from mashang.cases.queries.versions import people_of
from mashang.core.errors import Invalid, NotAllowed
from mashang.core.privacy.photos import clean
from mashang.notices.models import Notice
from mashang.reviews.models import Step
from mashang.unions.roles import Role
from mashang.wishes.models import Wish
from mashang.wishes.queries.homes import has_agreed
from tests.builders import make_staff, make_worker, sign_in
from tests.cases.households import make_case
from tests.cases.offices import (
    ANSWERS,
    Office,
    application_of,
    bring_to,
    check_home,
    make_office,
    make_standard,
)
from tests.pictures import make_jpeg
from tests.wishes.families import make_wish_room

pytestmark = pytest.mark.django_db
Purpose = Consent.Purpose
CARD = {
    "bank_owner": "李春燕",
    "bank": "农行",
    "bank_branch": "民族大道支行",
    "card_number": "6228480000000000001",
}


@dataclass
class Standing:
    """Something that works on the strength of a consent; `works` asks whether it still does."""

    holder: object
    works: Callable[[], bool]


def agree(holder, purpose: str) -> None:
    if not live_consents(purpose).filter(subject_id=holder.pk).exists():
        consents.give(holder.pk, purpose, version=VERSION, by=holder.user, union=holder.union)


def under_review(office: Office, work: str, purpose: str, **also) -> Step:
    step = bring_to(work, office, **also)
    agree(application_of(step).holder, purpose)
    return step


def shows(application: Application, key: str) -> bool:
    try:
        return bool(revealed(Application.objects.get(pk=application.pk), key)[1])
    except NotAgreed:
        return False


# One row for each -----------------------------------------------------------------------------


def an_application(office: Office) -> Standing:
    step = under_review(office, "home_check", Purpose.FILE)
    application = application_of(step)
    return Standing(application.holder, lambda: application_of(step).state in Application.LIVE)


def a_living_file(office: Office) -> Standing:
    case = make_case(office.branch["own"])
    agree(case.holder, Purpose.FILE)
    return Standing(case.holder, lambda: Case.objects.get(pk=case.pk).state == "active")


def a_wish_on_the_wall(office: Office) -> Standing:
    room = make_wish_room(office.branch)
    agree(room.holder, Purpose.FILE)
    wish = room.post()
    return Standing(room.holder, lambda: Wish.objects.get(pk=wish.pk).state in Wish.LIVE)


def a_helper(office: Office) -> Standing:
    case = make_case(office.branch["own"])
    helper = make_worker("韦助")
    Pairing.objects.create(
        case=case, helper=helper, proposed_by=office.reviewer, confirmed_by=office.approver,
        from_on=timezone.localdate(),
    )  # fmt: skip
    for purpose in (Purpose.FILE, Purpose.HELPER):
        agree(case.holder, purpose)
    return Standing(case.holder, lambda: access_basis(helper, case.holder, [PAIRED]) == "pairing")


def the_gate_of_any_step(office: Office) -> Standing:
    step = under_review(office, "home_check", Purpose.CHECK)
    check_home(step, office.clerk, office.colleague)
    return Standing(application_of(step).holder, lambda: not lacks(application_of(step), step))


def the_costs_of_illness(office: Office) -> Standing:
    make_standard()
    step = under_review(office, "home_check", Purpose.HEALTH, answers=ANSWERS)
    application = application_of(step)

    def reckons() -> bool:
        today = timezone.localdate()
        return assess_application(application, ANSWERS, today).rigid_fen > 0

    return Standing(application.holder, reckons)


def the_kind_of_disability(office: Office) -> Standing:
    told = ANSWERS | {"health": "disabled", "disability_kind": "limb", "disability_grade": "2"}
    step = under_review(office, "home_check", Purpose.HEALTH, answers=told)
    application = application_of(step)
    return Standing(application.holder, lambda: shows(application, "health"))


ILL = ANSWERS | {"main_cause": "own_illness", "other_causes": ["low_income", "kin_disability"]}


def the_causes_on_the_form(office: Office) -> Standing:
    step = under_review(office, "home_check", Purpose.HEALTH, answers=ILL)
    application = application_of(step)

    def are_shown() -> bool:
        told = Application.objects.get(pk=application.pk)
        lines = [each for tab in TABS for part in sections(told, tab) for each in part.lines]
        said = "".join(line.shown for line in lines)
        assert "收入低" in said
        return "大病" in said or "残疾" in said

    return Standing(application.holder, are_shown)


def the_causes_among_the_six_facts(office: Office) -> Standing:
    case = make_case(office.branch["own"])
    agree(case.holder, Purpose.HEALTH)

    def are_shown() -> bool:
        [cause] = [fact for fact in six_facts(Case.objects.get(pk=case.pk)) if fact.key == "cause"]
        said = "".join(text for _, text in cause.lines)
        assert "子女上学" in said
        return "大病" in said or "残疾" in said

    return Standing(case.holder, are_shown)


def the_name_of_a_child(office: Office) -> Standing:
    step = under_review(office, "home_check", Purpose.CHILDREN)
    application = application_of(step)
    return Standing(application.holder, lambda: shows(application, "a.name"))


def a_child_of_the_file(office: Office) -> Standing:
    case = make_case(office.branch["own"])
    agree(case.holder, Purpose.CHILDREN)
    return Standing(
        case.holder, lambda: any(p.does for p in people_of(Case.objects.get(pk=case.pk)))
    )


def the_number_of_the_card(office: Office) -> Standing:
    step = under_review(office, "accept", Purpose.BANK, kind="one_off", answers=ANSWERS | CARD)
    application = application_of(step)
    return Standing(
        application.holder,
        lambda: shows(application, "card_number") and bool(account_paid_to(application)),
    )


def a_photo(kind: str, purpose: str) -> Callable[[Office], Standing]:
    def build(office: Office) -> Standing:
        step = under_review(office, "home_check", purpose, answers=ANSWERS)
        paper = papers.keep(
            application_of(step), kind=kind, photo=clean(make_jpeg(80, 60)), by=office.clerk
        )
        desk = sign_in(office.clerk)

        def is_shown() -> bool:
            return "data:image/jpeg" in desk.get(f"/desk/papers/{paper.pk}/").text

        return Standing(application_of(step).holder, is_shown)

    build.__name__ = f"a_photo_of_{kind}"
    return build


def a_wish_with_consent(office: Office) -> Standing:
    room = make_wish_room(office.branch)
    wish = room.post()
    return Standing(room.holder, lambda: Wish.objects.get(pk=wish.pk).state in Wish.LIVE)


def the_address(office: Office) -> Standing:
    room = make_wish_room(office.branch)
    agree(room.holder, Purpose.ADDRESS)
    return Standing(room.holder, lambda: has_agreed(room.holder))


def photos_of_the_home(office: Office) -> Standing:
    step = under_review(office, "home_check", Purpose.PHOTOS)

    def takes() -> bool:
        try:
            check_home(step, office.clerk)
        except Invalid as refusal:
            return "不要上传照片" not in str(refusal.fields)
        return True

    return Standing(application_of(step).holder, takes)


ROWS = [
    (Purpose.FILE, an_application, "正在办理的申请马上撤回"),
    (Purpose.FILE, a_living_file, "档案办结"),
    (Purpose.FILE, a_helper, "结对结束"),
    (Purpose.FILE, a_wish_on_the_wall, "没有人认领的心愿撤下"),
    (Purpose.CHECK, the_gate_of_any_step, "停在那里"),
    (Purpose.HEALTH, the_costs_of_illness, "不再扣除看病花费"),
    (Purpose.HEALTH, the_kind_of_disability, "填过的健康和残疾信息"),
    (Purpose.HEALTH, the_causes_on_the_form, "致困原因里的病和残疾"),
    (Purpose.HEALTH, the_causes_among_the_six_facts, "致困原因里的病和残疾"),
    (Purpose.CHILDREN, the_name_of_a_child, "不再给工作人员看"),
    (Purpose.CHILDREN, a_child_of_the_file, "不再给工作人员看"),
    (Purpose.BANK, the_number_of_the_card, "不再能看您的卡号"),
    (Purpose.BANK, a_photo("bank_card", Purpose.BANK), "银行卡照片"),
    (Purpose.HEALTH, a_photo("diagnosis", Purpose.HEALTH), "诊断证明和残疾证不再给工作人员看"),
    (Purpose.HEALTH, a_photo("disability", Purpose.HEALTH), "诊断证明和残疾证不再给工作人员看"),
    (Purpose.CHILDREN, a_photo("school", Purpose.CHILDREN), "在校证明不再给工作人员看"),
    (Purpose.HELPER, a_helper, "不再能看到"),
    (Purpose.WISH, a_wish_with_consent, "从心愿墙上撤下"),
    (Purpose.ADDRESS, the_address, "马上看不到"),
    (Purpose.PHOTOS, photos_of_the_home, "不再拍照"),
]


def test_each_consent_has_its_row():
    assert {purpose for purpose, *_ in ROWS} == set(Purpose)


@pytest.mark.parametrize(
    ("purpose", "build", "words"), ROWS, ids=[f"{p}-{b.__name__}" for p, b, _ in ROWS]
)
def test_taken_back_it_stops_what_the_page_says(branch_a, purpose, build, words):
    standing = build(make_office(branch_a))
    assert standing.works() and words in effect_of(purpose)
    agree(standing.holder, purpose)
    phone = sign_in(standing.holder.user)
    assert words in phone.get(f"/me/consents/{purpose}/withdraw/").text

    assert phone.post(f"/me/consents/{purpose}/withdraw/").status_code == 302

    assert not standing.works()
    page = phone.get("/me/consents/").text
    assert "已撤回" in page and words in page


# And what does not stop -----------------------------------------------------------------------


def test_agreed_to_again_the_review_goes_on(branch_a):
    standing = the_gate_of_any_step(make_office(branch_a))
    phone = sign_in(standing.holder.user)
    phone.post("/me/consents/check/withdraw/")
    assert not standing.works()

    phone.post("/me/consents/check/give/")

    assert standing.works()


def test_without_photos_a_home_is_checked_in_words(branch_a):
    office = make_office(branch_a)
    step = under_review(office, "home_check", Purpose.PHOTOS)
    workflows.withdraw_consent(
        application_of(step).holder, Purpose.PHOTOS, by=application_of(step).holder.user
    )

    checks.record_home_check(
        step, visited_on=timezone.localdate(), findings={"housing": "租房"}, agrees=True, photos=[],
        by=office.clerk,
    )  # fmt: skip
    checks.sign_home_check(step, by=office.colleague)

    assert reviews.approve(step, by=office.clerk)


@pytest.mark.parametrize("purpose", ["check", "bank"])
def test_the_union_is_told_to_call(branch_a, purpose):
    office = make_office(branch_a)
    step = under_review(office, "home_check", purpose)
    holder = application_of(step).holder

    workflows.withdraw_consent(holder, purpose, by=holder.user)

    assert Notice.objects.filter(user=office.clerk, kind="consent.taken_back").exists()


def test_money_already_granted_is_still_paid(branch_a):
    office = make_office(branch_a)
    step = under_review(office, "decision", Purpose.FILE, kind="one_off", answers=ANSWERS | CARD)
    workflows.approve_step(step, by=office.approver, granted_fen=50_000)
    application = application_of(step)
    workflows.withdraw_consent(application.holder, Purpose.FILE, by=application.holder.user)

    treasurer = make_staff("账", branch_a["county"], Role.TREASURER)
    line = aid.pay_granted(
        application.granted_aid, fund="county", given_on=timezone.localdate(), by=treasurer
    )

    assert line.amount_fen == 50_000


def test_a_file_is_not_reopened_against_the_familys_will(branch_a):
    case = make_case(branch_a["own"])
    agree(case.holder, Purpose.FILE)
    workflows.withdraw_consent(case.holder, Purpose.FILE, by=case.holder.user)
    clerk = make_staff("周敏", branch_a["own"], Role.CLERK)

    with pytest.raises(NotAllowed, match="重新同意"):
        workflows.reopen_case(case, why="旧病复发", by=clerk)

    agree(case.holder, Purpose.FILE)
    workflows.reopen_case(case, why="旧病复发", by=clerk)


def test_no_page_says_destroyed_before_it_is_true():
    """Destroying is not built; the one sentence about it is for what is gone already."""
    said = {
        (path.name, line.strip())
        for path in [*Path("mashang").rglob("*.py"), *Path("mashang").rglob("*.html")]
        for line in path.read_text("utf-8").splitlines()
        if "销毁" in line and not re.search(r'"""|DateTimeField|verbose_name', line)
    }
    assert said == {("errors.py", 'message = N_("这份资料已按规定销毁，无法再查看")')}
