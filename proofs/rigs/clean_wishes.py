"""Honest wishes full of numbers, made from a seed: sizes, prices, ages, days, models, and numerals in sayings."""

import random
from collections.abc import Iterator

Dice = random.Random

THINGS = (
    "电饭煲", "电压力锅", "取暖器", "电热毯", "棉被", "轮椅", "护理床", "血压计", "养生壶", "书包", "文具", "课外书", "学习机", "点读笔",
    "运动鞋", "自行车", "大米", "食用油", "羽绒服", "台灯", "微波炉", "电磁炉", "热水壶", "洗衣机", "电风扇", "雨衣", "保温杯", "书桌",
)  # fmt: skip
SAYINGS = (
    "一心一意过日子", "三餐四季都不容易", "七上八下的心", "五颜六色的画", "十全十美不敢想", "百里挑一的媳妇", "千言万语一句谢谢",
    "一五一十告诉大家", "三三两两的邻居", "九牛二虎之力", "四面八方的好心人", "一年四季在工地", "二话不说就来帮忙", "八仙过海",
    "五湖四海皆兄弟", "三天两头跑医院", "六神无主的时候", "一日三餐", "三百六十五天", "一家老小", "万一下雨", "九九归一",
)  # fmt: skip
DAYS = (
    "五一前", "十一前后", "三八妇女节", "六一儿童节", "八一建军节", "正月十五前", "腊月二十三", "九月开学", "双十一以后", "元旦前",
)  # fmt: skip
PEOPLE = ("母亲", "父亲", "妻子", "儿子", "女儿", "弟弟", "奶奶", "孩子", "老伴", "孙子")
HAN = "零一二三四五六七八九"


def clean(count: int, seed: int) -> Iterator[str]:
    dice = Dice(seed)
    for _ in range(count):
        facts = dice.sample(FACTS, dice.randrange(2, 6))
        mark = dice.choice(("，", "。", "；", "\n", "，"))
        yield mark.join(_filled(dice, fact) for fact in facts)


def _filled(dice: Dice, fact: str) -> str:
    values = {name: make(dice) for name, make in BLANKS.items() if f"{{{name}}}" in fact}
    return fact.format(**values)


def _han(number: int) -> str:
    """Up to 99 in words: 七十八."""
    ten, one = divmod(number, 10)
    head = "" if not ten else ("十" if ten == 1 else f"{HAN[ten]}十")
    return head + (HAN[one] if one or not ten else "")


def _day(dice: Dice) -> str:
    year, month, day = dice.randrange(2024, 2028), dice.randrange(1, 13), dice.randrange(1, 29)
    return dice.choice(
        (
            f"{year}年{month}月{day}日",
            f"{year}-{month:02}-{day:02}",
            f"{month}月{day}号",
            f"{year}.{month}.{day}",
            f"{month}/{day}",
        )
    )


def _price(dice: Dice) -> str:
    whole = dice.choice(
        (dice.randrange(10, 100), dice.randrange(100, 1000), dice.randrange(1000, 6000))
    )
    return dice.choice((f"{whole}元", f"{whole}.00元", f"{whole}块", f"¥{whole}", f"{whole}.9元"))


def _model(dice: Dice) -> str:
    letters = "".join(dice.choice("ABCDEFGHJKMNPQRSTUVWXYZ") for _ in range(dice.randrange(2, 4)))
    return f"{letters}-{dice.randrange(10, 9999)}{dice.choice(('', 'A', 'B', 'Pro'))}"


BLANKS = {
    "thing": lambda dice: dice.choice(THINGS),
    "who": lambda dice: dice.choice(PEOPLE),
    "saying": lambda dice: dice.choice(SAYINGS),
    "feast": lambda dice: dice.choice(DAYS),
    "height": lambda dice: str(dice.randrange(90, 190)),
    "weight": lambda dice: str(dice.randrange(30, 180)),
    "shoe": lambda dice: str(dice.randrange(28, 47)),
    "age": lambda dice: str(dice.randrange(1, 95)),
    "han_age": lambda dice: _han(dice.randrange(2, 95)),
    "few": lambda dice: str(dice.randrange(1, 10)),
    "han": lambda dice: _han(dice.randrange(2, 30)),
    "litres": lambda dice: f"{dice.randrange(1, 9)}.{dice.randrange(10)}",
    "watts": lambda dice: str(dice.randrange(3, 25) * 100),
    "inches": lambda dice: str(dice.choice((14, 20, 24, 26, 32, 43, 45, 55))),
    "year": lambda dice: str(dice.randrange(1950, 2027)),
    "time": lambda dice: f"{dice.randrange(5, 23)}:{dice.randrange(60):02}",
    "day": _day,
    "price": _price,
    "model": _model,
    "pay": lambda dice: str(dice.randrange(8, 60) * 100 + dice.randrange(100)),
    "share": lambda dice: _han(dice.randrange(10, 99)),
}
FACTS = (
    "想要一个{litres}升的{thing}", "想要{few}件{thing}", "{who}今年{age}岁", "{who}{han_age}岁了", "身高{height}cm，体重{weight}斤",
    "{who}身高{height}厘米", "鞋码{shoe}", "穿{shoe}码的鞋", "尺码{height}/{weight}A", "{inches}寸的就好", "功率{watts}W，220V",
    "{watts}瓦到{watts}瓦都行", "参考价{price}", "预算{price}以内", "网上看到是{price}，超市要{price}", "{price}左右的{thing}", "希望{day}之前收到",
    "{day}是{who}的生日", "{feast}想带孩子出去看看", "{saying}", "{saying}，想要一个{thing}", "{year}年进厂，{year}年下岗", "生于{year}年",
    "型号{model}那样的", "{model}用了{han}年，坏了", "每月收入{pay}元，房租{pay}元", "低保{pay}元，药费{pay}元，剩不下什么", "家里{few}口人，{few}个上学",
    "一家{han}口住{weight}平方米", "{who}上{han}年级", "{han}年级{few}班", "每天{time}出门，{time}回家", "离学校{litres}公里", "长{height}宽{weight}高{shoe}",
    "{height}×{weight}×{shoe}cm的{thing}", "收入的百分之{share}用来吃药", "占{age}%", "数学{age}分，语文{age}分，英语{age}分", "{few}斤米、{few}斤油",
    "{han}斤重的棉被{few}床", "{litres}米×{litres}米", "打12351问过，让我找工会", "12345说可以申请", "{age}号前都行", "住{few}楼，没有电梯",
    "血糖{litres}，血压{height}/{age}", "路上要{few}个多小时", "A4纸{few}包，2B铅笔{han}支", "《{year}年高考真题》", "{few}年内做了{few}次手术，花了{few}万多元",
    "由工会转交，谢谢大家", "{who}不会用微信，是工会代发的", "电话手表也羡慕，但是{thing}更要紧", "大概{weight}斤", "第{few}次提心愿", "{few}孔插座，{litres}米线",
    "电池{few}号的{few}节", "孩子{height}、{height}、{height}厘米各一件", "{han}点半起床，{han}点睡", "结婚{han_age}周年", "0.{few}的视力", "容量{watts}毫升",
)  # fmt: skip
