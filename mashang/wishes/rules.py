"""规则: the numbers of the wish service, as dated cards of the unions over the defaults of the field."""

from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from mashang.reference.workdays import add_workdays
from mashang.unions.models import Union
from mashang.unions.numbers import Numbers

CARD_KIND = "wish"
WORKDAYS_TO_CHECK = 3  # each of the two steps of moderation


@dataclass(frozen=True)
class WishRules:
    """What holds at one union on one day (hardship facts D3). Money in fen."""

    cap_fen: int
    phone_up_to_fen: int
    fulfilled_a_year: int
    same_category_months: int
    workdays_to_fulfil: int
    workdays_of_extension: int
    claims_per_person: int
    claims_per_organisation: int
    days_unclaimed: int
    days_to_confirm: int
    least_alike: int
    workdays_to_answer: int
    may_go_home: int  # 1 or 0


def arrives_by(rules: WishRules, today: date) -> date:
    """The last day by which a wish of today is here if all takes as long as it may and one claims at once."""
    return add_workdays(today, 2 * WORKDAYS_TO_CHECK + rules.workdays_to_fulfil)


NUMBERS = Numbers(CARD_KIND, Path(__file__).parent / "data/rules.json")
defaults, default_source = NUMBERS.defaults, NUMBERS.source
card_body, label_of = NUMBERS.body, NUMBERS.label_of


def rules_at(union: Union, on: date) -> WishRules:
    """The rules in force at a union; of several cards the nearest union's newest decides. One query."""
    numbers = NUMBERS.at(union, on)
    return WishRules(**{field.name: numbers[field.name] for field in fields(WishRules)})
