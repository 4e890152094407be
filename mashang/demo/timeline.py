"""演示命运: which way each household of the demo goes, act by act, and how far it has come.

A fate is a list of acts; `scenario.Life` has a method for each. The acts are placed in time backwards
from today, so that a work list shows what is new, what is due soon and what is overdue.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from itertools import count as count_up
from typing import Any

from mashang.demo.households import stories
from mashang.demo.personas import COUNTY, NEXT_COUNTY, OWN
from mashang.demo.unions import employers

# Working days that pass before an act, counted from the one before it. A notice hangs for five
# whole ones, so its end comes on the sixth.
GAPS = {
    "begin": 0, "submit": 0, "resubmit": 3, "withdraw": 2, "accept": 2, "send_back": 2, "refuse": 2,
    "check_home": 3, "countersign": 0, "pass_home_check": 1, "evaluate": 3, "publish": 1,
    "object": 2, "answer_objection": 1, "end_publicity": 6, "recheck": 3, "ask_income": 2,
    "answer_income": 6, "pass_income": 0, "decide": 2, "enter": 1, "print_card": 2, "hand_over": 3,
    "lose_card": 20, "pair": 4, "confirm_pair": 1, "plan": 2, "end_pairing": 40, "note": 10,
    "scan": 6, "aid": 8, "confirm_aid": 1, "second_aid": 28, "reverse_aid": 2,
    "report_change": 20, "accept_change": 2, "decline_change": 2, "check_facts": 20,
    "ask_transfer": 14, "accept_transfer": 2, "decline_transfer": 2, "close": 60, "reopen": 40,
    "break_glass": 7, "wish": 6, "check_wish": 1, "return_wish": 1, "open_wish": 1,
    "claim_wish": 3, "firm_claims": 3, "give_up": 2, "fund_wish": 24, "send_goods": 3, "pass_goods": 2,
    "reject_goods": 2, "hand_goods": 2, "confirm_goods": 1, "thank": 0, "report_complaint": 1,
}  # fmt: skip

# Stories that name no trade and no place, so that they can happen in the demo's own branch.
ANYWHERE = frozenset({
    "pearl-diver-son", "spinner-grandmother", "sugar-cook-father", "repair-shop-child",
    "cane-cutter-son", "dock-tally", "cement-truck-loader", "auto-parts-daughter",
    "lathe-mother-son", "duan-mountain-teacher", "machine-apprentice", "hotel-laundry",
    "mine-repair-hemophilia", "port-crane-wife", "smelter-guard-depression", "tea-factory-widow",
    "cleaner-fire",
})  # fmt: skip

SUBMITTED = ("begin", "submit")
ACCEPTED = (*SUBMITTED, "accept")
CHECKED = (*ACCEPTED, "check_home", "countersign", "pass_home_check")
EVALUATED = (*CHECKED, "evaluate")
SHOWN = (*EVALUATED, "publish")
PUBLIC = (*SHOWN, "end_publicity")
RECHECKED = (*PUBLIC, "recheck")
ANSWERED = (*RECHECKED, "ask_income", "answer_income", "pass_income")
DECIDED = (*ANSWERED, "decide")
FILED = (*DECIDED, "enter")
HAS_CARD = (*FILED, "print_card", "hand_over")
PAIRED = (*HAS_CARD, "pair", "confirm_pair", "plan")
HELPED = (*PAIRED, "aid", "confirm_aid", "scan", "note")
WISHING = ("wish", "check_wish", "open_wish")
CLAIMED = (*WISHING, "claim_wish")
SENT = (*CLAIMED, "send_goods")
HANDED = (*SENT, "pass_goods", "hand_goods")
FULFILLED = (*HANDED, "confirm_goods", "thank")
AIDED = (*ACCEPTED, "recheck", "decide")  # one-off aid ends here


@dataclass(frozen=True)
class Fate:
    """One household's way: where it lives, what happens, and how many days ago the last of it."""

    where: str  # beginning of the code of its union; empty: anywhere
    acts: tuple[str, ...]
    ago: int = 1
    kind: str = "file"
    alike: bool = False  # the holder stands in an earlier household too (重复)
    agrees_to_helper: bool = True
    assisted: bool = False  # the clerk does it for somebody without a phone (代办)


# The first five show the whole journey; the smallest demo has no others.
FATES = (
    Fate(OWN, (*HELPED, *HANDED), 1),
    Fate(OWN, SUBMITTED, 1),
    Fate(OWN, ACCEPTED, 3),
    Fate(OWN, SHOWN, 2),
    Fate(OWN, (*HAS_CARD, "pair"), 1),
    Fate(COUNTY, DECIDED, 2),
    Fate(COUNTY, ANSWERED, 6),
    Fate(COUNTY, (*RECHECKED, "ask_income"), 5),
    Fate(COUNTY, RECHECKED, 2),
    Fate(COUNTY, PUBLIC, 4),
    Fate(OWN, (*SHOWN, "object"), 1),
    Fate(OWN, EVALUATED, 9),
    Fate(OWN, CHECKED, 5),
    Fate(OWN, (*ACCEPTED, "check_home"), 2),
    Fate(OWN, SUBMITTED, 9),
    Fate(OWN, AIDED, 6, kind="one_off"),
    Fate(COUNTY, ACCEPTED, 2, kind="one_off"),
    Fate(OWN, SUBMITTED, 4),
    Fate(OWN, (*SUBMITTED, "send_back"), 2),
    Fate(OWN, ("begin",), 1),
    Fate(OWN, SUBMITTED, 1, assisted=True),
    Fate(COUNTY, (*HAS_CARD, *WISHING), 35, assisted=True),
    Fate(OWN, (*SUBMITTED, "send_back", "resubmit"), 1),
    Fate(NEXT_COUNTY, (*FILED, "print_card"), 20),
    Fate(COUNTY, (*FILED, "wish"), 1),
    Fate(COUNTY, (*FILED, "print_card"), 2),
    Fate(COUNTY, (*HELPED, *FULFILLED, "report_change"), 1),
    Fate(COUNTY, (*HAS_CARD, *WISHING, "aid"), 1),
    Fate(COUNTY, (*PAIRED, "ask_transfer"), 2),
    Fate(NEXT_COUNTY, (*HAS_CARD, "ask_transfer"), 1),
    Fate(COUNTY, (*HAS_CARD, "lose_card"), 1),
    Fate(COUNTY, (*HELPED, "second_aid", "confirm_aid", "close"), 5),
    Fate(OWN, (*HAS_CARD, "wish", "check_wish"), 2),
    Fate(OWN, HAS_CARD, 380),
    Fate(COUNTY, (*HELPED, "report_change", "accept_change", "check_facts", *WISHING), 12),
    Fate(COUNTY, SUBMITTED, 2, alike=True),
    Fate(COUNTY, (*SUBMITTED, "refuse"), 6),
    Fate(COUNTY, (*SUBMITTED, "withdraw"), 8),
    Fate(COUNTY, (*HAS_CARD, "break_glass"), 1),
    Fate(COUNTY, (*HELPED, "report_change", "decline_change", *SENT), 1),
    Fate(COUNTY, (*PAIRED, "aid", "confirm_aid", "reverse_aid", "end_pairing"), 15),
    Fate(COUNTY, (*HELPED, "close", "reopen", *WISHING), 20),
    Fate(COUNTY, (*PAIRED, *SENT, "reject_goods"), 2, agrees_to_helper=False),
    Fate(NEXT_COUNTY, SUBMITTED, 2),
    Fate(NEXT_COUNTY, RECHECKED, 2),
    Fate(NEXT_COUNTY, (*HAS_CARD, "ask_transfer", "accept_transfer"), 6),
    Fate(COUNTY, (*HAS_CARD, "ask_transfer", "decline_transfer"), 9),
    Fate("", (*HELPED, *FULFILLED), 30),
    Fate("", SUBMITTED, 3),
    Fate("", (*FILED, *WISHING, "firm_claims"), 2),
    Fate("", (*PAIRED, *WISHING), 9),
    Fate("", (*SHOWN, "object", "answer_objection"), 1),
    Fate("", HAS_CARD, 100),
    Fate(OWN, (*HAS_CARD, *WISHING), 3),
    Fate(COUNTY, (*HAS_CARD, *CLAIMED), 1),
    Fate(COUNTY, (*PAIRED, *WISHING, "fund_wish"), 3),
    Fate(COUNTY, (*HAS_CARD, *HANDED, "report_complaint"), 1),
    Fate(COUNTY, (*HAS_CARD, "wish", "return_wish"), 2),
    Fate("", (*HAS_CARD, *CLAIMED, "give_up"), 4),
)  # fmt: skip


@dataclass(frozen=True)
class Lot:
    """A household of the demo: whose story, at which union, and what becomes of it."""

    serial: int
    union: str
    fate: Fate
    wishes_before: int  # households before it that wish for something
    twin: int | None = None  # the serial of the household in which this holder stands too


def lots(count: int) -> list[Lot]:
    """The first `count` households, the same each time. After one round people live anywhere."""
    lots: list[Lot] = []
    used: set[int] = set()
    wishes = 0
    for number in range(count):
        lap, place = divmod(number, len(FATES))
        fate = FATES[place] if lap == 0 else replace(FATES[place], where="", alike=False)
        serial = _serial_for(fate, used)
        used.add(serial)
        lots.append(Lot(serial, _union_of(serial, fate), fate, wishes, _twin_of(fate, lots)))
        wishes += "wish" in fate.acts
    return lots


def _serial_for(fate: Fate, used: Container[int]) -> int:
    """The first story that fits and was not told yet; told again, it is about other people."""
    fitting = [place for place, story in enumerate(stories()) if _fits(story, fate)]
    tellings = (lap * len(stories()) + place for lap in count_up() for place in fitting)
    return next(serial for serial in tellings if serial not in used)


def _fits(story: Mapping[str, Any], fate: Fate) -> bool:
    is_here = story["union"].startswith(fate.where) or story["key"] in ANYWHERE
    return is_here and story.get("form", "file") == fate.kind


def _union_of(serial: int, fate: Fate) -> str:
    own = str(stories()[serial % len(stories())]["union"])
    if own.startswith(fate.where):
        return own
    near = sorted(code for code in employers() if code.startswith(fate.where))
    return near[serial % len(near)]


def _twin_of(fate: Fate, lots: list[Lot]) -> int | None:
    if not fate.alike:
        return None
    return next(lot.serial for lot in lots if lot.fate.where == NEXT_COUNTY)
