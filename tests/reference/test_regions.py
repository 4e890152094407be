"""行政区划: names and chains of today and of the past."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connections, router, transaction
from django.test.utils import CaptureQueriesContext

from mashang.core.errors import Invalid, Missing
from mashang.core.models import TrailEntry
from mashang.reference import actions, queries
from mashang.reference.models import Region

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def book():
    return actions.load_regions()


@pytest.mark.usefixtures("book")
class TestTheBundledList:
    def test_guangxi_has_its_cities_and_counties(self):
        cities = queries.children("450000", TODAY)

        assert len(cities) == 14
        assert sum(len(queries.children(city.code, TODAY)) for city in cities) == 111
        assert [row.name for row in queries.children("450500", TODAY)] == [
            "海城区", "银海区", "铁山港区", "合浦县",
        ]  # fmt: skip

    def test_every_region_hangs_on_one_that_exists(self):
        codes = set(Region.objects.values_list("code", flat=True))
        parents = set(Region.objects.exclude(parent_code="").values_list("parent_code", flat=True))

        assert parents <= codes
        assert len(queries.children("", TODAY)) == 34

    def test_a_county_is_said_with_its_city_and_province(self):
        assert queries.full_name("450521") == "广西壮族自治区北海市合浦县"

    @pytest.mark.parametrize(
        ("code", "name"),
        [
            ("110101", "北京市东城区"),
            ("500229", "重庆市城口县"),
            ("469002", "海南省琼海市"),
            ("659001", "新疆维吾尔自治区石河子市"),
            ("441900", "广东省东莞市"),
        ],
    )
    def test_codes_that_only_group_others_are_not_said(self, code, name):
        assert queries.full_name(code) == name

    def test_a_county_that_became_a_city_keeps_its_old_name_on_old_files(self):
        assert queries.full_name("450127") == "广西壮族自治区南宁市横县"
        assert queries.full_name("450127", date(2020, 6, 1)) == "广西壮族自治区南宁市横县"
        assert queries.full_name("450127", TODAY) == ""
        assert queries.full_name("450181", date(2020, 6, 1)) == ""

    def test_the_old_code_leads_to_the_present_one(self):
        assert queries.present_code("450127", TODAY) == "450181"
        assert queries.present_code("450404", TODAY) == "450403"  # 蝶山区 went into 万秀区
        assert queries.present_code("450127", date(2020, 6, 1)) == "450127"
        assert queries.present_code("000000", TODAY) == "000000"

    def test_a_merged_city_keeps_the_chain_of_its_time(self):
        assert queries.full_name("371202") == "山东省莱芜市莱城区"
        assert queries.present_code("371200", TODAY) == "370100"

    def test_what_was_abolished_is_no_longer_offered(self):
        nanning = {row.name for row in queries.children("450100", TODAY)}

        assert "横州市" in nanning and "横县" not in nanning
        assert queries.region("450127", TODAY) is None
        assert queries.region("450127", date(2020, 6, 1)).name == "横县"

    def test_a_full_name_costs_one_query(self):
        with CaptureQueriesContext(connections[router.db_for_read(Region)]) as asked:
            queries.full_name("450521")

        assert len(asked) == 1

    def test_loading_twice_changes_nothing(self):
        before = Region.objects.count()

        loaded = actions.load_regions()

        assert (loaded.added, loaded.changed) == (0, 0)
        assert loaded.kept == before == Region.objects.count()

    def test_loading_again_repairs_our_rows_and_leaves_a_sites_own(self, clerk):
        Region.objects.filter(code="450521").update(name="合浦")
        actions.end_region(
            "450512", by=clerk, last_day=date(2026, 6, 30), source="某批复", successor_code="450503"
        )

        loaded = actions.load_regions()

        assert loaded.changed == 1
        assert queries.region("450521", TODAY).name == "合浦县"
        assert queries.present_code("450512", TODAY) == "450503"

    def test_the_source_is_said_in_chinese_with_its_date_on_older_installations_too(self):
        book = actions._bundle()
        Region.objects.filter(source=book["source"]).update(source=book["source_before"])

        actions.load_regions()

        source = queries.region("450521", TODAY).source
        assert "行政区划代码" in source and "2025年10月" in source and "@" not in source
        assert not Region.objects.filter(source=book["source_before"]).exists()

    def test_a_county_can_become_a_district_in_the_table(self, clerk):
        day = date(2026, 7, 1)
        actions.add_region("450507", "合浦区", by=clerk, source="某批复", valid_from=day)
        actions.end_region(
            "450521", by=clerk, last_day=date(2026, 6, 30), source="某批复", successor_code="450507"
        )

        assert queries.full_name("450507", TODAY) == "广西壮族自治区北海市合浦区"
        assert queries.present_code("450521", TODAY) == "450507"

    def test_a_town_hangs_on_its_county_and_a_village_on_its_town(self, clerk):
        actions.add_region("450521100", "廉州镇", by=clerk, source="统计用区划代码")

        actions.add_region("450521100001", "中山社区", by=clerk, source="统计用区划代码")

        assert queries.full_name("450521100001") == "广西壮族自治区北海市合浦县廉州镇中山社区"
        assert [row.name for row in queries.children("450521", TODAY)] == ["廉州镇"]

    def test_a_region_may_hang_elsewhere_than_its_digits_say(self, clerk):
        actions.add_region(
            "659013", "某师市", by=clerk, source="某批复", parent_code="654000", valid_from=TODAY
        )

        assert queries.full_name("659013", TODAY) == "新疆维吾尔自治区伊犁哈萨克自治州某师市"

    def test_two_names_at_once_are_refused(self, clerk):
        with pytest.raises(actions.RegionOverlaps):
            actions.add_region("450521", "合浦市", by=clerk, source="某批复", valid_from=TODAY)

    def test_a_code_can_come_back_under_another_name(self, clerk):
        actions.end_region("450521", by=clerk, last_day=date(2024, 12, 31), source="某批复")
        actions.add_region(
            "450521", "合浦新县", by=clerk, source="某批复", valid_from=date(2026, 1, 1)
        )

        assert queries.region("450521", date(2024, 12, 31)).name == "合浦县"
        assert queries.region("450521", date(2025, 6, 1)) is None
        assert queries.full_name("450521") == "广西壮族自治区北海市合浦新县"


def test_what_is_no_code_is_refused(clerk):
    with pytest.raises(Invalid) as refused:
        actions.add_region("4505", "北海", by=clerk, source="某批复")

    assert "code" in refused.value.fields


def test_a_code_that_is_not_in_use_cannot_end(clerk):
    with pytest.raises(Missing):
        actions.end_region("450521", by=clerk, last_day=TODAY, source="某批复")


def test_a_code_cannot_end_before_it_began(clerk):
    actions.add_region("450521", "合浦县", by=clerk, source="某批复", valid_from=TODAY)

    with pytest.raises(Invalid):
        actions.end_region("450521", by=clerk, last_day=date(2026, 11, 22), source="某批复")


def test_a_code_that_nobody_knows_has_no_name():
    assert queries.full_name("999999") == ""


def test_the_table_itself_refuses_an_end_before_the_beginning():
    with pytest.raises(IntegrityError), transaction.atomic():
        Region.objects.create(
            code="450521",
            name="合浦县",
            level="county",
            valid_from=TODAY,
            valid_to=date(2026, 11, 22),
        )


def test_the_operator_loads_the_dictionaries_by_one_command(capsys):
    call_command("load_reference", demo_standards=True)
    first = capsys.readouterr().out
    call_command("load_reference")

    assert "新增 33" in first and "低保标准（演示值）：45 条" in first
    assert "新增 0" in capsys.readouterr().out


def test_every_change_of_the_dictionaries_leaves_a_trail(clerk):
    row = actions.add_region("450521", "合浦县", by=clerk, source="某批复")
    actions.end_region("450521", by=clerk, last_day=TODAY, source="某批复", successor_code="450507")

    entries = TrailEntry.objects.filter(subject_id=str(row.pk)).order_by("number")
    assert [(entry.action, entry.actor_id) for entry in entries] == [
        ("reference.region_added", str(clerk.pk)),
        ("reference.region_ended", str(clerk.pk)),
    ]
