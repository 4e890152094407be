"""演示人生: one household, act by act. Each method is one visit to the real actions, nothing else.

The clock has been set to the day of the act before its method is called (see `playing`).
"""

from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils import timezone

from mashang import workflows
from mashang.accounts.actions import phones
from mashang.accounts.models import Consent, User
from mashang.aid import actions as aid
from mashang.aid.models import Aid, AidProposal
from mashang.cases.actions import (
    access,
    applications,
    assisted,
    checks,
    files,
    pairings,
    papers,
    publicity,
    reviews,
    transfers,
)
from mashang.cases.actions import changes as change_actions
from mashang.cases.form import consents, forms
from mashang.cases.form.checks import Typed, typed_of
from mashang.cases.form.fields import Page
from mashang.cases.form.papers import papers_for
from mashang.cases.models import (
    Application,
    Assessment,
    Case,
    ChangeRequest,
    Fact,
    Objection,
    Pairing,
    Publicity,
    Transfer,
)
from mashang.codes import actions as codes
from mashang.codes.models import Card, QrCode
from mashang.codes.token import mint
from mashang.core.errors import SURE
from mashang.demo import pictures
from mashang.demo.base_data import Stage
from mashang.demo.households import DemoHousehold, make_household
from mashang.demo.personas import COUNTY, NEXT_OWN, OWN
from mashang.demo.timeline import Lot
from mashang.demo.wish_scenario import WishLife
from mashang.reviews.models import Step
from mashang.reviews.queries import open_step_of
from mashang.unions.models import Union
from mashang.unions.roles import Role

_OF_A_PERSON = ("id_number", "name", "born_on", "sex")
NOT_BEGUN = UUID(int=0)
_FINDINGS = {
    "family": "家中人口与申报一致，邻居也这样说",
    "housing": "住房和家具简单，与申报一致",
    "income": "看过工资条和药费单，与申报一致",
}


def _stood_by(typed: Typed) -> Typed:
    """Some tell what seldom goes together; asked back, they say that it is so."""
    return {**typed, SURE: ["on"]}


class Life(WishLife):
    """What has become of one household so far, and everything that can happen to it."""

    def __init__(self, lot: Lot, stage: Stage) -> None:
        self.lot = lot
        self.stage = stage
        self.union = stage.unions[lot.union]
        self.application_id = NOT_BEGUN

    @cached_property
    def household(self) -> DemoHousehold:
        """As it is on the day of its first act: people are as old as they are then."""
        return _household(self.lot, timezone.localdate())

    # The worker ---------------------------------------------------------------------------

    @cached_property
    def worker(self) -> User:
        return phones.get_or_create_account(
            self.household.person.phone, name=self.household.person.name
        )

    @property
    def application(self) -> Application:
        related = ("holder__data_key", "holder__user", "holder__union", "union")
        return Application.objects.select_related(*related).get(pk=self.application_id)

    @property
    def teller(self) -> User:
        """Who fills in the form: the worker, or the clerk for somebody without a phone."""
        return self.clerk if self.lot.fate.assisted else self.worker

    def begin(self) -> None:
        answers, teller = self.household.answers, self.teller
        application = self._started()
        self.application_id = application.pk
        if self.household.kind == Application.Kind.FILE:
            self._tell_of_members(application, answers.get("members", []))
        for step in forms.steps_of(self.household.kind, answers):
            if step.page is Page.FORM:
                applications.fill(application, step, _stood_by(typed_of(step, answers)), by=teller)

    def _started(self) -> Application:
        kind, union = self.household.kind, self.union
        if not self.lot.fate.assisted:
            return applications.start(self.worker, kind=kind, union=union, by=self.worker)
        number, reason = self.household.person.id_number, "没有智能手机，本人到工会窗口办理"
        return assisted.start_for(
            number, kind=kind, union=union, reason=reason, by=self.clerk, is_sure=True
        )

    def _tell_of_members(self, application: Application, members: list[dict[str, Any]]) -> None:
        if not members:
            applications.say_alone(application, alone=True, by=self.teller)
        for member in members:
            for part in forms.parts_of(member):
                typed = _stood_by(typed_of(part, member))
                applications.fill_member(application, member["key"], part, typed, by=self.teller)

    def submit(self) -> None:
        application, teller = self.application, self.teller
        for kind in self._papers():
            papers.add(application, kind=kind, data=pictures.paper(kind), by=teller)
        papers.sign(application, data=pictures.signature(self.lot.serial), by=teller)
        self._agree(application)
        workflows.submit_application(application, by=teller)

    def _papers(self) -> list[str]:
        asked = papers_for(self.household.kind, self.household.answers)
        needed = [paper.kind for paper in asked if paper.is_needed]
        return [*needed, assisted.PROOF, "consent"] if self.lot.fate.assisted else needed

    def _agree(self, application: Application) -> None:
        asked = consents.asked_of(application.kind, self.household.answers)
        ticks = {one.purpose: True for one in asked}
        if not self.lot.fate.agrees_to_helper:
            ticks[Consent.Purpose.HELPER] = False
        if self.lot.fate.assisted:
            assisted.agree_on_paper(application, ticks, by=self.clerk)
        else:
            applications.agree(application, ticks, by=self.worker)

    def resubmit(self) -> None:
        papers.add(self.application, kind="income", data=pictures.paper("income"), by=self.worker)
        workflows.submit_application(self.application, by=self.worker)

    def withdraw(self) -> None:
        applications.withdraw(self.application, by=self.worker)

    def report_change(self) -> None:
        changes = {"address": "滨海里6栋2单元402室", "members_note": "孩子9月去外地上学"}
        change_actions.report_change(self.case, changes, why="搬到亲戚家住", by=self.worker)

    def lose_card(self) -> None:
        codes.reissue(self.case.holder, by=self.worker)

    # The review ---------------------------------------------------------------------------

    @property
    def step(self) -> Step:
        step = open_step_of(self.application_id)
        if step is None:
            raise LookupError(f"household {self.lot.serial}: no step is open")
        return step

    @cached_property
    def clerk(self) -> User:
        return self.stage.who(Role.CLERK, self.union)

    @property
    def acceptor(self) -> User:  # not whoever filled in for the worker
        return self.stage.who(Role.CLERK, self.union, but=self.teller)

    def accept(self) -> None:
        self._look("申请内容", by=self.acceptor)
        workflows.approve_step(self.step, by=self.acceptor, opinion="材料齐全，同意受理")

    def send_back(self) -> None:
        self._look("申请内容", by=self.acceptor)
        missing = ["户口簿第二页拍得不清楚，请重拍", "请补最近三个月的工资流水"]
        reviews.send_back(self.step, missing=missing, by=self.acceptor)

    def refuse(self) -> None:
        self._look("申请内容", by=self.acceptor)
        reviews.refuse(self.step, reason_code="N1", opinion="收入高于当地标准", by=self.acceptor)

    def check_home(self) -> None:
        self._look("申请内容", by=self.clerk)
        checks.record_home_check(
            self.step, visited_on=timezone.localdate(), findings=_FINDINGS, agrees=True,
            photos=[pictures.paper(papers.HOME)], by=self.clerk,
        )  # fmt: skip

    def countersign(self) -> None:
        colleague = self.stage.who(Role.CLERK, self.union, but=self.clerk)
        checks.sign_home_check(self.step, by=colleague)

    def pass_home_check(self) -> None:
        workflows.approve_step(self.step, by=self.clerk, opinion="入户情况与申报一致")

    def evaluate(self) -> None:
        checks.record_evaluation(
            self.step, met_on=timezone.localdate(), entitled=9, present=8, agreed=8, against=0,
            minutes="与会人员了解这户人家的情况，一致认为申报属实，同意上报。", by=self.clerk,
        )  # fmt: skip
        workflows.approve_step(self.step, by=self.clerk, opinion="评议通过")

    def publish(self) -> None:
        publicity.publish(self.step, place="单位公告栏", by=self.clerk)

    def object(self) -> None:
        words = "听说这家人在别处还有一套房子出租，请工会再核实一下。"
        publicity.object_to(self._notice.slug, body=words, by=None)

    def answer_objection(self) -> None:
        objection = Objection.objects.get(publicity=self._notice)
        words = "已到不动产登记部门查询，名下没有其他住房，异议不成立。"
        publicity.answer(objection, upheld=False, words=words, by=self.clerk)

    @property
    def _notice(self) -> Publicity:
        return Publicity.objects.get(application_id=self.application_id)

    def end_publicity(self) -> None:
        workflows.approve_step(self.step, by=self.clerk, opinion="公示期满，没有异议")

    def recheck(self) -> None:
        reviewer = self.stage.who(Role.REVIEWER, self.step.union)
        self._look("申请内容", by=reviewer)
        workflows.approve_step(self.step, by=reviewer, opinion="复核无误")

    def ask_income(self) -> None:
        checks.ask_income_check(self.step, asked_on=timezone.localdate(), by=self._examiner)

    def answer_income(self) -> None:
        checks.answer_income_check(
            self.step, result="matches", answered_on=timezone.localdate(), details="",
            by=self._examiner,
        )  # fmt: skip

    def pass_income(self) -> None:
        workflows.approve_step(self.step, by=self._examiner, opinion="核对结果与申报相符")

    @property
    def _examiner(self) -> User:
        return self.stage.who(Role.REVIEWER, self.step.union)

    def decide(self) -> None:
        application, step = self.application, self.step
        approver = self.stage.who(Role.APPROVER, step.union)
        self._look("申请内容", by=approver)
        if application.kind == Application.Kind.ONE_OFF:
            workflows.approve_step(step, by=approver, opinion="同意救助", granted_fen=200_000)
            return
        assessment = Assessment.objects.filter(application=application, is_final=True).last()
        category = (assessment and assessment.proposal) or "relative"
        workflows.approve_step(
            step, by=approver, opinion="同意建档", category=category, level=self._level
        )

    @property
    def _level(self) -> str:
        return ("county", "city", "nation", "county")[self.lot.serial % 4]

    def enter(self) -> None:
        clerk = self.stage.who(Role.CLERK, self.step.union)
        workflows.approve_step(self.step, by=clerk, opinion="已录入")

    def _look(self, what: str, *, by: User) -> None:
        """Whoever decides has opened the pages before."""
        access.log_access(self.application.holder, by=by, what=what)

    # The file -----------------------------------------------------------------------------

    @property
    def case(self) -> Case:
        rows = Case.objects.select_related("holder__data_key", "holder__union", "union")
        return rows.get(application_id=self.application_id)

    @property
    def keeper(self) -> User:
        """Who changes the file: a clerk of the county or city above it."""
        return self.stage.who(Role.CLERK, self._office)

    @property
    def _office(self) -> Union:
        county = self.case.union.region_code
        return self.stage.unions.get(county, self.case.union)

    def plan(self) -> None:
        change_actions.set_plan(
            self.case, measures=["work", "union"], text="介绍到社区工厂就近上班，每季度走访一次",
            target_on=timezone.localdate() + timedelta(days=365), progress="已报名技能培训",
            by=self.keeper,
        )  # fmt: skip

    def check_facts(self) -> None:
        for key in Fact.Key.values:
            files.check_fact(self.case, key, by=self.keeper)

    def accept_change(self) -> None:
        change_actions.accept_change(self._request, by=self.keeper)

    def decline_change(self) -> None:
        answer = "已电话核实，还没有搬家，搬好以后请再申报"
        change_actions.decline_change(self._request, answer=answer, by=self.keeper)

    @property
    def _request(self) -> ChangeRequest:
        return ChangeRequest.objects.select_related("case__holder", "case__union").get(
            case=self.case, state=ChangeRequest.State.ASKED
        )

    def close(self) -> None:
        workflows.close_case(self.case, reason="家庭收入稳定，已经解困脱困", by=self.keeper)

    def reopen(self) -> None:
        workflows.reopen_case(self.case, why="旧病复发，又有大额支出", by=self.keeper)

    def break_glass(self) -> None:
        approver = self.stage.who(Role.APPROVER, self.union)
        access.break_glass(self.case.holder, reason="职工在医院急诊，要马上联系家属", by=approver)

    # Helper -------------------------------------------------------------------------------

    @property
    def helper(self) -> User:
        return self.stage.helpers[self.lot.serial % len(self.stage.helpers)]

    def pair(self) -> None:
        reviewer = self.stage.who(Role.REVIEWER, self._office)
        pairings.propose(self.case, helper=self.helper, by=reviewer)

    def confirm_pair(self) -> None:
        pairings.confirm(self._pairing, by=self.stage.who(Role.APPROVER, self._office))

    def end_pairing(self) -> None:
        reviewer = self.stage.who(Role.REVIEWER, self._office)
        workflows.end_pairing(self._pairing, why="帮扶责任人工作调动", by=reviewer)

    @property
    def _pairing(self) -> Pairing:
        rows = Pairing.objects.select_related("case__holder__data_key", "case__union", "helper")
        return rows.get(case=self.case, to_on=None)

    def note(self) -> None:
        body = "上门坐了半个小时，老人气色比上次好，孩子的学费已经交上。"
        today = timezone.localdate()
        pairings.note(self.case, body=body, talked_on=today, by=self.helper)

    def scan(self) -> None:
        """The helper, a stranger, and a colleague of the next county scan the card."""
        code = QrCode.objects.get(holder=self.case.holder, revoked_at=None)
        token = mint(code.holder_id, code.generation, code.key_id)
        elsewhere = NEXT_OWN if self.lot.union.startswith(COUNTY) else OWN
        stranger = self.stage.who(Role.CLERK, self.stage.unions[elsewhere])
        for viewer in (self.helper, None, stranger):
            codes.scan(token, by=viewer)

    # Card ---------------------------------------------------------------------------------

    @property
    def card(self) -> Card:
        rows = Card.objects.select_related("union", "code")
        return rows.get(code__holder=self.case.holder, code__revoked_at=None)

    def print_card(self) -> None:
        codes.print_cards([self.card.pk], by=self.clerk)

    def hand_over(self) -> None:
        receipt = codes.RECEIPTS[self.lot.serial % 2]
        codes.hand_over(self.card, receipt=receipt, by=self.clerk)

    # Aid ----------------------------------------------------------------------------------

    def aid(self) -> None:
        kinds = (("living", 100_000), ("medical", 300_000), ("study", 200_000), ("warmth", 80_000))
        project, amount_fen = kinds[self.lot.serial % len(kinds)]
        self._give(project, amount_fen=amount_fen)

    def second_aid(self) -> None:
        self._give("goods", goods="大米 10 公斤、食用油 5 升")

    def _give(self, project: str, **what: Any) -> None:
        aid.propose(
            self.case.holder, project=project, fund="own_union",
            given_on=timezone.localdate(), by=self.clerk, **what,
        )  # fmt: skip

    def confirm_aid(self) -> None:
        waiting = AidProposal.objects.select_related("union", "holder", "proposed_by").get(
            holder=self.case.holder, state=AidProposal.State.PROPOSED
        )
        aid.confirm(waiting, by=self._treasurer)

    def reverse_aid(self) -> None:
        line = Aid.objects.select_related("union", "holder").get(holder=self.case.holder)
        aid.propose_reversal(line, why="金额登记有误", by=self.clerk)
        self.confirm_aid()

    @property
    def _treasurer(self) -> User:
        return self.stage.who(Role.TREASURER, self._office)

    # Transfer -----------------------------------------------------------------------------

    def ask_transfer(self) -> None:
        """To the next county, or from there to the demo's own branch."""
        to = self.stage.unions[NEXT_OWN if self.lot.union.startswith(COUNTY) else OWN]
        reviewer = self.stage.who(Role.REVIEWER, self._office)
        transfers.ask(self.case, to=to, why="家庭搬迁，户口已经迁出", by=reviewer)

    def accept_transfer(self) -> None:
        workflows.accept_transfer(self._transfer, by=self._receiver)

    def decline_transfer(self) -> None:
        transfers.decline(self._transfer, by=self._receiver)

    @property
    def _transfer(self) -> Transfer:
        rows = Transfer.objects.select_related("case", "from_union", "to_union")
        return rows.get(case=self.case, state=Transfer.State.ASKED)

    @property
    def _receiver(self) -> User:
        return self.stage.who(Role.REVIEWER, self._transfer.to_union)


def _household(lot: Lot, began_on: date) -> DemoHousehold:
    household = make_household(lot.serial, today=began_on, at=lot.union)
    if lot.twin is not None:
        twin = make_household(lot.twin, today=began_on)
        household.answers.update({name: twin.answers[name] for name in _OF_A_PERSON})
        household.answers["bank_owner"] = twin.person.name
    return household
