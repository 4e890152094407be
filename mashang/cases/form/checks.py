"""填写检查: pure functions from what was typed to what is kept, or to the sentences of what is wrong."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_noop as N_

from mashang.cases.form import parse
from mashang.cases.form.fields import Answers, Field, Kind, Level, Step
from mashang.cases.form.lists import Choices
from mashang.core.errors import SURE, Invalid
from mashang.core.privacy.identity import parse_id_number

Typed = Mapping[str, Sequence[str]]
OUTSIDE: Choices = {"outside": N_("外省")}


def choices_of(field: Field, regions: Choices) -> Choices:
    """A field's list. Regions come from the region table; only a 户口 may lie outside."""
    if field.kind is not Kind.REGION:
        return field.choices
    return {**regions, **OUTSIDE} if field.name == "hukou_region" else regions


def checked(step: Step, typed: Typed, answers: Answers, regions: Choices) -> dict[str, Any]:
    """The step's answers. Raises Invalid; `fields` maps a field's name to its sentence."""
    cleaned: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for field in step.fields:
        if not field.is_asked({**answers, **cleaned}):
            continue
        try:
            value = parse.read(field, typed.get(field.name, ()), choices_of(field, regions))
        except ValueError as error:
            wrong[field.name] = str(error)
        else:
            cleaned |= _with_what_it_tells(field, value)
    if not wrong and step.check:
        wrong = step.check({**answers, **cleaned})
    if wrong:
        raise Invalid(fields=wrong)
    return cleaned


def typed_of(step: Step, answers: Answers) -> dict[str, list[str]]:
    """The answers of a step as if they had just been typed."""
    return {field.name: parse.spell(field, answers.get(field.name)) for field in step.fields}


def veiled_names(step: Step, answers: Answers) -> set[str]:
    """The fields of P4 that have an answer already."""
    return {f.name for f in step.fields if f.level is Level.P4 and answers.get(f.name)}


def unveiled(step: Step, typed: Typed, answers: Answers) -> Typed:
    """What was typed; where a veiled field was left empty, what is kept stays."""
    stored, veiled = typed_of(step, answers), veiled_names(step, answers)
    shown = {
        field.name: stored[field.name]
        if field.name in veiled and not any(typed.get(field.name, ()))
        else typed.get(field.name, ())
        for field in step.fields
    }
    return {**shown, SURE: typed.get(SURE, ())}


def is_filled(step: Step, answers: Answers, regions: Choices) -> bool:
    """Whether what is kept passes the step's own check today."""
    try:
        checked(step, typed_of(step, answers), answers, regions)
    except Invalid:
        return False
    return True


def names_of(step: Step) -> set[str]:
    """Everything a step may leave in the answers."""
    from_id_number = (
        {"born_on", "sex"} if any(f.kind is Kind.ID_NUMBER for f in step.fields) else set()
    )
    return {field.name for field in step.fields} | from_id_number


def _with_what_it_tells(field: Field, value: Any) -> dict[str, Any]:
    """An ID number fills in the day of birth and the sex."""
    if field.kind is not Kind.ID_NUMBER or value is None:
        return {field.name: value} if value is not None else {}
    number = parse_id_number(value)
    return {field.name: value, "born_on": number.born_on.isoformat(), "sex": number.sex}
