"""前后不一致: answers that do not fit together. Asked back kindly when they are told, shown to the colleague
who examines them, and never a bar: life holds cases that a table does not know.

The bounds are wide on purpose, so that what is asked back is nearly always a slip of the finger. They come
from the law where it has one (work from 16: 禁止使用童工规定; marriage: 民法典 1047; 15 digits ended with
2012: 居民身份证法 of 2011, article 23), else from how people live.
"""

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.cases.form import lists
from mashang.cases.form.conditions import age, any_disabled, any_student, causes_of, members_of
from mashang.cases.form.fields import Answers
from mashang.core.errors import AskedBack


@dataclass(frozen=True)
class Contradiction:
    """Answers that seldom hold together; the sentence stands beside the last of them on the page."""

    code: str
    fields: tuple[str, ...]
    words: str
    holds: Callable[[Answers], bool]


@dataclass(frozen=True)
class OfMember:
    """The same of one member of the household: asked with (the member, the worker)."""

    code: str
    fields: tuple[str, ...]
    words: str
    holds: Callable[[Answers, Answers], bool]
    needs: tuple[str, ...] = ()  # answers of the worker without which it cannot be told


@dataclass(frozen=True)
class Finding:
    """One contradiction as the colleague reads it; `who` is empty for the worker and the household."""

    code: str
    who: str
    words: str
    fields: tuple[str, ...] = ()  # the answers that it gives away


# Persons ---------------------------------------------------------------------------------

OLDEST = 100  # years: older people are few, and the cut half of a child's number makes one of them
WORKS_FROM, MARRIES_FROM, RETIRES_FROM = 16, 18, 40
GENERATION = 14  # years between a parent and a child
_AGES = {  # of pupils and others, the youngest and the oldest that nobody need ask about
    "preschool": (0, 7), "primary": (5, 15), "junior": (10, 19), "senior": (13, 23),
    "vocational": (13, 30), "undergraduate": (15, 40), "postgraduate": (18, 60), "soldier": (16, 60),
}  # fmt: skip
_CHILDREN = ("son", "daughter", "son_wife", "daughter_husband")
_PARENTS = ("father", "mother", "wife_father", "wife_mother", "husband_father", "husband_mother")
_GRANDPARENTS = ("grandfather", "grandmother", "mother_father", "mother_mother")
_GRANDCHILDREN = ("grandchild", "daughter_child")
_MEN = ("son", "father", "wife_father", "husband_father", "grandfather", "mother_father", "brother", "daughter_husband")  # fmt: skip
_WOMEN = ("daughter", "mother", "wife_mother", "husband_mother", "grandmother", "mother_mother", "sister", "son_wife")  # fmt: skip


def _of_another_age(person: Answers) -> bool:
    youngest, oldest = _AGES.get(person["identity"], (0, OLDEST))
    return not youngest <= age(person) <= oldest


def _years_older(one: Answers, other: Answers) -> float:
    """By how many years `one` is older than `other`."""
    days = date.fromisoformat(other["born_on"]) - date.fromisoformat(one["born_on"])
    return days.days / 365.25


def _of_another_generation(member: Answers, worker: Answers) -> bool:
    older, relation = _years_older(member, worker), member["relation"]
    if relation in _CHILDREN:
        return older > -GENERATION
    if relation in _PARENTS:
        return older < GENERATION
    if relation in _GRANDPARENTS:
        return older < 2 * GENERATION
    return relation in _GRANDCHILDREN and older > -2 * GENERATION


def _of_the_other_sex(member: Answers, _worker: Answers) -> bool:
    wrong = _WOMEN if member["sex"] == "male" else _MEN
    return member["relation"] in wrong


_TOO_OLD = N_(
    "按身份证号码算，今年 %(age)d 岁。18 位的号码如果少抄了后面几位，会变成这样，请补全；"
    "确实是高寿老人，勾选下面的“核对过了”就行"
)

OF_MEMBERS = (
    OfMember("oldest", ("id_number",), _TOO_OLD, lambda m, w: age(m) >= OLDEST),
    OfMember(
        "age_of_identity",
        ("id_number", "identity"),
        N_("按身份证号码算，今年 %(age)d 岁，和“现在做什么”不大相符，请核对这两项"),
        lambda m, w: age(m) < OLDEST and _of_another_age(m),
    ),
    OfMember(
        "child_at_work",
        ("id_number", "identity"),
        N_("按身份证号码算，今年 %(age)d 岁，还不到能上班的年纪，请核对"),
        lambda m, w: m["identity"] in lists.WORKING and age(m) < WORKS_FROM,
    ),
    OfMember(
        "young_pensioner",
        ("id_number", "identity"),
        N_("按身份证号码算，今年 %(age)d 岁，还不到退休的年纪，请核对"),
        lambda m, w: m["identity"] == "retired" and age(m) < RETIRES_FROM,
    ),
    OfMember(
        "generation",
        ("relation", "id_number"),
        N_("从身份证号码看，年龄和这层亲属关系对不上（是不是填成了别人的号码？），请核对"),
        _of_another_generation,
        needs=("born_on",),
    ),
    OfMember(
        "sex_of_relation",
        ("relation", "id_number"),
        N_("从身份证号码看，性别和这层亲属关系对不上，请核对"),
        _of_the_other_sex,
    ),
    OfMember(
        "young_spouse",
        ("relation", "id_number"),
        N_("按身份证号码算，配偶今年 %(age)d 岁，请核对"),
        lambda m, w: m["relation"] == "spouse" and age(m) < MARRIES_FROM,
    ),
    OfMember(
        "spouse_of_same_sex",
        ("relation", "id_number"),
        N_("从身份证号码看，配偶和申请人性别一样（是不是填成了本人的亲属？），请核对"),
        lambda m, w: m["relation"] == "spouse" and m["sex"] == w["sex"],
        needs=("sex",),
    ),
    OfMember(
        "spouse_of_unmarried",
        ("relation",),
        N_("“婚姻状况”填的不是已婚，家人里填了配偶，请核对"),
        lambda m, w: m["relation"] == "spouse" and w["marital"] != "married",
        needs=("marital",),
    ),
)


# The worker and the household -------------------------------------------------------------


def _anyone(household: Answers, *identities: str) -> bool:
    return any(member.get("identity") in identities for member in members_of(household))


def _somebody_works(household: Answers) -> bool:
    return household.get("work_state") == "at_work" or _anyone(household, "at_work", "migrant")


def _year_of_income(household: Answers) -> int:
    kinds = ("wage", "business", "property", "transfer", "other")
    return sum(household[f"income_{kind}"] for kind in kinds)


def _lives_in_own(kind: str) -> Callable[[Answers], bool]:
    return lambda h: h["housing"] == kind and kind not in (h.get("estates") or ())


def _has_spouse_here(household: Answers) -> bool:
    return any(member.get("relation") == "spouse" for member in members_of(household))


_INCOMES = ("income_wage", "income_business", "income_property", "income_transfer", "income_other")

OF_HOUSEHOLD = (
    Contradiction("oldest", ("id_number",), _TOO_OLD, lambda h: age(h) >= OLDEST),
    Contradiction(
        "child",
        ("id_number",),
        N_("按身份证号码算，申请人今年 %(age)d 岁；申请人要填职工本人，不填孩子，请核对"),
        lambda h: age(h) < WORKS_FROM,
    ),
    Contradiction(
        "young_pensioner",
        ("id_number", "work_state"),
        N_("按身份证号码算，申请人今年 %(age)d 岁，还不到退休的年纪，请核对"),
        lambda h: h["work_state"] in ("retired", "veteran") and age(h) < RETIRES_FROM,
    ),
    Contradiction(
        "worked_as_child",
        ("id_number", "first_worked_on"),
        N_("参加工作的时候还不满 14 岁，请核对年份"),
        lambda h: int(h["first_worked_on"][:4]) - int(h["born_on"][:4]) < GENERATION,
    ),
    Contradiction(
        "employer_at_work",
        ("work_state", "has_employer"),
        N_("“现在的工作情况”填了失（无）业，“现在有没有单位”填了有，请核对这两项"),
        lambda h: h["work_state"] == "jobless" and h["has_employer"] == lists.YES,
    ),
    Contradiction(
        "single_parent_married",
        ("marital", "is_single_parent"),
        N_("“婚姻状况”填了已婚，“是不是单亲家庭”填了是，请核对这两项"),
        lambda h: h["is_single_parent"] == lists.YES and h["marital"] == "married",
    ),
    Contradiction(
        "single_parent_with_spouse",
        ("is_single_parent",),
        N_("家人里填了配偶，这里填了单亲家庭，请核对"),
        lambda h: h["is_single_parent"] == lists.YES and _has_spouse_here(h),
    ),
    Contradiction(
        "worker_in_jobless_family",
        ("has_no_worker",),
        N_("这里填了全家没有人工作，前面有人填了在岗或者务工，请核对"),
        lambda h: h["has_no_worker"] == lists.YES and _somebody_works(h),
    ),
    Contradiction(
        "wage_in_jobless_family",
        ("has_no_worker", "income_wage"),
        N_(
            "填了全家没有人工作，又填了工资收入。如果是以前上班、打零工的钱，勾选下面的“核对过了”就行"
        ),
        lambda h: h["has_no_worker"] == lists.YES and h["income_wage"] > 0,
    ),
    Contradiction(
        "own_income_beyond_all",
        (*_INCOMES, "own_monthly"),
        N_("您本人每月收入乘以 12，比全家一年的收入还多，请核对这几项"),
        lambda h: h["own_monthly"] * 12 > _year_of_income(h),
    ),
    Contradiction(
        "allowance_beyond_transfer",
        ("income_transfer", "allowance_monthly"),
        N_("一年的低保金比“退休金、低保金、补贴等收入”还多，请核对这两项"),
        lambda h: h["allowance_monthly"] * 12 > h["income_transfer"],
    ),
    Contradiction(
        "cause_own_illness",
        ("health", "other_causes", "main_cause"),
        N_("“健康状况”填了良好，困难原因选了本人大病，请核对这两项"),
        lambda h: "own_illness" in causes_of(h) and h["health"] == "good",
    ),
    Contradiction(
        "cause_own_disability",
        ("health", "other_causes", "main_cause"),
        N_("“健康状况”没有选残疾，困难原因选了本人残疾，请核对这两项"),
        lambda h: "own_disability" in causes_of(h) and h["health"] != "disabled",
    ),
    Contradiction(
        "cause_kin_disability",
        ("other_causes", "main_cause"),
        N_("家人里没有填残疾，这里选了家属残疾，请核对"),
        lambda h: (
            "kin_disability" in causes_of(h) and not any_disabled({"members": h.get("members", [])})
        ),
    ),
    Contradiction(
        "cause_schooling",
        ("other_causes", "main_cause"),
        N_("家人里没有填在上学的，这里选了子女上学，请核对"),
        lambda h: "schooling" in causes_of(h) and not any_student(h),
    ),
    Contradiction(
        "cause_single_parent",
        ("is_single_parent", "other_causes", "main_cause"),
        N_("“是不是单亲家庭”填了否，困难原因选了单亲，请核对这两项"),
        lambda h: "single_parent" in causes_of(h) and h["is_single_parent"] == lists.NO,
    ),
    Contradiction(
        "repaid_beyond_cost",
        ("sudden_cost", "sudden_repaid"),
        N_("报销、赔偿、救助的钱比一共花的还多，请核对这两项"),
        lambda h: h["sudden_repaid"] > h["sudden_cost"],
    ),
    Contradiction(
        "used_beyond_floor",
        ("floor_area", "used_area"),
        N_("使用面积比建筑面积还大，请核对这两项"),
        lambda h: float(h["used_area"]) > float(h["floor_area"]),
    ),
    Contradiction(
        "home_without_estate",
        ("housing", "vehicle", "estates"),
        N_(
            "“住的是什么房”填了商品房，“家里人名下有哪些房产”没有选商品房。是家里人名下的就选上；是租的、借的，请改住的那一项"
        ),
        _lives_in_own("commodity"),
    ),
    Contradiction(
        "self_built_without_estate",
        ("housing", "vehicle", "estates"),
        N_(
            "“住的是什么房”填了自建房，“家里人名下有哪些房产”没有选自建房。是家里人名下的就选上；是租的、借的，请改住的那一项"
        ),
        _lives_in_own("self_built"),
    ),
)
TELLABLE = {"estates", "other_causes"}  # nothing chosen is an answer: no value is kept for it


# Asking ----------------------------------------------------------------------------------


def in_household(answers: Answers, asked: Set[str] | None = None) -> Iterator[Contradiction]:
    """Of the questions that the form asks, if those are named: what one told in another form is not seen in this."""
    return (
        row
        for row in OF_HOUSEHOLD
        if (asked is None or asked >= set(row.fields))
        and _told(row.fields, answers)
        and row.holds(answers)
    )


def in_member(member: Answers, worker: Answers) -> Iterator[OfMember]:
    return (
        row
        for row in OF_MEMBERS
        if _told(row.fields, member) and _told(row.needs, worker) and row.holds(member, worker)
    )


def findings(answers: Answers, asked: Set[str]) -> list[Finding]:
    """Everything that does not fit together, for whoever examines it; `asked` as in `in_household`."""
    household = [
        Finding(row.code, "", spoken(row, answers), row.fields)
        for row in in_household(answers, asked)
    ]
    return household + [
        Finding(row.code, _relation(member), spoken(row, member), row.fields)
        for member in members_of(answers)
        for row in in_member(member, answers)
    ]


def _relation(member: Answers) -> str:
    return lists.RELATION.get(member.get("relation", ""), N_("家人"))


def ask_back_step(
    before: Answers,
    after: Answers,
    names: set[str],
    *,
    asked: Set[str] | None = None,
    is_sure: bool,
) -> None:
    """Raises AskedBack for what this step has brought; not again for what stood before."""
    if not is_sure:
        _ask(in_household(after, asked), before, after, names)


def ask_back_member(
    before: Answers, after: Answers, worker: Answers, names: set[str], *, is_sure: bool
) -> None:
    """The same for a page about one member."""
    if not is_sure:
        _ask(in_member(after, worker), before, after, names)


def spoken(row: Contradiction | OfMember, person: Answers) -> str:
    facts = {"age": age(person)} if "born_on" in person else {}
    return _(row.words) % facts


def _ask(
    found: Iterator[Contradiction] | Iterator[OfMember],
    before: Answers,
    after: Answers,
    names: set[str],
) -> None:
    wrong: dict[str, str] = {}
    for row in found:
        here = [name for name in row.fields if name in names]
        if here and any(before.get(name) != after.get(name) for name in row.fields):
            wrong.setdefault(_beside(here, row.code, after), spoken(row, after))
    if wrong:
        raise AskedBack(wrong)


def _beside(here: list[str], code: str, answers: Answers) -> str:
    """The last of them on the page; of the two questions about causes, the one where this cause was chosen."""
    chosen_as_other = f"cause_{answers.get('main_cause')}" != code
    if here[-1] == "main_cause" and "other_causes" in here and chosen_as_other:
        return "other_causes"
    return here[-1]


def _told(names: tuple[str, ...], answers: Answers) -> bool:
    if "id_number" in names and not ("born_on" in answers and "sex" in answers):
        return False
    return all(answers.get(name) is not None or name in TELLABLE for name in names)
