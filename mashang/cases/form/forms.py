"""Which steps an application goes through, and where it stands among them."""

from collections.abc import Iterator

from mashang.cases.form import case_application, one_off_application, people
from mashang.cases.form.checks import is_filled, names_of
from mashang.cases.form.conditions import members_of
from mashang.cases.form.fields import Answers, Page, Step
from mashang.cases.form.lists import Choices
from mashang.core.errors import Missing

FORMS = {"file": case_application.STEPS, "one_off": one_off_application.STEPS}
NO_ONE_ELSE = "lives_alone"  # ticked on the members' page when nobody is to be added


def steps_of(kind: str, answers: Answers) -> list[Step]:
    """The steps that are asked of this person, in order."""
    return [step for step in FORMS[kind] if step.is_asked(answers)]


def questions_of(kind: str) -> set[str]:
    """The names of all questions of a form, whether they apply or not."""
    return {field.name for step in FORMS[kind] for field in step.fields}


def step_of(kind: str, key: str, answers: Answers) -> Step:
    for step in steps_of(kind, answers):
        if step.key == key:
            return step
    raise Missing


def next_step(kind: str, key: str, answers: Answers) -> Step:
    steps = steps_of(kind, answers)
    place = next((n for n, step in enumerate(steps) if step.key == key), -1)
    return steps[min(place + 1, len(steps) - 1)]


def step_before(kind: str, key: str, answers: Answers) -> Step | None:
    steps = steps_of(kind, answers)
    place = next((n for n, step in enumerate(steps) if step.key == key), 0)
    return steps[place - 1] if place else None


def parts_of(member: Answers) -> list[Step]:
    """The pages about one member that still make sense once we know who it is."""
    return [
        people.WHO,
        *(part for part in people.PARTS[1:] if "born_on" in member and part.is_asked(member)),
    ]


def unfilled(kind: str, answers: Answers, regions: Choices) -> Iterator[Step]:
    """The steps that still lack something: plain forms, and members who are half described."""
    is_complete = {
        Page.FORM: lambda step: is_filled(step, answers, regions),
        Page.MEMBERS: lambda step: _members_told(answers, regions),
    }
    for step in steps_of(kind, answers):
        if step.page in is_complete and not is_complete[step.page](step):
            yield step


def relevant(kind: str, answers: Answers) -> dict[str, object]:
    """The answers without those to questions that no longer apply."""
    kept: dict[str, object] = {}
    for step in steps_of(kind, answers):
        if step.page is Page.MEMBERS:
            kept["members"] = [_relevant_member(member) for member in members_of(answers)]
            kept[NO_ONE_ELSE] = not kept["members"]
        asked = {f.name for f in step.fields if f.is_asked(answers)}
        derived = names_of(step) - {f.name for f in step.fields}
        kept |= {name: answers[name] for name in asked | derived if name in answers}
    return kept


def _relevant_member(member: Answers) -> dict[str, object]:
    names = {"key", "born_on", "sex"} | {
        field.name for part in parts_of(member) for field in part.fields if field.is_asked(member)
    }
    return {name: member[name] for name in member if name in names}


def _members_told(answers: Answers, regions: Choices) -> bool:
    members = members_of(answers)
    if not members:
        return bool(answers.get(NO_ONE_ELSE))
    return all(is_filled(part, member, regions) for member in members for part in parts_of(member))
