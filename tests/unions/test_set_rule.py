"""规则卡：登记与停用."""

from datetime import date

import pytest

from mashang.core.errors import Invalid, NotAllowed, WrongState
from mashang.unions.actions import rules
from mashang.unions.queries import rule_cards
from mashang.unions.refusals import RuleCardTaken
from mashang.unions.roles import Role
from tests.builders import make_staff

pytestmark = pytest.mark.django_db
SOURCE = "桂工发〔2026〕1号 第五条"


@pytest.fixture
def chair(branch_a):
    return make_staff("主席", branch_a["city"], Role.APPROVER)


def card(union, by, day=date(2026, 1, 1), times="1.6", source=SOURCE):
    body = {"label": "相对困难", "times": times}
    return rules.set_rule(union, "category", "relative", body, by=by, source=source, valid_from=day)


def test_the_later_card_ends_the_earlier_one(branch_a, chair) -> None:
    first = card(branch_a["county"], chair)

    card(branch_a["county"], chair, date(2026, 7, 1), "2")

    first.refresh_from_db()
    assert first.valid_to == date(2026, 6, 30)


def test_the_nearest_card_stands_last(branch_a, branch_b, chair) -> None:
    card(branch_a["county"], chair, times="2")
    card(branch_a["city"], chair, times="1.5")

    assert [each["times"] for each in rule_cards(branch_a["own"])] == ["1.5", "2"]
    assert rule_cards(branch_b["own"]) == []


def test_clerks_and_other_branches_may_not(branch_a, branch_b, chen, chair) -> None:
    for person, union in ((chen, branch_a["county"]), (chair, branch_b["county"])):
        with pytest.raises(NotAllowed):
            card(union, person)


def test_a_card_names_its_source_and_starts_once(branch_a, chair) -> None:
    with pytest.raises(Invalid):
        card(branch_a["city"], chair, source=" ")
    card(branch_a["city"], chair)
    with pytest.raises(RuleCardTaken):
        card(branch_a["city"], chair)
    with pytest.raises(WrongState):
        card(branch_a["city"], chair, date(2025, 1, 1))


def test_an_ended_card_keeps_its_last_day(branch_a, chair) -> None:
    ended = rules.end_rule(card(branch_a["city"], chair), by=chair, last_day=date(2026, 3, 31))

    assert rule_cards(branch_a["own"])[0]["valid_to"] == "2026-03-31" and ended.valid_to
    with pytest.raises(Invalid):
        rules.end_rule(ended, by=chair, last_day=date(2025, 3, 31))
