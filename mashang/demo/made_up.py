"""Made-up people: names of Guangxi's mix, ID numbers of area 99, phones that begin 12, cards of no bank.

Everything follows from a serial number, so two runs of the demo make the same people.
"""

from dataclasses import dataclass
from datetime import date
from random import Random

from mashang.core.numbers import luhn_digit
from mashang.core.privacy.identity import Sex, id_check_digit

# Several surnames stand more than once: so common are they between Baise and Beihai.
SURNAMES = "韦韦黄黄黄覃覃陆陆莫梁梁农李李陈陈蒙蓝罗廖潘卢玉磨甘岑刘张何林邓苏吴周谢杨曾唐蒋庞凌零滕班石龙银谭温"
# Given names of two characters, one behind the other.
GIVEN = {
    ("female", "old"): "秀英桂兰玉珍凤英月娥美莲淑贞彩云桂花金莲翠芳素华",
    ("male", "old"): "德贵国强建国永福文忠世昌金生志成家富有才秉德顺才",
    ("female", "middle"): "丽萍海燕春梅小凤艳芳秋菊红霞晓玲桂芬爱珍玉梅燕萍",
    ("male", "middle"): "建军志强海明永强文辉伟明国富小勇庆华春生世杰耀文",
    ("female", "young"): "诗雨梦婷佳怡欣然雨桐思颖静雯可欣紫涵晓彤语嫣佳慧",
    ("male", "young"): "子轩浩然俊杰宇航梓豪嘉豪文博家明天佑志鹏博文浩宇",
}
BANKS = ("中国农业银行", "中国工商银行", "中国建设银行", "广西农村信用社", "中国邮政储蓄银行")
# Three digits of an ID number tell 1,000 people of one birthday apart, half of each sex.
_PER_AREA = 500
_CARD_PREFIX = "999999"


@dataclass(frozen=True)
class Person:
    name: str
    sex: Sex
    born_on: date
    id_number: str
    phone: str


def make_person(serial: int, sex: Sex, born_on: date, *, name: str = "") -> Person:
    """The made-up person with that number; another serial is another person."""
    return Person(
        name=name or make_name(serial, sex, born_on),
        sex=sex,
        born_on=born_on,
        id_number=make_id_number(serial, sex, born_on),
        phone=make_phone(serial),
    )


def make_id_number(serial: int, sex: Sex, born_on: date) -> str:
    """Area 99, a true birthday, sex and check digit; one of its own for each of 5,000,000 serials."""
    area, place = divmod(serial, _PER_AREA)
    first_17 = f"99{area:04}{born_on:%Y%m%d}{place * 2 + (sex == 'male'):03}"
    return first_17 + id_check_digit(first_17)


def make_phone(serial: int) -> str:
    """No network uses 12…, so no message can reach anybody."""
    return f"12{serial:09}"


def make_name(serial: int, sex: Sex, born_on: date, *, surname: str = "") -> str:
    dice = Random(f"name {serial}")  # noqa: S311 - names, not secrets
    given = GIVEN[sex, _generation(born_on)]
    place = dice.randrange(len(given) // 2) * 2
    return (surname or dice.choice(SURNAMES)) + given[place : place + 2]


def make_card_number(serial: int) -> str:
    """19 digits with a true check digit (Luhn), behind a prefix that no bank has."""
    first_18 = f"{_CARD_PREFIX}{serial:012}"
    return first_18 + luhn_digit(first_18)


def _generation(born_on: date) -> str:
    if born_on.year < 1968:
        return "old"
    return "middle" if born_on.year < 1996 else "young"
