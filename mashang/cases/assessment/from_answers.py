"""From the answers to what the assessment reckons with."""

from mashang.cases.assessment.arithmetic import Household
from mashang.cases.form.conditions import is_sudden, members_of
from mashang.cases.form.fields import Answers
from mashang.cases.rules import COST_KINDS, INCOME_KINDS

_COST_FIELDS = {kind: f"cost_{kind}" for kind in COST_KINDS}
_INCOME_FIELDS = {kind: f"income_{kind}" for kind in INCOME_KINDS}


def household_of(answers: Answers) -> Household:
    """The twelve months before the application, as the family states them."""
    return Household(
        persons=persons_of(answers),
        income_fen=_sums(answers, _INCOME_FIELDS) or {"other": answers.get("income_total", 0)},
        costs_fen=_sums(answers, _COST_FIELDS),
        facts=_facts(answers),
        after_accident=is_sudden(answers),
        accident_cost_fen=max(answers.get("sudden_cost", 0) - answers.get("sudden_repaid", 0), 0),
    )


def persons_of(answers: Answers) -> int:
    """One-off aid asks for the number; the standing file counts the people named."""
    persons: int = answers.get("persons") or 1 + len(members_of(answers))
    return persons


def _sums(answers: Answers, fields: dict[str, str]) -> dict[str, int]:
    return {kind: answers[name] for kind, name in fields.items() if name in answers}


def _facts(answers: Answers) -> dict[str, int]:
    estates = [code for code in answers.get("estates", ()) if code != "shop"]
    counts = {
        "dwellings": sum(answers.get(f"{code}_count", 0) for code in estates),
        "vehicles": answers.get("vehicles", 0) if answers.get("vehicle_use") == "ordinary" else 0,
        "business": int(answers.get("runs_business") == "yes"),
        "costly_school": int(answers.get("costly_school") == "yes"),
        "no_employer": int(answers.get("has_employer") == "no"),
    }
    return {name: count for name, count in counts.items() if count}
