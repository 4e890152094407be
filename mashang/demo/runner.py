"""演示开演: everybody's acts in the order of their days, with the clock of this process set to each.

Nothing is written around the actions: an act of last March runs on a clock that says last March,
so its working days, deadlines, notices and trail are what they would have been.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

import time_machine
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from mashang.accounts.actions.phones import phone_index
from mashang.accounts.models import User
from mashang.cases.models import Holder
from mashang.core.days import day_of
from mashang.demo.base_data import Stage, is_set, let_them_declare, make_stage, standing_stage
from mashang.demo.households import PER_HOUSEHOLD
from mashang.demo.made_up import make_phone
from mashang.demo.scenario import Life
from mashang.demo.timeline import GAPS, Lot, lots
from mashang.notices import actions as notices
from mashang.reference.workdays import is_workday

FIRST_DAY = timedelta(days=600)  # before today: when the unions of the demo were set up
FIRST_ACT_AT = time(9, 0)


@dataclass(frozen=True)
class Act:
    """One thing that happens to one household."""

    at: datetime
    serial: int
    name: str


class Play:
    """The demo with that many households; those who are there already stay as they are."""

    def __init__(self, households: int) -> None:
        self.now = timezone.localtime()
        self.new = [lot for lot in lots(households) if not _is_there(lot)]
        self.acts = sorted(
            (act for lot in self.new for act in _acts_of(lot, self.now)),
            key=lambda act: (act.at, act.serial),
        )

    def perform(self) -> Iterator[Act]:
        """Yields each act when it is done. A day's acts are one transaction: one wait for the disk."""
        with silence(), time_machine.travel(self.now - FIRST_DAY) as clock:
            stage = standing_stage() if is_set() else _new_stage()
            lives = {lot.serial: Life(lot, stage) for lot in self.new}
            for _, acts in groupby(self.acts, key=lambda act: day_of(act.at)):
                with transaction.atomic():
                    for act in acts:
                        clock.move_to(act.at)
                        getattr(lives[act.serial], act.name)()
                        yield act
        let_them_declare()
        notices.forget_waiting()


@contextmanager
def silence() -> Iterator[None]:
    """What was texted months ago is not texted today."""
    driver = settings.MASHANG_SMS_DRIVER
    settings.MASHANG_SMS_DRIVER = "mashang.notices.drivers.SilentDriver"
    try:
        yield
    finally:
        settings.MASHANG_SMS_DRIVER = driver


def _new_stage() -> Stage:
    with transaction.atomic():
        return make_stage()


def _is_there(lot: Lot) -> bool:
    """By phone: of the account, or of the holder for whom a clerk has filled in the form."""
    index = phone_index(make_phone(lot.serial * PER_HOUSEHOLD))
    known = (User.objects, Holder.objects)
    return any(people.filter(phone_index=index).exists() for people in known)


def _acts_of(lot: Lot, now: datetime) -> Iterator[Act]:
    """The acts of a fate on working days in working hours, the last one so many days ago."""
    names = lot.fate.acts
    day = _back(day_of(now) - timedelta(days=lot.fate.ago), 0)
    for place, name in reversed(list(enumerate(names))):
        yield Act(_moment(day, place, lot.serial), lot.serial, name)
        day = _back(day, GAPS[name])


def _back(day: date, workdays: int) -> date:
    """So many working days earlier; none of them: that day, or the nearest working day before."""
    while workdays or not is_workday(day):
        workdays -= is_workday(day)
        day -= timedelta(days=1)
    return day


def _moment(day: date, place: int, serial: int) -> datetime:
    """Later acts later in the day, so that two of one day keep their order."""
    minutes = place * 12 + serial % 11
    start = datetime.combine(day, FIRST_ACT_AT, tzinfo=timezone.get_current_timezone())
    return start + timedelta(minutes=minutes)
