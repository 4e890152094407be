"""Contacts as people hide them, made from a seed: kind and technique and carrier drawn by lot.

It shares nothing with the check that it tries: its tables were written from what messengers, forums and
market places see, not from what the check reads. All numbers are made up (phones begin 12, ID numbers 99).
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Dice = random.Random
Hide = Callable[[Dice, str], str]


@dataclass(frozen=True)
class Disguised:
    """What is hidden stands in `text[start:end]`."""

    kind: str
    technique: str
    text: str
    start: int
    end: int


def disguised(count: int, seed: int) -> Iterator[Disguised]:
    """So many, every kind and technique in turn."""
    dice = Dice(seed)
    ways = [(kind, name) for kind, (_, hides) in KINDS.items() for name in hides]
    for number in range(count):
        kind, technique = ways[number % len(ways)]
        make, hides = KINDS[kind]
        hidden = hides[technique](dice, make(dice))
        text = _carried(dice, kind, hidden)
        start = text.index(hidden)
        yield Disguised(kind, technique, text, start, start + len(hidden))


# What is hidden ------------------------------------------------------------------------


def _digits(dice: Dice, count: int) -> str:
    return "".join(str(dice.randrange(10)) for _ in range(count))


def phone(dice: Dice) -> str:
    return f"12{_digits(dice, 9)}"


def id_number(dice: Dice) -> str:
    month, day = dice.randrange(1, 13), dice.randrange(1, 29)
    born = f"{dice.randrange(1945, 2015)}{month:02}{day:02}"
    return f"99{_digits(dice, 4)}{born}{_digits(dice, 3)}{dice.choice('0123456789X')}"


def card_number(dice: Dice) -> str:
    return f"62{_digits(dice, dice.choice((14, 17)))}"


def account(dice: Dice) -> str:
    """A name at a messenger: letters and digits."""
    name = dice.choice(("lihua", "wangf", "zhang", "ayuan", "dabao", "xiaomei", "laochen"))
    return f"{name}{_digits(dice, dice.randrange(3, 6))}"


def qq(dice: Dice) -> str:
    return f"{dice.randrange(1, 10)}{_digits(dice, dice.randrange(6, 10))}"


def domain(dice: Dice) -> str:
    top = dice.choice(("com", "cn", "net", "top", "vip", "xyz"))
    return f"{account(dice)}.{top}"


def house(dice: Dice) -> str:
    road = dice.choice(
        ("人民路", "解放街", "民主巷", "建设大道", "和平里", "中山路", "桥头街", "环城西路")
    )
    estate = dice.choice(("阳光花园", "幸福小区", "纺织厂宿舍", "龙景家园", "锦绣新村", "水岸华庭"))
    village = dice.choice(("大坪村", "那坡屯", "上寨村", "河口村", "龙洞村"))
    number, flat = dice.randrange(1, 300), dice.randrange(101, 1900)
    return dice.choice(
        (
            f"{road}{number}号",
            f"{estate}{dice.randrange(1, 40)}栋{dice.randrange(1, 6)}单元{flat}",
            f"{estate}{dice.randrange(1, 40)}幢{flat}室",
            f"{road}{number}号{dice.randrange(1, 9)}号楼{flat}",
            f"{village}{dice.randrange(1, 20)}组",
            f"{village}{dice.randrange(1, 20)}队门牌{number}",
        )
    )


def money(dice: Dice) -> str:
    some = dice.choice(("五百", "两千", "3000", "1万", "八百", "2000"))
    return dice.choice(
        ("发个红包", "转账给我", "给我现金", f"借我{some}块", f"求资助{some}元", "打钱到卡上", "捐款帮帮我", "折现金给我")
    )  # fmt: skip


# Digits in other clothes ---------------------------------------------------------------


def _dressed(row: str) -> Hide:
    """Each digit by its place in a row of ten."""
    clothes = row.split(" ") if " " in row else list(row)

    def hide(dice: Dice, text: str) -> str:
        return "".join(clothes[int(char)] if char in "0123456789" else char for char in text)

    return hide


def _between(*marks: str) -> Hide:
    """The same mark between all characters."""

    def hide(dice: Dice, text: str) -> str:
        return dice.choice(marks).join(text)

    return hide


def _parted(*marks: str) -> Hide:
    """Split where people split a number, any mark of the list at each place."""

    def hide(dice: Dice, text: str) -> str:
        return _joined(dice, _parts(text), marks)

    return hide


def _parts(text: str) -> list[str]:
    if len(text) == 11:
        return [text[:3], text[3:7], text[7:]]
    if len(text) == 18:
        return [text[:6], text[6:14], text[14:]]
    return [text[place : place + 4] for place in range(0, len(text), 4)]


def _joined(dice: Dice, parts: list[str], marks: tuple[str, ...]) -> str:
    said = parts[0]
    for part in parts[1:]:
        said += dice.choice(marks) + part
    return said


HAN = "零一二三四五六七八九"
UPPER = "零壹贰叁肆伍陆柒捌玖"
RADIO = "洞幺两三四五六拐八勾"
CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨"
BLACK = "⓿❶❷❸❹❺❻❼❽❾"
BRACKETED = "0 ⑴ ⑵ ⑶ ⑷ ⑸ ⑹ ⑺ ⑻ ⑼"
DOTTED = "0 ⒈ ⒉ ⒊ ⒋ ⒌ ⒍ ⒎ ⒏ ⒐"
KEYCAPS = "0️⃣ 1️⃣ 2️⃣ 3️⃣ 4️⃣ 5️⃣ 6️⃣ 7️⃣ 8️⃣ 9️⃣"
WIDE = "０１２３４５６７８９"
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
LOWERED = "₀₁₂₃₄₅₆₇₈₉"
BOLD = "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"
OUTLINED = "𝟘𝟙𝟚𝟛𝟜𝟝𝟞𝟟𝟠𝟡"
TYPED = "𝟶𝟷𝟸𝟹𝟺𝟻𝟼𝟽𝟾𝟿"
ARABIC = "٠١٢٣٤٥٦٧٨٩"
PERSIAN = "۰۱۲۳۴۵۶۷۸۹"
INDIAN = "०१२३४५६७८९"
THAI = "๐๑๒๓๔๕๖๗๘๙"
PINYIN = "ling yi er san si wu liu qi ba jiu"
ENGLISH = "zero one two three four five six seven eight nine"
LIKE_SOUND = "灵依而散思吴溜期扒久"
LIKE_FORM = "Ol23456789"
ROWS = (WIDE, CIRCLED, BLACK, HAN, UPPER, BOLD, "0123456789")


def _mixed(dice: Dice, text: str) -> str:
    """Every digit from another row."""
    return "".join(dice.choice(ROWS)[int(c)] if c in "0123456789" else c for c in text)


def _half_sounded(dice: Dice, text: str) -> str:
    return "".join(
        LIKE_SOUND[int(c)] if c in "0123456789" and place % 3 == 1 else c
        for place, c in enumerate(text)
    )


def _spoken(row: str) -> Hide:
    words = row.split(" ")

    def hide(dice: Dice, text: str) -> str:
        return dice.choice((" ", "", "-")).join(words[int(char)] for char in text)

    return hide


def _struck(dice: Dice, text: str) -> str:
    """Struck out or underlined by marks that sit on the character before."""
    mark = dice.choice("\u0336\u0332\u0338\u20dd\u20de")
    return "".join(char + mark for char in text)


def _backwards(dice: Dice, text: str) -> str:
    return dice.choice(("倒着看：", "反过来读")) + text[::-1]


def _in_numbers(dice: Dice, text: str) -> str:
    """120 38 47 56 10 as 一百二十，三十八…; leading noughts are said."""
    parts = [text[:3], *(text[place : place + 2] for place in range(3, 11, 2))]
    return dice.choice(("，", " ", "、")).join(_said(part) for part in parts)


def _said(part: str) -> str:
    digits = [HAN[int(char)] for char in part]
    if len(part) == 3:
        hundred, ten, one = digits
        tail = f"{ten}十{one}" if ten != "零" else f"零{one}"
        return f"{hundred}百{tail}".removesuffix("零") or HAN[0]
    ten, one = digits
    return f"零{one}" if ten == "零" else f"{ten}十{one}".removesuffix("零")


FILLERS = ("然后", "，再是", " 接着 ", "，最后", "后面是", "，中间", "……接下来")
OBJECTS = ("苹果", "月亮", "小狗", "青山", "白云", "石榴", "柳树", "蝴蝶")
EMOJI = ("🌸", "❤️", "🐱", "🍎", "✨", "🙏", "👍🏻")
UNSEEN = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u180e", "\u200e")

DIGITS: dict[str, Hide] = {
    "plain": lambda dice, text: text,
    "full width": _dressed(WIDE),
    "circled": _dressed(CIRCLED),
    "black circled": _dressed(BLACK),
    "bracketed": _dressed(BRACKETED),
    "dotted": _dressed(DOTTED),
    "keycaps": _dressed(KEYCAPS),
    "raised": _dressed(RAISED),
    "lowered": _dressed(LOWERED),
    "bold": _dressed(BOLD),
    "outlined": _dressed(OUTLINED),
    "typed": _dressed(TYPED),
    "Arabic": _dressed(ARABIC),
    "Persian": _dressed(PERSIAN),
    "Indian": _dressed(INDIAN),
    "Thai": _dressed(THAI),
    "Han": _dressed(HAN),
    "Han, of banks": _dressed(UPPER),
    "Han, of the radio": _dressed(RADIO),
    "mixed rows": _mixed,
    "letters for digits": _dressed(LIKE_FORM),
    "sounds for digits": _half_sounded,
    "spaces": _between(" ", "  ", "\u3000", "\t"),
    "dashes": _between("-", "—", "_", "~", "－"),
    "dots": _between(".", "·", "。", "…", "•"),
    "emoji": _between(*EMOJI),
    "unseen": _between(*UNSEEN),
    "struck": _struck,
    "parts": _parted(" ", "-", ".", "/", "·", "，", "|", "——", "*"),
    "lines": _parted("\n", "\r\n", "\n\n", " \n"),
    "fillers": _parted(*FILLERS),
    "words between": _parted(*OBJECTS),
    "brackets": lambda dice, text: "".join(f"（{part}）" for part in _parts(text)),
}
OF_PHONES: dict[str, Hide] = {
    "pinyin": _spoken(PINYIN),
    "English": _spoken(ENGLISH),
    "backwards": _backwards,
    "in numbers": _in_numbers,
    "+86": lambda dice, text: dice.choice(("+86", "0086-", "＋８６ ")) + text,
}
# An 18th character X is no digit; where a row has none it stays. Words between are for what is short.
LONG = {name: hide for name, hide in DIGITS.items() if name not in ("words between",)}


# Names, addresses, money ---------------------------------------------------------------

CALLS = (
    "微信", "薇信", "威信", "vx", "VX", "V信", "wx", "WX", "微❤️信", "weixin", "WeChat", "加微", "加V", "绿泡泡", "微 信", "徽信",
    "w e i x i n", "ＶＸ", "维信", "＋V",
)  # fmt: skip
QQS = ("QQ", "扣扣", "qq号", "企鹅号", "Q Q", "抠抠", "ＱＱ", "球球", "叩叩")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _alphabet(first: int) -> Hide:
    """Small letters from a block of Unicode that has them in order."""

    def hide(dice: Dice, text: str) -> str:
        return "".join(chr(first + LETTERS.index(c)) if c in LETTERS else c for c in text)

    return hide


def _cyrillic(dice: Dice, text: str) -> str:
    return text.translate(str.maketrans("aceiopxy", "асеіорху"))


def _called(names: tuple[str, ...], hide: Hide) -> Hide:
    def hidden(dice: Dice, text: str) -> str:
        return dice.choice(names) + dice.choice(("：", ":", " ", "", "号", "是")) + hide(dice, text)

    return hidden


def _name_split(dice: Dice, text: str) -> str:
    """The name of the messenger taken apart, the account plain."""
    mark = dice.choice((*UNSEEN[:3], *EMOJI[:3], " ", "/", ".", "*"))
    return mark.join(dice.choice(("微信", "威信", "扣扣", "VX"))) + f"：{text}"


ACCOUNTS: dict[str, Hide] = {
    "plain": lambda dice, text: text,
    "spaces": _between(" ", "-", ".", "_"),
    "unseen": _between(*UNSEEN),
    "emoji": _between(*EMOJI),
    "upper case": lambda dice, text: text.upper(),
    "full width": lambda dice, text: "".join(chr(ord(c) + 0xFEE0) for c in text),
    "bold letters": _alphabet(0x1D41A),
    "script letters": _alphabet(0x1D4EA),
    "circled letters": _alphabet(0x24D0),
    "square letters": _alphabet(0x1F170),
    "Cyrillic letters": _cyrillic,
    "Han digits": _dressed(HAN),
    "circled digits": _dressed(CIRCLED),
}
CHATS: dict[str, Hide] = {
    **{name: _called(CALLS, hide) for name, hide in ACCOUNTS.items()},
    "name split": _name_split,
}
QQ_DIGITS: dict[str, Hide] = {
    name: _called(QQS, DIGITS[name])
    for name in (
        "plain", "full width", "circled", "keycaps", "Han", "Han, of banks", "mixed rows", "bold", "spaces", "dashes",
        "emoji", "unseen",
    )
}  # fmt: skip


def _dot(*dots: str) -> Hide:
    def hide(dice: Dice, text: str) -> str:
        return text.replace(".", dice.choice(dots))

    return hide


LINKS: dict[str, Hide] = {
    "plain": lambda dice, text: text,
    "https": lambda dice, text: f"https://{text}/{_digits(dice, 5)}",
    "www": lambda dice, text: f"www.{text}",
    "hxxp": lambda dice, text: f"hxxps://{text}/a",
    "said dot": _dot("点", " 点 ", "dot", " dot ", "(点)"),
    "other dots": _dot("。", "．", "·", "[.]", "(.)", "｡"),
    "unseen": _between(*UNSEEN[:5]),
    "spaces": _between(" "),
    "full width": lambda dice, text: "".join(chr(ord(c) + 0xFEE0) for c in text),
    "bold letters": _alphabet(0x1D41A),
    "upper case": lambda dice, text: text.upper(),
    "mail": lambda dice, text: f"{account(dice)}{dice.choice(('@', '＠', '艾特'))}{text}",
    "path": lambda dice, text: f"{text}/{account(dice)}?id={_digits(dice, 3)}",
}

HOUSES: dict[str, Hide] = {
    "plain": lambda dice, text: text,
    "full width": _dressed(WIDE),
    "circled": _dressed(CIRCLED),
    "Han": _dressed(HAN),
    "Han, of banks": _dressed(UPPER),
    "keycaps": _dressed(KEYCAPS),
    "mixed rows": _mixed,
    "bold": _dressed(BOLD),
    "spaces": _between(" ", "\u3000"),
    "dots": _between(".", "·", "-"),
    "unseen": _between(*UNSEEN[:5]),
    "emoji": _between(*EMOJI[:4]),
}
SUMS: dict[str, Hide] = {
    "plain": lambda dice, text: text,
    "spaces": _between(" ", "\u3000"),
    "dots": _between(".", "·", "*", "/"),
    "unseen": _between(*UNSEEN[:5]),
    "emoji": _between(*EMOJI[:4]),
    "lines": _between("\n"),
    "traditional": lambda dice, text: text.translate(
        str.maketrans("红转账给现钱块万发帮", "紅轉賬給現錢塊萬發幫")
    ),
}

Maker = Callable[[Dice], str]
KINDS: dict[str, tuple[Maker, dict[str, Hide]]] = {
    "phone": (phone, {**DIGITS, **OF_PHONES}),
    "id_number": (id_number, LONG),
    "card_number": (card_number, LONG),
    "chat_id": (account, CHATS),
    "chat_id (QQ)": (qq, QQ_DIGITS),
    "link": (domain, LINKS),
    "address": (house, HOUSES),
    "money": (money, SUMS),
}

# What it is carried in -----------------------------------------------------------------

WISHES = (
    "想要一个5升的电饭煲", "给孩子求一个书包", "母亲78岁，想要一把轮椅", "冬天冷，想要一床8斤的棉被", "想要42码的运动鞋",
    "弟弟上三年级，要一套课外书", "家里四口人，缺一个取暖器", "身高175，想要一件棉衣", "预算200元左右的血压计", "想学电焊",
)  # fmt: skip
THANKS = (
    "谢谢好心人",
    "好人一生平安",
    "麻烦大家了",
    "白天晚上都可以",
    "我等着",
    "祝大家身体健康",
    "",
)
LEADS = {
    "phone": ("联系我", "电话", "打这个", "我的号码是", "手机：", "有事找我", ""),
    "id_number": ("身份证", "证件号", "可以查我：", "我的身份", ""),
    "card_number": ("卡号", "农行", "银行卡：", "账号", "打到", ""),
    "chat_id": ("加我", "联系：", "", "有事找我"),
    "chat_id (QQ)": ("加我", "联系：", "", "有事找我"),
    "link": ("看这里", "详情", "照片在", "网址", ""),
    "address": ("寄到", "我家住", "地址：", "住在", "送到"),
    "money": ("能不能", "最好", "请", "还是", ""),
}
MARKS = ("，", "。", "\n", " ", "！", "；")


def _carried(dice: Dice, kind: str, hidden: str) -> str:
    """Behind a wish, before it, or alone; ends in a mark so that no digit of the wish grows into it."""
    wish, mark = dice.choice(WISHES), dice.choice(MARKS)
    said = dice.choice(LEADS[kind]) + hidden
    thanks = dice.choice(THANKS)
    return dice.choice(
        (
            f"{wish}{mark}{said}{mark}{thanks}",
            f"{said}{mark}{wish}",
            f"{wish}，{said}",
            f"{said} {thanks}",
        )
    )
