"""核对页: everything that was told, chapter by chapter, as its teller reads it. P4 numbers masked."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as N_

from mashang.cases.form import forms, lists, parse
from mashang.cases.form.checks import choices_of
from mashang.cases.form.conditions import members_of
from mashang.cases.form.fields import Answers, Kind, Page, Step
from mashang.cases.form.lists import Choices
from mashang.cases.models import Application
from mashang.cases.queries.places import region_choices


@dataclass(frozen=True)
class Chapter:
    """One step with its lines, each a label and what was told."""

    key: str
    title: str
    lines: list[tuple[str, str]]


def chapters_of(application: Application) -> list[Chapter]:
    answers, regions = application.answers.reveal(), region_choices()
    chapters = [Chapter("where", N_("受理工会"), [(N_("工会"), application.union.name)])]
    for step in forms.steps_of(application.kind, answers):
        if step.page is Page.FORM:
            chapters.append(Chapter(step.key, step.title, _lines(step, answers, regions)))
        elif step.page is Page.MEMBERS:
            chapters.append(Chapter(step.key, step.title, _people(answers)))
    return chapters


def _lines(step: Step, answers: Answers, regions: Choices) -> list[tuple[str, str]]:
    lines = []
    for field in step.fields:
        if field.is_asked(answers):
            value = parse.say(field, answers.get(field.name), choices_of(field, regions))
            lines.append((field.label, value))
        if field.kind is Kind.ID_NUMBER:
            lines += _what_the_number_tells(answers)
    return lines


def _what_the_number_tells(answers: Answers) -> list[tuple[str, str]]:
    if "born_on" not in answers:
        return []
    return [(N_("出生日期"), answers["born_on"]), (N_("性别"), lists.SEX[answers["sex"]])]


def _people(answers: Answers) -> list[tuple[str, str]]:
    people = [
        (
            lists.RELATION.get(member.get("relation", ""), N_("家人")),
            f"{member.get('name', '')}，{lists.IDENTITY.get(member.get('identity', ''), '')}",
        )
        for member in members_of(answers)
    ]
    return people or [(N_("家人"), N_("只有我一个人"))]
