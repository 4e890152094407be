"""不能许的愿：烟酒、药品、手机、化妆品、彩票、名牌；名字里带这些字的好东西不冤枉."""

import pytest

from mashang.screening import Finding
from mashang.wishes.goods import forbidden, labels


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("liquor", "想喝点白酒"),
        ("liquor", "茅\u200b台一瓶"),
        ("liquor", "两瓶酒就行"),
        ("tobacco", "一条烟"),
        ("tobacco", "想要香 烟"),
        ("medicine", "降压药两盒"),
        ("medicine", "买药"),
        ("brand", "苹果手机"),
        ("brand", "ｉＰｈｏｎｅ 17"),
        ("phone", "手机用了好几年，想换一部"),
        ("phone", "孩子想要一部手机"),
        ("cosmetics", "给女儿买口紅"),
        ("lottery", "双色球"),
        ("brand", "非耐克不要"),
        ("brand", "N i k e 球鞋"),
        ("brand", "阿迪的运动鞋"),
        ("brand", "🅽🅸🅺🅴"),
        ("weapon", "过年放鞭炮"),
    ],
)
def test_what_nobody_may_wish_for_is_found(kind, text):
    assert kind in {one.kind for one in forbidden(text)}


@pytest.mark.parametrize(
    "text",
    [
        "抽油烟机",
        "烟雾报警器",
        "爸爸戒烟三年了",
        "从不喝酒",
        "药费太贵，只想要个热水壶",
        "医药费",
        "小药箱",
        "手机支架",
        "老人手机",
        "手机不太会用，是工会代发的",
        "一箱苹果",
        "十斤小米",
        "美的东西谁都喜欢",
        "不要名牌，能穿就行",
        "考上名牌大学",
        "电饭煲",
        "润唇膏",
    ],
)
def test_what_only_sounds_like_it_is_left_alone(text):
    assert forbidden(text) == []


def test_it_says_where():
    assert forbidden("想要 啤 酒一箱") == [Finding("liquor", 3, 6, "啤 酒")]


def test_every_kind_has_a_word_that_people_read():
    assert {one.kind for one in forbidden("茅台，香烟")} <= set(labels())
    assert all(labels().values())
