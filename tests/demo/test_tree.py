"""演示工会: Guangxi's tree stands on its regions, and every body has a code that could be real but is not."""

from datetime import date

import pytest

from mashang.core.privacy.identity import check_credit_code, parse_phone
from mashang.demo.unions import build_tree, employers, seedlings
from mashang.reference.actions import load_regions
from mashang.unions.models import Union
from mashang.unions.queries import line

TODAY = date(2026, 11, 23)


@pytest.fixture
def rows(db):
    load_regions()
    return list(seedlings(TODAY))


def test_the_province_its_cities_and_all_their_counties_are_there(rows):
    kinds = [row.kind for row in rows]

    assert rows[0].particulars.name == "广西壮族自治区总工会"
    assert (kinds.count("city"), kinds.count("county")) == (14, 111)
    assert kinds.count("town") >= 20 and kinds.count("grassroots") >= 30


def test_each_body_stands_below_one_that_came_before(rows):
    seen = {""}
    for row in rows:
        assert row.parent in seen, row.key
        seen.add(row.key)
    assert len(seen) == len(rows) + 1


def test_every_body_has_a_credit_code_of_its_own_with_the_unions_prefix(rows):
    codes = {check_credit_code(row.particulars.credit_code) for row in rows}

    assert len(codes) == len(rows)
    assert {(row.kind == "grassroots", row.particulars.credit_code[:2]) for row in rows} == {
        (True, "81"),
        (False, "89"),
    }


def test_a_call_reaches_nobody(rows):
    assert all(parse_phone(row.particulars.contact_phone).startswith("12") for row in rows)


def test_without_regions_the_demo_says_what_to_load(db):
    with pytest.raises(LookupError, match="load-reference"):
        list(seedlings(TODAY))


def test_a_grassroots_union_knows_its_firm():
    firm = employers()["450521-01-01"]

    assert (firm.name, firm.industry) == ("合浦南珠纺织厂", "C")


def test_the_whole_tree_is_founded_with_every_body_in_its_place(db):
    load_regions()

    tree = build_tree(on=TODAY)

    assert len(tree) == Union.objects.count()
    assert [union.name for union in line(tree["450521-01-01"])] == [
        "广西壮族自治区总工会",
        "北海市总工会",
        "合浦县总工会",
        "廉州镇总工会",
        "合浦南珠纺织厂工会",
    ]
    assert tree["450521-01-01"].code == "450521-01-01"
