"""防护: how long a new number or account waits, and how fast a colleague may look at what is hidden."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mashang.unions.models import Union
from mashang.unions.numbers import Numbers

NUMBERS = Numbers("safeguard", Path(__file__).parent / "data/safeguards.json")


@dataclass(frozen=True)
class Safeguards:
    """What holds at one union on one day."""

    workdays_to_change: int  # between the second person's word and the effect
    reveals_a_day: int  # per colleague
    reveals_in_ten_minutes: int  # per colleague, before they prove again who they are
    id_numbers_a_day: int  # per colleague, where the answer could tell whether somebody is on file


def safeguards_at(union: Union, on: date) -> Safeguards:
    """Those in force at a union. One query."""
    return Safeguards(**NUMBERS.at(union, on))
