"""规则卡: dated, sourced, checked."""

from datetime import date
from fractions import Fraction

import pytest

from mashang.cases.rules import BadRuleCard, RuleSet, default_cards, default_rules

DEEP = {
    "code": "deep",
    "kind": "category",
    "label": "深度困难职工",
    "times": "1",
    "source": "某市总工会〔2026〕1号",
    "valid_from": "2026-01-01",
}
TODAY = date(2026, 11, 23)


def test_the_cards_of_the_house_are_whole_and_name_their_sources():
    rules = default_rules(TODAY)

    assert [rule.code for rule in rules.categories] == ["deep", "relative", "accident"]
    assert [rule.code for rule in rules.exclusions] == [f"X{n}" for n in range(1, 10)]
    assert all(card["source"] for card in default_cards())


def test_no_rule_of_the_house_reaches_back_before_it_was_made():
    assert default_rules(date(2020, 12, 31)).categories == ()


def test_a_later_card_takes_over_on_its_day():
    cards = [DEEP, {**DEEP, "times": "1.5", "valid_from": "2026-07-01"}]

    assert RuleSet.from_cards(cards, on=date(2026, 6, 30)).categories[0].times == 1
    assert RuleSet.from_cards(cards, on=date(2026, 7, 1)).categories[0].times == Fraction(3, 2)


def test_a_unions_own_card_stands_behind_the_default_and_wins():
    cards = [*default_cards(), {**DEEP, "times": "1.2", "valid_from": "2021-01-01"}]

    assert RuleSet.from_cards(cards, on=TODAY).categories[0].times == Fraction(6, 5)


def test_a_card_holds_up_to_its_last_day():
    cards = [{**DEEP, "valid_to": "2026-06-30"}]

    assert RuleSet.from_cards(cards, on=date(2026, 6, 30)).categories
    assert not RuleSet.from_cards(cards, on=date(2026, 7, 1)).categories


def test_cards_survive_the_way_through_a_snapshot():
    rules = default_rules(TODAY)

    assert RuleSet.from_cards(rules.as_cards()) == rules


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"kind": "wish"}, "卡片种类"),
        ({"source": " "}, "缺少依据"),
        ({"label": ""}, "缺少名称"),
        ({"times": "many"}, "倍数要写成数字"),
        ({"times": "0"}, "倍数不合常理"),
        ({"times": "1/0"}, "倍数要写成数字"),
        ({"cost_percent": 0}, "百分比不合常理"),
        ({"cost_percent": "八成"}, "百分比要写成整数"),
        ({"valid_from": "一月"}, "日期要写成"),
        ({"valid_to": "2025-12-31"}, "失效日期不能早于生效日期"),
        ({"kind": "deduction", "cost": "cigarettes"}, "支出种类只能是"),
        ({"kind": "exclusion", "fact": "yacht"}, "情形只能是"),
        ({"kind": "exclusion", "fact": "vehicles", "at_least": 0}, "起算数"),
        ({"kind": "exclusion", "fact": "vehicles", "effect": "maybe"}, "效果只能是"),
    ],
)
def test_a_bad_card_is_named_with_its_fault(change, sentence):
    with pytest.raises(BadRuleCard) as refused:
        RuleSet.from_cards([DEEP, {**DEEP, "code": "MINE", **change}])

    assert list(refused.value.fields) == ["MINE"]
    assert sentence in refused.value.fields["MINE"]


def test_a_card_without_a_code_is_named_by_its_place():
    with pytest.raises(BadRuleCard) as refused:
        RuleSet.from_cards([DEEP, {**DEEP, "code": ""}])

    assert refused.value.fields == {"第2张": "缺少编号"}
