"""Every form of the desk that decides on what others may change meanwhile, each ready to be sent."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from mashang.cases.actions import alerts, assisted, changes, papers, phones, publicity
from mashang.cases.models import Member
from mashang.givers import actions as givers
from mashang.givers.models import Organisation
from mashang.unions.models import Union
from mashang.unions.roles import Role
from mashang.wishes.actions import complaints, moderation
from tests.access.further import granted_sum, plant_regions
from tests.builders import make_branch, make_id_number, make_phone, make_staff, make_worker, sign_in
from tests.cases.answers import make_ready, make_region
from tests.cases.offices import bring_to, check_home, make_office, publish, submit
from tests.desk.files import make_room
from tests.givers.conftest import FIRST_17, credit_check_digit
from tests.pictures import make_jpeg
from tests.wishes.builders import make_wish
from tests.wishes.families import make_wish_room

Branch = dict[str, Union]


@dataclass
class Sent:
    """A form of the desk: who sends it, where to, what is typed."""

    browser: Client
    path: str
    typed: dict[str, Any] = field(default_factory=dict)
    has_photo: bool = False

    def post(self, **changed: Any) -> Any:
        photos = [SimpleUploadedFile("a.jpg", make_jpeg(), "image/jpeg")]
        also = {"photos": photos} if self.has_photo else {}
        return self.browser.post(self.path, {**self.typed, **also, **changed})


Make = Callable[[Branch], Sent]
TODAY = timezone.localdate().isoformat


# Applications ----------------------------------------------------------------------------


def _step(work: str, part: str, who: str = "clerk", **typed: Any) -> Make:
    def make(branch: Branch) -> Sent:
        office = make_office(branch)
        step = submit(office) if work == "accept" else bring_to(work, office)
        path = f"/desk/applications/{step.subject_id}/{part}"
        typed_now = {"step": step.pk, **{k: v() if callable(v) else v for k, v in typed.items()}}
        return Sent(sign_in(getattr(office, who)), path, typed_now, part == "home-check/")

    return make


def _signature(branch: Branch) -> Sent:
    office = make_office(branch)
    step = bring_to("home_check", office)
    check_home(step, office.clerk)
    return Sent(sign_in(office.colleague), f"/desk/applications/{step.subject_id}/home-check/sign/")


def _objection(branch: Branch) -> Sent:
    office = make_office(branch)
    step = bring_to("publicity", office)
    raised = publicity.object_to(publish(step, office.clerk).slug, body="他家有车" * 5, by=None)
    path = f"/desk/applications/{step.subject_id}/objections/{raised.pk}/answer/"
    return Sent(sign_in(office.clerk), path, {"upheld": "no", "words": "车是亲戚的"})


def _assisted(branch: Branch) -> Sent:
    make_region()
    worker, clerk = make_worker(), make_staff("周敏", branch["own"], Role.CLERK)
    draft = assisted.take_over(make_ready(worker, branch), reason="没有智能手机", by=clerk)
    for kind in ("assist", "consent"):
        papers.add(draft, kind=kind, data=make_jpeg(80, 60), by=clerk)
    return Sent(sign_in(clerk), f"/desk/assist/{draft.pk}/")


# Files -----------------------------------------------------------------------------------


def _file(rest: str, who: str = "clerk", **typed: Any) -> Make:
    def make(branch: Branch) -> Sent:
        room = make_room(branch["own"])
        return Sent(sign_in(getattr(room, who)), room.address(rest), typed)

    return make


def _asked(rest: str, **typed: Any) -> Make:
    def make(branch: Branch) -> Sent:
        room = make_room(branch["own"])
        worker = room.case.holder.user
        changes.report_change(room.now(), {"employer": "绿水制衣厂"}, why="", by=worker)
        return Sent(sign_in(room.clerk), room.address(rest), typed)

    return make


def _leaving(branch: Branch) -> Sent:
    room = make_room(branch["own"])
    member = Member.objects.filter(holder=room.case.holder).exclude(relation="self")[0]
    return Sent(
        sign_in(room.clerk), room.address(f"members/{member.pk}/remove/"), {"why": "回老家"}
    )


def _joining(branch: Branch) -> Sent:
    number = make_id_number(date(1945, 3, 1))
    typed = {"name": "韦秀英", "relation": "mother", "id_number": number, "identity": "retired"}
    return _file("members/add/", **typed, why="搬来同住")(branch)


def _moving(branch: Branch) -> Sent:
    there = make_branch(branch["province"], "绿水")["own"]
    return _file("transfer/ask/", "reviewer", to=there.code, why="搬家")(branch)


def _coming_back(branch: Branch) -> Sent:
    room = make_room(branch["own"])
    sent = Sent(sign_in(room.clerk), room.address("close/"), {"reason": "已解困脱困"})
    sent.post()
    return Sent(sent.browser, room.address("reopen/"), {"why": "旧病复发"})


def _new_number(branch: Branch) -> Sent:
    """Asked for by one clerk, before another one."""
    room = make_room(branch["own"])
    holder, asker = room.case.holder, make_staff("经办乙", branch["own"], Role.CLERK)
    change = phones.ask_sign_in_phone(
        holder, holder.id_number.reveal(), make_phone(), why="手机丢了", by=asker
    )
    typed = {"decision": "confirm", "has_checked": "on"}
    return Sent(sign_in(room.clerk), f"/desk/channels/{change.pk}/", typed)


def _alert(branch: Branch) -> Sent:
    """A glass that a reviewer broke, before the keeper."""
    room = make_room(branch["own"])
    holder, keeper = room.case.holder, make_staff("档案员", branch["county"], Role.KEEPER)
    alert = alerts.about_household("glass", holder, about=room.reviewer, why="急", by=room.reviewer)
    typed = {"decision": "settle", "found": "本人住院，家属托办"}
    return Sent(sign_in(keeper), f"/desk/alerts/{alert.pk}/", typed)


def _payment(branch: Branch) -> Sent:
    """A granted sum before the treasurer who has just paid it."""
    clerk = make_staff("周敏", branch["own"], Role.CLERK)
    granted = granted_sum(clerk, make_staff("方正", branch["county"], Role.APPROVER))
    treasurer = make_staff("钱多", branch["county"], Role.TREASURER)
    typed = {"fund": "county", "given_on": TODAY()}
    return Sent(sign_in(treasurer), f"/desk/aid/{granted.pk}/pay/", typed)


# Wishes, givers, unions ------------------------------------------------------------------


def _wish(rest: str, who: str = "clerk", state: str = "submitted", **typed: Any) -> Make:
    def make(branch: Branch) -> Sent:
        room = make_wish_room(branch)
        wish = room.post()
        if state != "submitted":
            moderation.check(wish, by=room.clerk)
        if state == "open":
            wish.refresh_from_db()
            moderation.open_on_wall(wish, by=room.reviewer)
        if rest == "show-again/":
            wish.refresh_from_db()
            moderation.hide(wish, why="写了学校", by=room.clerk)
        return Sent(sign_in(getattr(room, who)), f"/desk/wishes/{wish.pk}/{rest}", typed)

    return make


def _reported(branch: Branch) -> Sent:
    wish = make_wish(union=branch["own"])
    entry = complaints.report(wish, kind="leak", words="写了学校的名字")
    clerk = make_staff("周敏", branch["own"], Role.CLERK)
    return Sent(sign_in(clerk), f"/desk/problems/{entry.pk}/", {"words": "核实过，已改写"})


def apply_for_organisation(branch: Branch, **changed: Any) -> Organisation:
    told = {
        "union": branch["county"],
        "kind": "enterprise",
        "name": "青山食品有限公司",
        "credit_code": FIRST_17 + credit_check_digit(FIRST_17),
        "contact_name": "王丽",
        "contact_phone": "12000000001",
    }
    particulars = givers.Particulars(**{**told, **changed})
    return givers.apply_for(particulars, licence=make_jpeg(), by=make_worker("王丽"))


def _organisation(rest: str, **typed: Any) -> Make:
    def make(branch: Branch) -> Sent:
        organisation = apply_for_organisation(branch)
        approver = make_staff("县审批", branch["county"], Role.APPROVER)
        if rest in ("suspend/", "restore/"):
            givers.approve(organisation, by=approver)
        if rest == "restore/":
            givers.suspend(organisation, why="正在核实", by=approver)
        return Sent(sign_in(approver), f"/desk/organisations/{organisation.pk}/{rest}", typed)

    return make


def _particulars(branch: Branch) -> Sent:
    plant_regions()
    admin = make_staff("管理员甲", branch["city"], Role.ADMIN)
    typed = {"name": "青山纺织工会", "region_code": "450100", "hotline": "12351"}
    return Sent(sign_in(admin), f"/desk/unions/{branch['own'].pk}/correct/", typed)


VISIT = {
    "people": "一致",
    "income": "退休金",
    "housing": "租房",
    "health": "慢性病",
    "agrees": "yes",
}
VOTES = {"entitled": 9, "present": 7, "agreed": 6, "against": 1, "minutes": "一致同意"}
PLAN = {"measures": ["work"], "text": "介绍到食堂上班", "target_on": "2027-06-30"}

FORMS: dict[str, Make] = {
    "approve": _step("accept", "approve/", **{"approve-opinion": "情况属实"}),
    "send-back": _step("accept", "send-back/", **{"send_back-missing": "户口簿"}),
    "refuse": _step("accept", "refuse/", **{"refuse-reason_code": "X2"}),
    "home-check": _step("home_check", "home-check/", visited_on=TODAY, **VISIT),
    "sign-home-check": _signature,
    "evaluation": _step("evaluation", "evaluation/", met_on=TODAY, **VOTES),
    "income-check": _step("income_check", "income-check/", "county_reviewer", asked_on=TODAY),
    "publicity": _step("publicity", "publicity/", place="厂区公告栏"),
    "answer-objection": _objection,
    "assist-overview": _assisted,
    "check-fact": _file("check/income/"),
    "set-plan": _file("plan/", **PLAN),
    "change": _file("change/", employer="绿水制衣厂", why="换了工作"),
    "accept-change": _asked("change/accept/"),
    "decline-change": _asked("change/decline/", answer="还没有入职"),
    "add-member": _joining,
    "remove-member": _leaving,
    "alert": _alert,
    "pay-aid": _payment,
    "channel": _new_number,
    "close-case": _file("close/", reason="已解困脱困"),
    "reopen-case": _coming_back,
    "ask-transfer": _moving,
    "check-wish": _wish("check/"),
    "open-wish": _wish("open/", "reviewer", "checked", story="家里的锅坏了", rung="5"),
    "send-back-wish": _wish("send-back/", why="请写清尺码"),
    "close-wish": _wish("close/", why="与项目重复"),
    "hide-wish": _wish("hide/", state="open", hidden_why="写了学校"),
    "show-wish-again": _wish("show-again/", "reviewer", "open"),
    "approve-organisation": _organisation("approve/"),
    "refuse-organisation": _organisation("refuse/", why="执照看不清"),
    "suspend-organisation": _organisation("suspend/", why="正在核实"),
    "restore-organisation": _organisation("restore/"),
    "correct-union": _particulars,
    "complaint": _reported,
}
