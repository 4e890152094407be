"""A made-up city: what an acquaintance knows of each family on file, and what families write of it by themselves.

It shares no line with the marks that it tries. Every fact stands in the words that people use for it, plain
and roundabout; whoever knows the family recognises the words, so the attacker needs no reading skill.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

Dice = random.Random
COUNTIES, TOWNS, FAMILIES = 6, 8, 3_000

ILLNESSES = (
    "每周做三次透析", "在洗肾", "得了尿毒症", "肺癌做了手术", "乳腺癌在化疗", "肚子里长了瘤子", "得了白血病", "脑梗过两回", "中风半边身子不能动",
    "心脏放了支架", "心脏不好，换过瓣膜", "得了糖尿病，脚烂了", "血压高了二十年", "风湿疼得下不了床", "腰椎做过手术", "股骨头坏死", "摔断过腿",
    "左腿锯掉了", "眼睛看不见了", "耳朵听不见", "从小不会说话", "脑子有时候清楚有时候糊涂", "得了老年痴呆", "手抖得厉害，是帕金森", "有羊癫疯",
    "得了精神分裂", "心里有病，整天不出门", "是自闭症", "生下来就是脑瘫", "比别的孩子慢，医生说是唐氏", "得了肝硬化", "有乙肝", "肺不好，是尘肺",
    "离不开氧气机", "甲状腺切了", "得了红斑狼疮", "常年躺在床上", "烧伤过，脸上有疤", "一身牛皮癣", "得了肺结核", "身上有血友病", "要常去输血",
    "装了假肢", "得过小儿麻痹", "智力残疾二级", "截瘫坐轮椅",
)  # fmt: skip
JOBS = (
    "扫马路", "在工地搬砖", "送外卖", "送快递", "开网约车", "做保洁", "当保安", "在饭店洗碗", "打零工", "做护工", "踩缝纫机", "当电工", "做木工", "摆摊卖菜",
    "开货车", "养猪", "种甘蔗", "在食堂打饭", "看仓库", "收废品", "修自行车", "理发", "卖早点", "在村里当会计", "当乡村邮递员", "放电影", "守水库", "看守林子",
    "在矿上放炮", "下井挖煤", "打铁", "做棺材", "吹唢呐", "唱彩调", "补鞋", "给人算命", "捡鸟粪", "潜水捞沙", "在殡仪馆抬人", "当民办教师", "开吊车",
    "在船上做饭", "养蛇", "刻章", "修钟表", "当过兵，打过仗", "做过人大代表", "是老劳模",
)  # fmt: skip
TURNS = (
    "去年家里着了火", "前年发大水冲了房子", "丈夫在工地出了事", "儿子出车祸走了", "女儿小时候被人抱走过", "生了三胞胎", "家里有一对龙凤胎", "我坐过牢", "儿媳扔下孩子走了",
    "孩子是抱来的", "妻子是越南嫁过来的", "我是上门女婿", "家里打了两年官司", "上过县里的电视", "拆迁拆到我们家",
)  # fmt: skip
SCHOOL_ENDS = (
    "中心小学",
    "一小",
    "二小",
    "三小",
    "实验小学",
    "一中",
    "二中",
    "民族中学",
    "职业学校",
    "中心幼儿园",
)
GRADES = (
    "大班", "一年级", "二年级", "三年级", "四年级", "五年级", "六年级", "初一", "初二", "初三", "高一", "高二", "高三",
)  # fmt: skip
FIRM_ENDS = (
    "糖厂", "水泥厂", "纸厂", "环卫站", "供电所", "自来水公司", "人民医院", "客运站", "超市", "制衣厂", "农机站", "林场",
)  # fmt: skip
VILLAGE_ENDS = ("村", "屯", "社区", "新村", "岭", "坪")
SYLLABLES = "青红白龙云平安福新永和大上下东西南北石竹松桂荷柳"
ITEMS = (
    "电饭煲", "棉被", "轮椅", "书包", "台灯", "电风扇", "洗衣机", "保温饭盒", "拐杖", "棉鞋", "自行车", "养生壶", "床垫", "收音机",
)  # fmt: skip
PLAIN = (
    "家里的旧了，不好用", "一直舍不得买", "冬天快到了", "收入不多", "旧的坏了，修不好", "腿脚不便", "身体不大好", "孩子要用", "老人要用", "家里人多",
    "每天都要用", "想换一个小的", "房子又小又潮", "天天走路",
)  # fmt: skip
WHO = {"self": "我", "spouse": "爱人", "child": "孩子", "parent": "母亲"}


@dataclass(frozen=True)
class Family:
    """Everything that the attacker knows of one family; `facts` maps a sort of fact to the words for it."""

    county: int
    town: int
    years: int
    kin: frozenset[str]
    facts: dict[str, str] = field(hash=False, compare=False)


@dataclass(frozen=True)
class Told:
    """One wish as it was written: its words, and which facts of the family stand in them."""

    family: Family
    for_whom: str
    reason: str
    phrases: tuple[tuple[str, str], ...]  # sort of fact, the words that give it away


def city(seed: int) -> list[Family]:
    dice = Dice(seed)
    names = _names(dice)
    return [_family(dice, names) for _ in range(FAMILIES)]


def wishes(families: list[Family], count: int, seed: int) -> Iterator[Told]:
    dice = Dice(seed)
    for family in dice.sample(families, count):
        yield _told(dice, family)


Names = dict[tuple[str, int, int], tuple[str, ...]]


def _names(dice: Dice) -> Names:
    """Schools and firms of a county, villages of a town."""

    def name() -> str:
        return "".join(dice.sample(SYLLABLES, 2))

    names: Names = {}
    for county in range(COUNTIES):
        names["school", county, 0] = tuple(name() + end for end in SCHOOL_ENDS)
        names["firm", county, 0] = tuple(name() + end for end in FIRM_ENDS)
        for town in range(TOWNS):
            names["spot", county, town] = tuple(
                name() + dice.choice(VILLAGE_ENDS) for _ in range(10)
            )
    return names


def _weighted(dice: Dice, words: tuple[str, ...]) -> str:
    """The first of a list are common, the last are rare."""
    return dice.choices(words, [1 / (place + 2) for place in range(len(words))])[0]


def _family(dice: Dice, names: Names) -> Family:
    county, town = dice.randrange(COUNTIES), dice.randrange(TOWNS)
    chances = {"spouse": 0.7, "child": 0.65, "parent": 0.4}
    kin = frozenset(one for one, chance in chances.items() if dice.random() < chance)
    sick = dice.choice(["self", *sorted(kin)])
    facts = {
        "illness": f"{WHO[sick]}{_weighted(dice, ILLNESSES)}",
        "firm": dice.choice(names["firm", county, 0]),
        "spot": dice.choice(names["spot", county, town]),
        "job": _weighted(dice, JOBS),
    }
    if "child" in kin:
        facts["school"] = dice.choice(names["school", county, 0])
        facts["grade"] = dice.choice(GRADES)
    if dice.random() < 0.15:
        facts["turn"] = dice.choice(TURNS)
    return Family(county, town, dice.randrange(26, 82), kin, facts)


CHANCES = {
    "illness": 0.5,
    "school": 0.4,
    "grade": 0.3,
    "firm": 0.25,
    "job": 0.3,
    "spot": 0.2,
    "turn": 0.7,
}


def _told(dice: Dice, family: Family) -> Told:
    for_whom = dice.choice(["self", "family", *sorted(family.kin)])
    clauses, phrases = [], []
    for sort, chance in CHANCES.items():
        if sort in family.facts and dice.random() < chance:
            clause = _said(dice, sort, family.facts)
            clauses.append(clause)
            phrases.append((sort, family.facts[sort]))
            if sort == "school" and family.facts["grade"] in clause:
                phrases.append(("grade", family.facts["grade"]))
    clauses.append(dice.choice(PLAIN))
    dice.shuffle(clauses)
    clauses.append(f"想要一个{dice.choice(ITEMS)}")
    return Told(family, for_whom, "，".join(clauses) + "。", tuple(phrases))


def _said(dice: Dice, sort: str, facts: dict[str, str]) -> str:
    word = facts[sort]
    return dice.choice(
        {
            "illness": (word, f"{word}好几年了", f"因为{word}"),
            "school": (
                f"孩子在{word}读书", f"儿子上{word}{facts.get('grade', '')}", f"女儿是{word}的学生", f"在{word}住校",
            ),
            "grade": (f"孩子上{word}", f"儿子今年{word}了", f"女儿刚升{word}"),
            "firm": (f"我在{word}上班", f"爱人是{word}的临时工", f"以前在{word}", f"{word}停工了"),
            "job": (f"我{word}", f"我是{word}的", f"靠{word}过日子", f"天天{word}"),
            "spot": (f"住在{word}", f"家在{word}", f"{word}离镇上远", f"我们{word}没有路灯"),
            "turn": (word,),
        }[sort]
    )  # fmt: skip
