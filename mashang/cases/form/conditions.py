"""When something is asked: questions about the answers given so far."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from mashang.cases.form.fields import Answers
from mashang.cases.form.lists import NO, PAYING_STUDENTS, STUDENTS, SUDDEN_CAUSES

OF_AGE = 18  # years


def members_of(answers: Answers) -> list[Answers]:
    members: list[Answers] = answers.get("members", [])
    return members


def age(person: Answers) -> int:
    """In whole years, today."""
    born_on, today = date.fromisoformat(person["born_on"]), timezone.localdate()
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


def is_child(person: Answers) -> bool:
    """Not yet of age, as far as the birthday is known."""
    return bool(person.get("born_on")) and age(person) < OF_AGE


def has_employer(answers: Answers) -> bool:
    return bool(answers.get("has_employer", NO) != NO)


def is_sudden(answers: Answers) -> bool:
    """突发: an illness, accident or disaster among the causes."""
    return any(cause in SUDDEN_CAUSES for cause in causes_of(answers))


def any_student(answers: Answers) -> bool:
    return _anybody(answers, STUDENTS)


def any_paying_student(answers: Answers) -> bool:
    """Somebody beyond compulsory schooling, whose costs count."""
    return _anybody(answers, PAYING_STUDENTS)


def any_disabled(answers: Answers) -> bool:
    return any(person.get("health") == "disabled" for person in (answers, *members_of(answers)))


def causes_of(answers: Answers) -> Iterator[str]:
    if main := answers.get("main_cause"):
        yield main
    yield from answers.get("other_causes", ())


def _anybody(answers: Answers, identities: tuple[str, ...]) -> bool:
    return any(member.get("identity") in identities for member in members_of(answers))
