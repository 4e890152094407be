"""规则卡：登记与停用."""

from datetime import date
from fractions import Fraction

import pytest

from mashang.cases.assessment.for_application import CARD_KIND, rules_for
from mashang.core.errors import Invalid, NotAllowed, WrongState
from mashang.unions.actions import rules
from mashang.unions.queries import own_rules
from mashang.unions.refusals import RuleCardTaken
from mashang.unions.roles import Role
from tests.builders import make_staff

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2026, 1, 1)
SOURCE = "桂工发〔2026〕1号 第五条"


@pytest.fixture
def chair(branch_a):
    return make_staff("主席", branch_a["city"], Role.APPROVER)


def card(union, by, day=NEW_YEAR, times="1.6", source=SOURCE):
    body = {"label": "相对困难", "times": times}
    return rules.set_rule(union, "category", "relative", body, by=by, source=source, valid_from=day)


def test_the_later_card_ends_the_earlier_one(branch_a, chair) -> None:
    first = card(branch_a["county"], chair)

    card(branch_a["county"], chair, date(2026, 7, 1), "2")

    first.refresh_from_db()
    assert first.valid_to == date(2026, 6, 30)


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

    assert own_rules(branch_a["city"]).get().valid_to == date(2026, 3, 31)
    with pytest.raises(Invalid):
        rules.end_rule(ended, by=chair, last_day=date(2025, 3, 31))


def test_a_branch_reckons_by_the_card_above_it(branch_a, branch_b, chair) -> None:
    body = {
        "kind": "category",
        "code": "relative",
        "label": "相对困难职工",
        "text": "低于当地低保标准的 1.6 倍",
        "source": SOURCE,
        "valid_from": "2026-01-01",
        "times": "1.6",
    }
    rules.set_rule(
        branch_a["city"], CARD_KIND, "relative", body, by=chair, source=SOURCE, valid_from=NEW_YEAR
    )

    def times(union) -> Fraction:
        found = rules_for(union, date(2026, 11, 1)).categories
        return next(each.times for each in found if each.code == "relative")

    assert (times(branch_a["own"]), times(branch_b["own"])) == (Fraction("1.6"), 2)
