"""快慢: how often a colleague may look at what is hidden, or type an ID number whose answer tells something.

Counted before the act, over all households together, so that neither a refusal nor another file resets it.
"""

from collections.abc import Iterable

from django.utils import timezone

from mashang.accounts.models import User
from mashang.cases.actions import alerts
from mashang.cases.models import Alert
from mashang.cases.safeguards import Safeguards, safeguards_at
from mashang.core.audit.trail import hashed, record
from mashang.core.db.action import action
from mashang.core.errors import TooMany
from mashang.core.privacy.identity import normalise_id
from mashang.core.requests.limits import DAY, TEN_MINUTES, Limit
from mashang.unions.queries import highest_union

REVEALS = Limit("reveals", "hidden values shown to one colleague", 0, DAY)
REVEALS_BY_PROOF = Limit("reveals-by-proof", "the same by one proof", 0, TEN_MINUTES)
PAPERS = Limit("papers", "photos of papers shown to one colleague", 0, DAY)
NUMBERS = Limit("id-numbers", "ID numbers typed by one colleague", 0, DAY)
DECLARATIONS = Limit("kin-declarations", "declarations of kin sent by one colleague", 20, DAY)


def count_reveal(by: User) -> None:
    """显示一次: raises TooMany over the day's limit, after the alert is raised."""
    if most := _limits_of(by):
        _count(REVEALS, Alert.Kind.REVEALS, most.reveals_a_day, alerts.TOO_MANY_REVEALS, by)


def count_paper(by: User) -> None:
    """看一张材料照片: raises TooMany over the day's limit, after the alert is raised."""
    if most := _limits_of(by):
        _count(PAPERS, Alert.Kind.PAPERS, most.papers_a_day, alerts.TOO_MANY_PAPERS, by)


def needs_new_proof(by: User, proved_at: float) -> bool:
    """Whether the proof of that moment has served as many reveals as one may within ten minutes."""
    most = _limits_of(by)
    if most is None:
        return False
    try:
        REVEALS_BY_PROOF.count(f"{by.pk}|{proved_at}", most=most.reveals_in_ten_minutes)
    except TooMany:
        return True
    return False


def count_id_number(number: str, *, by: User) -> None:
    """录入一个身份证号: written down as a keyed hash, and counted. Raises TooMany over the day's limit."""
    most = _limits_of(by)
    if most is None or not number.strip():
        return
    _write_down(number, by=by)
    _count(NUMBERS, Alert.Kind.PROBING, most.id_numbers_a_day, alerts.TOO_MANY_NUMBERS, by)


def count_declaration(numbers: Iterable[str], *, by: User) -> None:
    """回避声明 sent once: every number in it is written down, and the form counts as one, whatever stands in it.

    It is asked of everybody before the desk opens, and may hold more numbers than a rule card lets one type in a day;
    its answer tells nothing about any of them. Raises TooMany.
    """
    if _limits_of(by) is None:
        return
    for number in numbers:
        _write_down(number, by=by)
    most = DECLARATIONS.in_force
    _count(DECLARATIONS, Alert.Kind.PROBING, most, alerts.TOO_MANY_NUMBERS, by)


@action
def _write_down(number: str, *, by: User) -> None:
    told = hashed("typed id number", normalise_id(number))
    record("id_number.typed", by, by=by, union=highest_union(by), number=told)


def _count(limit: Limit, what: str, most: int, words: str, by: User) -> None:
    try:
        limit.count(by.pk, most=most)
    except TooMany as refusal:
        alerts.over_the_limit(what, by=by)
        raise TooMany(message=words, retry_after=refusal.facts["retry_after"]) from None


def _limits_of(by: User) -> Safeguards | None:
    seat = highest_union(by)
    return safeguards_at(seat, timezone.localdate()) if seat else None
