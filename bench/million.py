"""A wall with as many wishes as one likes, written on PostgreSQL by a few statements in bulk.

Every wish has a household of its own. Words, places, categories and prices lie as unevenly as in
life: most wishes are for rice and quilts, few for a course in a trade.
"""

import random
from collections.abc import Iterator
from itertools import product
from typing import Any

from django.db import connection, models

from mashang.cases.models import Holder
from mashang.core.models import DataKey
from mashang.unions.models import Union
from mashang.wishes.models import Wish
from mashang.wishes.prices import BANDS
from mashang.wishes.search import MARK, grams, tidy
from tests.builders import make_branch
from tests.wishes.builders import make_wish

ITEMS = (
    "大米 食用油 棉被 电饭煲 电压力锅 羽绒服 书包 运动鞋 台灯 课外书 电热毯 取暖器 "
    "轮椅 血压计 微波炉 电磁炉 保温杯 学习机 点读笔 自行车 足球 围巾 雨鞋 护膝 "
    "助听器 拐杖 书桌 词典 羽毛球拍 洗衣机 电风扇 蚊帐 枕头 床单 水壶 炒锅 "
    "米面油套装 牛奶 钙片 眼镜 养生壶 破壁机 护理床 叉车培训 月嫂培训 电工课程 "
    "看一场电影 拍全家福 理发 体检"
)
WHO = "孩子 女儿 儿子 妈妈 父亲 老伴 爱人 全家 奶奶 外婆 我自己 小孙女"
WHY = (
    "上学要用 天冷了 旧的坏了 一直舍不得买 腿脚不方便 晚上看书 过冬 身体不好 想学手艺 "
    "路远 生日快到了 考上了初中 睡不暖 做饭用 住院回来 想多挣一点 盼了很久 冬天手脚凉 "
    "眼睛不好 常年卧床"
)
CITIES, COUNTIES = "甲乙丙丁戊己庚辛壬癸子丑寅卯", "东南西北中上下前"
POOL = 5_000  # different stories
YEARS = 2
CATEGORIES = {
    "goods": 40,
    "study": 20,
    "health": 15,
    "culture": 10,
    "other": 9,
    "career": 5,
    "skill": 1,
}
STATES = {"open": 60, "claimed": 10, "fulfilled": 30}
PRICES = {5_000: 20, 9_900: 20, 15_000: 25, 25_000: 20, 45_000: 14, 80_000: 1}


def lay() -> Wish:
    """The words, the places, and the one wish of which all others are copies."""
    with connection.cursor() as cursor:
        _lay_words(cursor)
    province = Union.objects.filter(path="45").first()
    return make_wish(union=make_branch(province, "心愿")["own"])


def hang(model: Wish, first: int, last: int) -> None:
    """The first to the last of the wishes, each with a household; about two thirds are still open."""
    numbers = f"generate_series({first}, {last}) AS n"
    with connection.cursor() as cursor:
        # Eight keys of each wish lead to rows that this function itself lays: no need to look.
        cursor.execute("SET session_replication_role = replica")
        _copy(cursor, DataKey, model.holder.data_key, numbers, {"id": _KEY})
        _copy(cursor, Holder, model.holder, numbers, _HOLDER)
        _copy(cursor, Wish, model, f"{numbers} {_WORDS}", _WISH)
        cursor.execute("SET session_replication_role = DEFAULT")
        _index(cursor)
        cursor.execute("VACUUM ANALYZE wishes_wish, wishes_search")


def _copy(
    cursor: Any, model: type[models.Model], row: models.Model, numbers: str, but: dict[str, str]
) -> None:
    """A copy of a row for each of the numbers, with these columns instead of its own."""
    table = model._meta.db_table
    columns = [field.column for field in model._meta.local_fields]
    taken = [but.get(column, f"one.{column}") for column in columns]
    cursor.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(taken)} "
        f"FROM {table} AS one CROSS JOIN {numbers} WHERE one.id = '{row.pk}' ORDER BY n"
    )


def _dice(throw: int) -> str:
    """A number of at least 0 that looks random and is the same in every run."""
    return f"(hashint4(n + {throw} * 10000000)::bigint & 2147483647)"


def _among(weights: dict[Any, int], throw: int) -> str:
    """One of the values, as often as its weight of a hundred says."""
    edges, upto = [], 0
    for value, weight in weights.items():
        upto += weight
        said = f"'{value}'" if isinstance(value, str) else str(value)
        edges.append(f"WHEN {_dice(throw)} % 100 < {upto} THEN {said}")
    return f"CASE {' '.join(edges)} END"


_KEY = "lpad(to_hex(n), 32, '0')::uuid"  # in the order of their coming, as the house's own are
_HOLDER = {"id": _KEY, "data_key_id": _KEY, "user_id": "NULL"}
# How the nth wish differs from the one that is copied: column → SQL.
_WISH = {
    "id": _KEY,
    "holder_id": _KEY,
    "number": "'XY' || lpad(n::text, 10, '0') || '0'",
    "state": _among(STATES, 1),
    "category": _among(CATEGORIES, 2),
    "price_fen": _among(PRICES, 3),
    "item": "words.item",
    "story": "words.story",
    "reason": "words.story",
    "place": "places.name",
    "region_code": "places.code",
    "searchable": "words.searchable || ' ' || places.name",
    "opened_at": f"now() - interval '{YEARS} years' + n * interval '1 minute'",
}
_WORDS = (
    f"JOIN bench_words AS words ON words.k = {_dice(4)} % {POOL} "
    f"JOIN bench_places AS places ON places.k = {_dice(5)} % {len(CITIES) * len(COUNTIES)}"
)


# Words ---------------------------------------------------------------------------------------


def _lay_words(cursor: Any) -> None:
    cursor.execute(
        "CREATE TEMP TABLE bench_words "
        "(k int PRIMARY KEY, item text, story text, searchable text, tokens text[]);"
        "CREATE TEMP TABLE bench_places (k int PRIMARY KEY, code text, name text, tokens text[])"
    )
    told = tuple(words.split() for words in (ITEMS, WHO, WHY))
    dice, stories = random.Random(20261123), set()  # noqa: S311 (the same in every run)
    while len(stories) < POOL:
        stories.add(_story(dice, *told))
    rows = [
        (k, item, story, searchable := tidy(f"{item} {story}"), sorted(grams(searchable)))
        for k, (item, story) in enumerate(sorted(stories))
    ]
    cursor.executemany("INSERT INTO bench_words VALUES (%s, %s, %s, %s, %s)", rows)
    cursor.executemany("INSERT INTO bench_places VALUES (%s, %s, %s, %s)", list(_places()))


def _story(
    dice: random.Random, items: list[str], who: list[str], why: list[str]
) -> tuple[str, str]:
    item = items[min(int(dice.expovariate(0.08)), len(items) - 1)]
    whys = "，".join(dice.sample(why, 2))
    story = f"想给{dice.choice(who)}一份{item}，{whys}，谢谢好心人"
    return item, story


def _places() -> Iterator[tuple[int, str, str, list[str]]]:
    """Fourteen cities of eight counties: (number, code, name, tokens of the name)."""
    for city, county in product(range(len(CITIES)), range(len(COUNTIES))):
        name = f"{CITIES[city]}山{COUNTIES[county]}县"
        code = f"45{city + 1:02}{county + 21:02}"
        yield city * len(COUNTIES) + county, code, name, sorted(grams(name))


def _index(cursor: Any) -> None:
    """The tokens of all wishes, then the index in one go, as after a restore."""
    cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'wishes_search_tokens'")
    made_by = cursor.fetchone()[0]
    cursor.execute("DROP INDEX wishes_search_tokens")
    cursor.execute(
        "INSERT INTO wishes_search (wish_id, opened_at, tokens) "
        f"SELECT id, opened_at, array_to_tsvector(words.tokens || places.tokens || {_facets()}) "
        "FROM wishes_wish AS wish JOIN bench_places AS places ON places.code = wish.region_code "
        "JOIN bench_words AS words ON (words.item, words.story) = (wish.item, wish.story) "
        "ORDER BY opened_at ON CONFLICT DO NOTHING"
    )
    cursor.execute("SET maintenance_work_mem = '512MB'")
    cursor.execute(made_by)


def _facets() -> str:
    """What `mashang.wishes.search.facets` gives, in SQL."""
    upto = {band.code: band.up_to_fen for band in BANDS if band.up_to_fen}
    bands = " ".join(f"WHEN price_fen <= {fen} THEN '{code}'" for code, fen in upto.items())
    codes = ("category", "left(region_code, 4)", "region_code")
    marked = [
        f"'{MARK}' || {code}" for code in (*codes, f"CASE {bands} ELSE '{BANDS[-1].code}' END")
    ]
    return f"ARRAY[{', '.join(marked)}]"
