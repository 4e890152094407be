"""六条基础信息: the six facts of Baise's practice, said in a few plain lines each.

A body is `{"lines": [[label, text], …]}`. It is what the paired helper reads: no number of any
document, no bank card, no name of an illness; people are a relation, an age band and what they do.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from mashang.cases.form import lists
from mashang.cases.form.conditions import age, causes_of
from mashang.core.money import yuan
from mashang.core.privacy.masks import mask_phone

if TYPE_CHECKING:
    from mashang.cases.models import Pairing

Answers = dict[str, Any]
Body = dict[str, Any]

HOUSEHOLD, HELPER, CAUSE = "household", "helper", "cause"
INCOME, HOUSING, PLAN = "income", "housing", "plan"

AGE_BANDS = (
    (7, "6 岁以下"),
    (14, "7–13 岁"),
    (18, "14–17 岁"),
    (36, "18–35 岁"),
    (60, "36–59 岁"),
    (200, "60 岁以上"),
)
SOURCES = {
    "income_wage": "工资",
    "income_business": "经营",
    "income_property": "财产",
    "income_transfer": "转移（养老金、低保等）",
    "income_other": "其他",
}
INCOME_BANDS = ((100_000, "1,000 元以下"), (200_000, "1,000–2,000 元"), (300_000, "2,000–3,000 元"))


def of_answers(answers: Answers) -> dict[str, Body]:
    """The four facts that follow from what the household has told (helper and plan do not)."""
    return {
        HOUSEHOLD: _body(_household_lines(answers)),
        CAUSE: _body(_cause_lines(answers)),
        INCOME: _body(_income_lines(answers)),
        HOUSING: _body(_housing_lines(answers)),
    }


def no_helper_body() -> Body:
    return _body([("帮扶责任人", "还没有安排")])


def helper_body(pairing: "Pairing") -> Body:
    helper = pairing.helper
    phone = mask_phone(helper.phone.reveal()) if helper.phone else "未登记"
    return _body(
        [("帮扶责任人", helper.name), ("电话", phone), ("结对日期", _written(pairing.from_on))]
    )


def no_plan_body() -> Body:
    return _body([("计划", "还没有制定")])


def plan_body(measures: list[str], text: str, target_on: date, progress: str) -> Body:
    """`measures` are codes of 四个一批; `target_on` is the day on which hardship shall be over."""
    return _body(
        [
            ("措施", "、".join(lists.MEASURES[code] for code in measures)),
            ("安排", text),
            ("目标日期", _written(target_on)),
            ("进展", progress or "刚开始"),
        ]
    )


def age_band(years: int) -> str:
    return next(words for limit, words in AGE_BANDS if years < limit)


def _written(day: date) -> str:
    """A day as it stays in the file: with its year."""
    return f"{day.year}年{day.month}月{day.day}日"


def _body(lines: list[tuple[str, str]]) -> Body:
    return {"lines": [list(line) for line in lines]}


def _household_lines(answers: Answers) -> list[tuple[str, str]]:
    members = answers.get("members", [])
    lines = [("家庭人口", f"{len(members) + 1} 人")]
    lines.append(
        ("本人", f"{_band(answers)}，{lists.WORK_STATE.get(answers.get('work_state', ''), '')}")
    )
    for member in members:
        relation = lists.RELATION.get(member["relation"], "家人")
        identity = lists.IDENTITY.get(member.get("identity", ""), "")
        lines.append((relation, f"{_band(member)}，{identity}"))
    return lines


def _band(person: Answers) -> str:
    return age_band(age(person)) if person.get("born_on") else "年龄未填"


def _cause_lines(answers: Answers) -> list[tuple[str, str]]:
    main, *others = [lists.CAUSE[code] for code in causes_of(answers)] or ["未填"]
    return [("主要原因", main), ("其他原因", "、".join(others) or "无")]


def _income_lines(answers: Answers) -> list[tuple[str, str]]:
    told = {word: answers.get(key, 0) for key, word in SOURCES.items()}
    persons = len(answers.get("members", [])) + 1
    monthly = sum(told.values()) // persons // 12
    band = next((words for limit, words in INCOME_BANDS if monthly < limit), "3,000 元以上")
    sources = "、".join(word for word, fen in told.items() if fen) or "无"
    return [("人均月收入", f"{yuan(monthly)} 元"), ("档次", band), ("来源", sources)]


def _housing_lines(answers: Answers) -> list[tuple[str, str]]:
    lines = [("住房", lists.HOUSING.get(answers.get("housing", ""), "未填"))]
    if area := answers.get("floor_area"):
        lines.append(("建筑面积", f"{area} 平方米"))
    if rent := answers.get("rent_monthly"):
        lines.append(("月租", f"{yuan(rent)} 元"))
    return lines
