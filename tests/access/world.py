"""A planted world: two counties with families in every state, and everybody who might look.

Every private word of a family is a canary, found nowhere else. Who may see which of them is
written here by hand, in a table of its own, and not asked of the house.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from mashang import workflows
from mashang.accounts.models import ApiToken, Consent, Relative, User
from mashang.accounts.queries import token_mac
from mashang.aid import actions as ledger
from mashang.cases.actions import files, pairings
from mashang.cases.models import (
    Application,
    Attachment,
    Case,
    ChangeRequest,
    Member,
    Objection,
    Publicity,
    Transfer,
)
from mashang.codes import actions as codes
from mashang.codes import token
from mashang.codes.models import Card
from mashang.core.privacy import store
from mashang.core.privacy.keys import new_data_key
from mashang.notices.models import Notice
from mashang.reviews import actions as reviews
from mashang.reviews.models import Decision, FlowStep, Step
from mashang.unions.models import HolidayNotice, RuleCard, Union
from mashang.unions.roles import Role
from mashang.wishes.models import (
    CatalogueItem,
)
from tests.access.desk_rights import HANDLES, READS, desk
from tests.access.waiting_keys import waiting_keys
from tests.access.wish_keys import organisation_keys, wish_keys
from tests.builders import (
    make_application,
    make_branch,
    make_holder,
    make_member,
    make_staff,
    make_user,
    make_worker,
    sign_in,
)
from tests.wishes.builders import make_giver

STATES = ("draft", "submitted", "publicity", "filed", "closed")
# A review may also stand at one of these works; the matrix walks without them.
WORKS = ("home_check", "evaluation", "income_check")
MEMBER_KEY = "m1"  # the child, in every family's answers
# A keyboard that stays fresh for as long as a walk takes.
STILL_FRESH = 24 * 3600


@dataclass
class Family:
    """One household: its canaries by level, and the keys of everything that hangs on it."""

    county: str
    state: str
    user: User
    p3: list[str]
    p4: list[str]
    keys: dict[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> tuple[str, str]:
        return self.county, self.state


@dataclass(frozen=True)
class Actor:
    """Somebody at a keyboard. `sees`: (county, state) → what of that family they may see."""

    name: str
    user: User | None
    sees: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def client(self) -> Client:
        if self.user is None:
            return Client(raise_request_exception=False)
        client = sign_in(self.user)
        client.raise_request_exception = False
        _api_token(self.user)
        client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {self.user.pk}"  # for the interface
        session = client.session
        session["proved_at"] = timezone.now().timestamp() + STILL_FRESH
        session.set_expiry(STILL_FRESH)
        session.save()
        return client

    def may(self, what: str, family: Family) -> bool:
        return what in self.sees.get(family.place, ())


@dataclass
class World:
    families: list[Family]
    actors: list[Actor]

    def family(self, county: str, state: str) -> Family:
        return next(family for family in self.families if family.place == (county, state))

    def person(self, name: str) -> User:
        """Whoever sits at the keyboard of this actor."""
        return next(actor.user for actor in self.actors if actor.name == name and actor.user)


Crew = dict[str, User]
Branch = dict[str, Union]


def build(states: tuple[str, ...] = STATES) -> World:
    here = make_branch()
    there = make_branch(here["province"], "绿水")
    reviews.install_default_flows(here["province"])
    crews = {"A": _crew(here, "A"), "B": _crew(there, "B")}
    families = [
        _family(branch, county, state, crews[county])
        for county, branch in (("A", here), ("B", there))
        for state in states
    ]
    for family in families:
        family.keys |= organisation_keys(crews[family.county])
    return World(families, _actors(here, crews, families))


def _crew(branch: Branch, county: str) -> Crew:
    return {
        "clerk": make_staff(f"基层经办{county}", branch["own"], Role.CLERK),
        "reviewer": make_staff(f"县复核{county}", branch["county"], Role.REVIEWER),
        "approver": make_staff(f"县审批{county}", branch["county"], Role.APPROVER),
        "treasurer": make_staff(f"县财务{county}", branch["county"], Role.TREASURER),
        "keeper": make_staff(f"县管档{county}", branch["county"], Role.KEEPER),
        "helper": make_worker(f"帮扶人{county}"),
        "giver": make_giver(f"热心人{county}"),
    }


# Families ------------------------------------------------------------------------------------


def _family(branch: Branch, county: str, state: str, crew: Crew) -> Family:
    mark = f"{county}{(*STATES, *WORKS).index(state)}"
    worker = make_worker(f"职工金{mark}")
    holder = make_holder(branch["own"], worker, name=f"职工金{mark}")
    child = make_member(holder, "daughter", f"女儿银{mark}")
    answers = _answers(mark, holder, child)
    application = make_application(holder, state=_first_state(state), answers=answers)
    family = Family(
        county,
        state,
        worker,
        p3=[holder.name, holder.phone.reveal(), answers["employer"]],
        p4=[
            holder.id_number.reveal(),
            child.name.reveal(),
            child.id_number.reveal(),
            answers["members"][0]["place"],
            answers["story"],
            answers["address"],
            answers["card_number"],
        ],
    )
    _hang_on(family, application, child)
    family.keys |= _desk_keys(crew["clerk"])
    if state != "draft":
        _submit(family, application)
    if state in ("filed", "closed"):
        _file(family, application, crew)
    return family


def _first_state(state: str) -> str:
    known = {"draft": "draft", "submitted": "submitted"} | dict.fromkeys(WORKS, "checking")
    return known.get(state, "publicity")


def _answers(mark: str, holder: Any, child: Member) -> dict[str, Any]:
    number = f"62220000{ord(mark[0])}{mark[1]}99887766"
    girl = {"born_on": "2016-02-03", "identity": "primary", "place": f"学校铜{mark}"}
    return {
        "name": holder.name,
        "id_number": holder.id_number.reveal(),
        "phone": holder.phone.reveal(),
        "born_on": "1968-05-17",
        "work_state": "laid_off",
        "employer": f"工厂镁{mark}",
        "main_cause": "own_illness",
        "story": f"病情铁{mark}",
        "address": f"门牌锡{mark}",
        "card_number": number,
        "members": [
            {
                "key": MEMBER_KEY,
                "relation": "daughter",
                "name": child.name.reveal(),
                "id_number": child.id_number.reveal(),
                **girl,
            }
        ],
    }


def _hang_on(family: Family, application: Application, child: Member) -> None:
    """What every household has: a code and its card, a paper, a message, a consent, a sign-in."""
    holder, worker = application.holder, family.user
    if family.state != "draft":  # the code comes with the first submission
        codes.issue_for(holder, by=worker)
    photo = f"照片铅{family.county}{family.state}"
    paper = Attachment.objects.create(
        holder=holder,
        application=application,
        kind="id_card",
        blob=store.put(photo.encode(), holder.data_key),
        size=10,
        digest="0" * 64,
        added_by=worker,
    )
    family.p4.append(photo)
    notice = Notice.objects.create(user=worker, kind="x", title="进展", body="有进展")
    consent = Consent.objects.create(
        subject_id=holder.pk,
        purpose=Consent.Purpose.HELPER,
        version="1",
        recorded_by=worker,
        given_at=timezone.now(),
    )
    family.keys = {
        "application": application.pk,
        "holder": holder.pk,
        "member": child.pk,
        "attachment": paper.pk,
        "notice": notice.pk,
        "consent": consent.pk,
        "union": holder.union_id,
        "api_token": _api_token(worker).pk,
    }
    if card := Card.objects.filter(code__holder=holder).first():
        family.keys |= {"card": card.pk, "token": token.mint(holder.pk, 1)}


def _api_token(user: User) -> ApiToken:
    """One for each person; its text is their key."""
    token, _ = ApiToken.objects.get_or_create(
        user=user,
        token_mac=token_mac(str(user.pk)),
        defaults={
            "label": "职工之家",
            "scope": ApiToken.Scope.CLAIM,
            "expires_at": timezone.now() + timedelta(days=180),
        },
    )
    return token


def _desk_keys(clerk: User) -> dict[str, Any]:
    """What the tree's pages ask for: a colleague, their post and relative, a rule."""
    post = clerk.posts.get()
    relative, _ = Relative.objects.get_or_create(
        user=clerk, id_index="0" * 64, defaults={"relation": "兄弟"}
    )
    rule, _ = RuleCard.objects.get_or_create(
        union=post.union,
        code="relative",
        defaults={"kind": "category", "body": {}, "source": "x", "valid_from": date(2026, 1, 1)},
    )
    item, _ = CatalogueItem.objects.get_or_create(
        union=post.union, name="热水袋", valid_from=date(2026, 1, 1),
        defaults={"category": "goods", "price_fen": 2_000},
    )  # fmt: skip
    holidays, _ = HolidayNotice.objects.get_or_create(
        year=2027, union=Union.objects.filter(parent=None).order_by("path")[0],
        defaults={
            "holidays": {"2027-01-01": "元旦"}, "make_up": [], "source": "x", "proposed_by": clerk,
        },
    )  # fmt: skip
    return {
        "holiday_notice": holidays.pk,
        "item": item.pk,
        "colleague": clerk.pk,
        "post": post.pk,
        "relative": relative.pk,
        "rule": rule.pk,
    }


def _submit(family: Family, application: Application) -> None:
    """The review stands at its first step, at the work asked for, or at the publicity, with an objection."""
    step = reviews.open_review(application.pk, kind="file", union=application.union, by=family.user)
    if family.state != "submitted":
        work = family.state if family.state in WORKS else "publicity"
        shown = FlowStep.objects.get(flow=step.flow_step.flow, work=work)
        Step.objects.filter(pk=step.pk).update(flow_step=shown, work=work)
    family.keys |= {"step": step.pk, "review": step.review_id}
    now = timezone.now()
    publicity = Publicity.objects.create(
        application=application,
        step_id=step.pk,
        slug=f"slug{family.county}{family.state}",
        text={"lines": [["姓名", "职**"]]},
        place="公告栏",
        starts_at=now - timedelta(days=1),
        ends_at=now + timedelta(days=9),
    )
    said = f"异议汞{family.county}{family.state}"
    objection = Objection.objects.create(publicity=publicity, body=said, data_key=new_data_key())
    family.p3.append(said)
    family.keys |= {
        "publicity": publicity.pk,
        "slug": publicity.slug,
        "objection": objection.pk,
    }


def _decide(family: Family, step: Step, clerk: User) -> None:
    now, opinion = timezone.now(), f"意见钙{family.county}{family.state}"
    Step.objects.filter(pk=step.pk).update(state=Step.State.DONE, closed_at=now)
    Decision.objects.create(
        step=step, review=step.review, round=1, by=clerk, outcome="approve", opinion=opinion,
        data_key=new_data_key(), decided_at=now,
    )  # fmt: skip
    family.p3.append(opinion)


def _file(family: Family, application: Application, crew: Crew) -> None:
    """The file, its helper, a line of the ledger, and what waits for an answer."""
    _decide(family, Step.objects.get(subject_id=application.pk), crew["clerk"])
    case = files.open_case(application, category="deep", level="county", by=crew["clerk"])
    files.write_version(case, application.answers.reveal(), why="更正", by=crew["clerk"])
    live = pairings.propose(case, helper=crew["helper"], by=crew["reviewer"])
    pairings.confirm(live, by=crew["approver"])
    note = f"手记钠{family.county}{family.state}"
    pairings.note(case, talked_on=timezone.localdate(), body=note, by=crew["helper"])
    family.p3.append(note)
    proposal = ledger.propose(
        application.holder, project="living", fund="county", given_on=timezone.localdate(),
        amount_fen=100, by=crew["clerk"],
    )  # fmt: skip
    line = ledger.confirm(proposal, by=crew["treasurer"])
    asked = f"新居镍{family.county}{family.state}"
    family.p4.append(asked)
    request = ChangeRequest.objects.create(
        case=case, changes={"address": asked}, asked_by=family.user
    )
    transfer = Transfer.objects.create(
        case=case,
        from_union=case.union,
        to_union=case.union.parent,
        why="换单位",
        asked_by=crew["keeper"],
    )
    family.keys |= wish_keys(application.holder, family.state, crew["giver"])
    if family.state == "filed":
        family.keys |= waiting_keys(application.holder, crew)
    if family.state == "closed":
        workflows.close_case(Case.objects.get(pk=case.pk), reason="脱困", by=crew["clerk"])
    family.keys |= {
        "case": case.pk,
        "pairing": live.pk,
        "proposal": proposal.pk,
        "aid": line.pk,
        "request": request.pk,
        "transfer": transfer.pk,
    }


# People --------------------------------------------------------------------------------------


def _actors(here: Branch, crews: dict[str, Crew], families: list[Family]) -> list[Actor]:
    a, b = crews["A"], crews["B"]
    gone = make_user("离任经办", is_staff=True)
    gone.posts.create(
        union=here["own"], role=Role.CLERK, from_on=date(2020, 1, 1), to_on=date(2021, 1, 1)
    )
    owners = [
        Actor(f"the worker whose {f.state} stands in A", f.user, {f.place: HANDLES})
        for f in families
        if f.county == "A"
    ]
    return [
        Actor("nobody", None),
        Actor("a stranger", make_worker("路人")),
        *owners,
        Actor("the helper", a["helper"], {("A", "filed"): READS, ("A", "closed"): READS}),
        Actor("B's helper", b["helper"], {("B", "filed"): READS, ("B", "closed"): READS}),
        Actor("a giver", a["giver"], {("A", "filed"): HANDLES}),  # P4 where to send, behind a press
        Actor("clerk A", a["clerk"], desk("clerk", "A")),
        Actor("clerk B", b["clerk"], desk("clerk", "B")),
        Actor("keeper A", a["keeper"], desk("keeper", "A")),
        Actor("keeper B", b["keeper"], desk("keeper", "B")),
        Actor("reviewer A", a["reviewer"], desk("reviewer", "A")),
        Actor("reviewer B", b["reviewer"], desk("reviewer", "B")),
        Actor("approver A", a["approver"], desk("approver", "A")),
        Actor("treasurer A", a["treasurer"], desk("treasurer", "A")),
        _seated("county clerk", here["county"], Role.CLERK),
        _seated("town reviewer", here["town"], Role.REVIEWER),
        _seated("auditor", here["county"], Role.AUDITOR),
        Actor("admin", make_staff("管理员", here["province"], Role.ADMIN)),
        Actor("a clerk whose post has ended", gone),
    ]


def _seated(role: str, union: Union, post: Role) -> Actor:
    return Actor(f"{role} A", make_staff(f"{role}甲", union, post), desk(role, "A"))
