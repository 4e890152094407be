"""测算一件申请: the household as the family states it, the standard and the rules of the day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from mashang.accounts.models import Consent
from mashang.accounts.queries import has_withdrawn
from mashang.cases.assessment.arithmetic import Result, Standard, assess
from mashang.cases.assessment.from_answers import household_of
from mashang.cases.models import Application
from mashang.cases.rules import RuleSet, default_cards
from mashang.reference.queries import full_name, living_standard
from mashang.reviews.queries import paths_upwards
from mashang.unions.models import RuleCard, Union

OF_HEALTH = {"cost_illness"}  # not reckoned with once the family has taken its consent back
CARD_KIND = "assessment"  # a RuleCard of this kind holds one card of `cases.rules` as its body


def assess_application(application: Application, answers: Mapping[str, Any], on: date) -> Result:
    """The assessment as of that day. Raises Invalid when the answers cannot be reckoned with."""
    union = application.union
    if has_withdrawn(application.holder_id, Consent.Purpose.HEALTH):
        answers = {name: told for name, told in answers.items() if name not in OF_HEALTH}
    return assess(household_of(answers), standard_for(union, on), rules_for(union, on))


def standard_for(union: Union, on: date) -> Standard | None:
    return nearest_standard(union.region_code, on)


def nearest_standard(region_code: str, on: date) -> Standard | None:
    """The 低保标准 of the region, or of the nearest one above it."""
    row = living_standard(region_code, on)
    if row is None:
        return None
    return Standard(row.monthly_fen, full_name(row.region_code, on), row.valid_from, row.source)


def rules_for(union: Union, on: date) -> RuleSet:
    """The house's cards, over them those of the unions upwards; the nearest union has the last word."""
    in_force = Q(valid_to=None) | Q(valid_to__gte=on)
    cards = RuleCard.objects.filter(
        in_force, kind=CARD_KIND, valid_from__lte=on, union__path__in=paths_upwards(union.path)
    )
    own = cards.order_by("union__path", "valid_from").values_list("body", flat=True)
    return RuleSet.from_cards([*default_cards(), *own], on=on)
