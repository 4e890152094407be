"""申请内容: what the desk shows of an application, tab by tab, masked; and one revealed field at a time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import Consent
from mashang.accounts.queries import has_withdrawn
from mashang.cases.form import contradictions, forms, lists
from mashang.cases.form.case_application import BANK
from mashang.cases.form.checks import choices_of
from mashang.cases.form.conditions import is_child, members_of
from mashang.cases.form.fields import Field, Kind, Level, Page, Step
from mashang.cases.form.lists import Choices
from mashang.cases.form.parse import say
from mashang.cases.models import Application, Attachment
from mashang.cases.preconditions import has_consent
from mashang.cases.queries.accounts import bank_account_of, is_taken_back
from mashang.cases.queries.places import region_choices
from mashang.core.errors import Missing, NotAllowed
from mashang.core.privacy.masks import VEIL, mask_name
from mashang.core.wording import unaddressed

Answers = Mapping[str, Any]
TABS = {
    "overview": ("about", "home", "work", "employer", "causes", "event", "sudden"),
    "family": ("health", "members", "family"),
    "money": (
        "income", "aid", "costs", "loss", "housing", "property", "estates", "estates-more", "bank",
    ),
}  # fmt: skip
TITLES = {
    "about": N_("本人情况"),
    "health": N_("本人健康和医保"),
    "work": N_("本人工作"),
    "employer": N_("工作单位"),
    "causes": N_("致困原因"),
    "event": N_("突发情况"),
    "sudden": N_("花费和损失"),
    "family": N_("家庭情况"),
    "income": N_("家庭年收入"),
    "aid": N_("已得到的帮扶"),
    "costs": N_("刚性支出"),
    "housing": N_("住房"),
    "bank": N_("收款账号"),
}  # what the form asks a worker in everyday words, as the staff call it
LABELS = {
    "story": N_("本人申请说明"),
    "work_state": N_("工作情况"),
    "relation": N_("与申请人关系"),
}
# What the household agreed to apart from the file; withdrawn, the answer stays hidden.
CONSENTS = {
    "health": Consent.Purpose.HEALTH,
    "disability_kind": Consent.Purpose.HEALTH,
    "disability_grade": Consent.Purpose.HEALTH,
    "card_number": Consent.Purpose.BANK,
    "bank_owner": Consent.Purpose.BANK,
}
# The same of papers: the photo says what the answer said.
CONSENTS_OF_PAPERS = {
    "bank_card": Consent.Purpose.BANK,
    "diagnosis": Consent.Purpose.HEALTH,
    "bills": Consent.Purpose.HEALTH,
    "disability": Consent.Purpose.HEALTH,
    "school": Consent.Purpose.CHILDREN,
    "fees": Consent.Purpose.CHILDREN,
}
# A list of causes is what every step of the review is about; the same words stand in the six facts.
SHOWN = {"main_cause", "other_causes"}


class NotAgreed(NotAllowed):
    code = "not_agreed"
    message = N_(
        "本人没有同意使用这项信息，或者已经撤回同意，不能显示；确需核对的，请先征得本人同意"
    )


@dataclass(frozen=True)
class Line:
    """One answer; `key` names it for a reveal and is empty where nothing is hidden."""

    label: str
    shown: str
    key: str = ""


@dataclass(frozen=True)
class Section:
    title: str
    lines: list[Line]


def sections(application: Application, tab: str) -> list[Section]:
    """The told answers of one tab, in the order in which they were asked."""
    told, regions = application.answers.reveal(), region_choices()
    answers = _without_health(told) if _hides_health(application) else told
    return [
        section
        for step in forms.steps_of(application.kind, told)
        if step.key in TABS[tab]
        for section in _sections_of(step, answers, regions)
        if section.lines
    ]


def _hides_health(application: Application) -> bool:
    return has_withdrawn(application.holder_id, Consent.Purpose.HEALTH)


def _without_health(answers: Answers) -> Answers:
    """The answers without the causes that name an illness or a disability; those of health are veiled anyway."""
    of_health = set(lists.CAUSES_OF_HEALTH)
    others = [code for code in answers.get("other_causes") or () if code not in of_health]
    kept = {**answers, "other_causes": others}
    return kept | {"main_cause": ""} if answers.get("main_cause") in of_health else kept


def require_agreed_paper(paper: Attachment) -> None:
    """Raises NotAgreed for the photo of what the family no longer lets the union use."""
    purpose = CONSENTS_OF_PAPERS.get(paper.kind)
    if purpose and has_withdrawn(paper.holder_id, purpose):
        raise NotAgreed


def account_paid_to(application: Application) -> list[Line]:
    """Where granted money is to go: whose card, which bank, the number masked; nothing once the family
    has taken back its consent to that."""
    if is_taken_back(application):
        return []
    return _lines(BANK, bank_account_of(application), {}, "")


def contradictory(application: Application) -> list[contradictions.Finding]:
    """What does not fit together, as far as the household lets its answers be used."""
    withheld = {name for name, purpose in CONSENTS.items() if not has_consent(application, purpose)}
    found = contradictions.findings(
        application.answers.reveal(), forms.questions_of(application.kind)
    )
    return [
        contradictions.Finding(row.code, row.who, unaddressed(row.words))
        for row in found
        if not withheld & set(row.fields)
    ]


def revealed(application: Application, key: str) -> tuple[Line, str]:
    """The line and the plain words behind one key.

    Missing for a key that hides nothing, NotAgreed where the household's consent is not there.
    """
    answers = application.answers.reveal()
    return _revealed(application, forms.steps_of(application.kind, answers), answers, key)


def revealed_account(application: Application, key: str) -> tuple[Line, str]:
    """The same of the account to which money goes now (`account_paid_to`)."""
    return _revealed(application, [BANK], bank_account_of(application), key)


def _revealed(
    application: Application, steps: Iterable[Step], answers: Answers, key: str
) -> tuple[Line, str]:
    regions = region_choices()
    for step in steps:
        for prefix, field, person in _hidden(step, answers):
            if prefix + field.name == key:
                _check_agreed(application, field, person if prefix else None)
                line = _line(field, person, regions, prefix)
                return line, _plain(field, person, regions)
    raise Missing


def _check_agreed(application: Application, field: Field, member: Answers | None) -> None:
    purpose = CONSENTS.get(field.name)
    if purpose and not has_consent(application, purpose):
        raise NotAgreed
    of_child = member is not None and is_child(member)
    if of_child and has_withdrawn(application.holder_id, Consent.Purpose.CHILDREN):
        raise NotAgreed


def _sections_of(step: Step, answers: Answers, regions: Choices) -> Iterator[Section]:
    if step.page is not Page.MEMBERS:
        title = TITLES.get(step.key) or unaddressed(step.title)
        yield Section(title, _lines(step, answers, regions, ""))
        return
    for number, member in enumerate(members_of(answers), start=1):
        lines = [
            line
            for part in forms.parts_of(member)
            for line in _lines(part, member, regions, _prefix(member))
        ]
        yield Section(_("家人 %(n)d") % {"n": number}, lines)


def _lines(step: Step, person: Answers, regions: Choices, prefix: str) -> list[Line]:
    return [
        _line(field, person, regions, prefix) for field in step.fields if _is_told(field, person)
    ]


def _line(field: Field, person: Answers, regions: Choices, prefix: str) -> Line:
    label = LABELS.get(field.name) or unaddressed(field.label)
    if not _is_hidden(field):
        return Line(label, _plain(field, person, regions))
    return Line(label, _masked(field, person, regions), prefix + field.name)


def _hidden(step: Step, answers: Answers) -> Iterator[tuple[str, Field, Answers]]:
    """Everything of a step that is shown masked: (prefix of the key, field, whose answers)."""
    parts = [("", step, answers)]
    if step.page is Page.MEMBERS:
        parts = [
            (_prefix(member), part, member)
            for member in members_of(answers)
            for part in forms.parts_of(member)
        ]
    for prefix, part, person in parts:
        for field in part.fields:
            if _is_told(field, person) and _is_hidden(field):
                yield prefix, field, person


def _prefix(member: Answers) -> str:
    return f"{member['key']}."


def _is_told(field: Field, person: Answers) -> bool:
    return person.get(field.name) not in (None, "", []) and field.is_asked(person)


def _is_hidden(field: Field) -> bool:
    hides = field.level is Level.P4 or field.kind is Kind.PHONE
    return (hides or field.name in {"name", "bank_owner"}) and field.name not in SHOWN


def _masked(field: Field, person: Answers, regions: Choices) -> str:
    if field.kind in (Kind.ID_NUMBER, Kind.PHONE, Kind.CARD):
        return say(field, person[field.name], {})
    return mask_name(person[field.name]) if field.name in {"name", "bank_owner"} else VEIL


def _plain(field: Field, person: Answers, regions: Choices) -> str:
    if field.kind in (Kind.ID_NUMBER, Kind.PHONE, Kind.CARD):
        return str(person[field.name])
    return say(field, person[field.name], choices_of(field, regions))
