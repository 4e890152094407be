"""What a worker types, step by step, for tests: a family of three with a sick mother and a pupil."""

from datetime import date
from typing import Any

from django.utils import timezone

from mashang.accounts.models import Consent, User
from mashang.cases.actions import applications, papers
from mashang.cases.form import consents, forms, people
from mashang.cases.form.fields import Page
from mashang.cases.models import Application
from mashang.reference.models import Region
from mashang.reviews import actions as reviews
from mashang.reviews.models import Flow
from mashang.unions.models import Union
from tests.builders import make_id_number
from tests.pictures import make_jpeg

Typed = dict[str, list[str]]

TYPED: dict[str, str | list[str]] = {
    "name": "李春燕",
    "ethnicity": "08",
    "politics": "masses",
    "phone": "120 0000 0001",
    "marital": "married",
    "hukou_kind": "resident_town",
    "hukou_region": "450103",
    "address_region": "450103",
    "address": "民族大道 1 号 2 栋 301",
    "person_kind": "urban",
    "work_state": "laid_off",
    "first_worked_on": "1998-07",
    "industry": "C",
    "model_worker": "none",
    "has_employer": "yes",
    "employer": "青山纺织厂",
    "employer_kind": "state_firm",
    "employer_state": "half_stopped",
    "health": "good",
    "medical_cover": "worker",
    "is_single_parent": "no",
    "can_help_itself": "yes",
    "has_no_worker": "no",
    "costly_school": "no",
    "main_cause": "kin_illness",
    "other_causes": ["schooling"],
    "story": "母亲去年查出尿毒症，每周透析三次，我下岗后收入只够吃饭。",
    "sudden_on": "2026-01-15",
    "sudden_cost": "86,000",
    "sudden_repaid": "52000",
    "income_wage": "24000",
    "income_business": "0",
    "income_property": "0",
    "income_transfer": "3600",
    "income_other": "0",
    "own_monthly": "2000",
    "gets_allowance": "no",
    "cost_illness": "34000",
    "cost_schooling": "6000",
    "cost_housing": "7200",
    "housing": "rent",
    "floor_area": "46",
    "rent_monthly": "600",
    "kitchen": "own",
    "toilet": "shared",
    "vehicle": "none",
    "runs_business": "no",
    "bank_owner": "李春燕",
    "bank": "中国农业银行",
    "bank_branch": "南宁民族大道支行",
    "card_number": "6228 4800 0000 0000 018",
    "persons": "3",
    "income_total": "27600",
}
MOTHER: dict[str, str] = {
    "name": "韦秀英",
    "relation": "mother",
    "ethnicity": "08",
    "identity": "retired",
    "health": "kidney",
    "medical_cover": "resident",
    "monthly_income": "300",
    "hukou_kind": "resident_town",
    "marital": "widowed",
    "politics": "masses",
}
SON: dict[str, str] = {
    "name": "黄小军",
    "relation": "son",
    "ethnicity": "08",
    "identity": "senior",
    "health": "good",
    "medical_cover": "resident",
    "place": "青山一中",
    "education": "senior",
    "entered_in": "2025",
    "school_years": "3",
    "hukou_kind": "resident_town",
    "marital": "single",
    "politics": "league",
}


GROWN, BORN = date(1952, 9, 3), {"son": date(2010, 6, 1)}


def as_typed(told: dict[str, Any]) -> Typed:
    return {name: value if isinstance(value, list) else [value] for name, value in told.items()}


def make_region() -> None:
    """南宁市青秀区, and nothing else."""
    for code, name, level in (
        ("450000", "广西壮族自治区", "province"),
        ("450100", "南宁市", "city"),
        ("450103", "青秀区", "county"),
    ):
        Region.objects.get_or_create(
            code=code, defaults={"name": name, "level": level, "source": "测试"}
        )


def begin(worker: User, union: Union, kind: str = "file") -> Application:
    make_region()
    return applications.start(worker, kind=kind, union=union, by=worker)


def fill_in(application: Application, *, by: User, **changed: Any) -> Application:
    """Every step that a form asks, with the family above unless something is changed."""
    told = as_typed({"id_number": make_id_number(), **TYPED, **changed})
    if application.kind == Application.Kind.FILE:
        tell_member(application, "mother", MOTHER, by=by)
        tell_member(application, "son", SON, by=by)
    for step in forms.FORMS[application.kind]:
        answers = current(application).answers.reveal()
        if step.page is Page.FORM and step.is_asked(answers):
            applications.fill(application, step, told, by=by)
    return current(application)


def tell_member(application: Application, key: str, told: dict[str, Any], *, by: User) -> None:
    number = make_id_number(BORN.get(key, GROWN), "male" if key == "son" else "female")
    typed = as_typed({"id_number": number, **told})
    for part in people.PARTS:
        member = next(
            (
                m
                for m in current(application).answers.reveal().get("members", [])
                if m["key"] == key
            ),
            {},
        )
        if part in forms.parts_of(member):
            applications.fill_member(application, key, part, typed, by=by)


def agree(application: Application, *, by: User) -> None:
    for asked in consents.asked_of(application.kind, application.answers.reveal()):
        Consent.objects.get_or_create(
            subject_id=application.holder_id,
            purpose=asked.purpose,
            withdrawn_at=None,
            defaults={
                "version": consents.VERSION,
                "recorded_by": by,
                "given_at": timezone.now(),
            },
        )


def make_ready(worker: User, branch: dict[str, Union], kind: str = "file") -> Application:
    """A draft that lacks nothing but the tap on “提交”."""
    if not Flow.objects.exists():
        reviews.install_default_flows(branch["province"])
    application = fill_in(begin(worker, branch["own"], kind), by=worker)
    agree(application, by=worker)
    papers.sign(application, data=make_jpeg(300, 120), by=worker)
    return current(application)


def current(application: Application) -> Application:
    return Application.objects.select_related("holder__data_key", "holder__user", "union").get(
        pk=application.pk
    )
