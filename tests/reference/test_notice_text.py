"""放假通知: read from its own words, day by day as the published calendar has them."""

from datetime import date, timedelta

import pytest
from chinese_calendar import constants

from mashang.core.errors import Invalid
from mashang.reference.notice_text import read_notice

OF_2026 = """
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
"""
OF_2025 = """
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
"""


@pytest.mark.parametrize(("year", "text"), [(2026, OF_2026), (2025, OF_2025)])
def test_the_notices_words_give_the_calendar_that_is_published(year, text):
    notice = read_notice(year, text)

    for n in range(365):
        day = date(year, 1, 1) + timedelta(days=n)
        read = day in notice.make_up or (day.weekday() < 5 and day not in notice.holidays)
        known = day in constants.workdays or (day.weekday() < 5 and day not in constants.holidays)
        assert read == known, day


def test_names_and_the_spelling_of_the_keyboard_do_not_matter():
    notice = read_notice(2026, "1、元旦:１月１日（周四）至３日放假。1月4日、10日上班\r\n")

    assert notice.holidays == dict.fromkeys((date(2026, 1, n) for n in (1, 2, 3)), "元旦")
    assert notice.make_up == [date(2026, 1, 4), date(2026, 1, 10)]


def test_new_year_may_begin_on_the_eve():
    notice = read_notice(
        2023, "一、元旦：2022年12月31日（周六）至2023年1月2日（周一）放假调休，共3天。"
    )

    assert min(notice.holidays) == date(2022, 12, 31) and max(notice.holidays) == date(2023, 1, 2)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "贴进来"),
        ("各省、自治区、直辖市人民政府：", "没有读懂"),
        ("一、元旦：1月1日上班。", "没有读懂"),
        ("一、元旦：1月1日至32日放假。", "不存在"),
        ("一、元旦：1月3日至1日放假。", "不存在"),
        ("一、春节：2月1日至3月30日放假。", "不存在"),
        ("一、元旦：1月1日放假。2月30日上班。", "不存在"),
    ],
)
def test_a_line_that_is_not_read_is_quoted(text, word):
    with pytest.raises(Invalid) as refused:
        read_notice(2026, text)

    assert word in refused.value.fields["text"]
