"""六条基础信息: the six facts of Baise's practice, said in a few plain lines each.

A body is `{"lines": [[label, text], …]}`. It is what the paired helper reads: no number of any
document, no bank card, no name of an illness; people are a relation, an age band and what they do.
"""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_noop as N_

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
    (7, N_("6 岁以下")),
    (14, N_("7–13 岁")),
    (18, N_("14–17 岁")),
    (36, N_("18–35 岁")),
    (60, N_("36–59 岁")),
    (200, N_("60 岁以上")),
)
SOURCES = {
    "income_wage": N_("工资"),
    "income_business": N_("经营"),
    "income_property": N_("财产"),
    "income_transfer": N_("转移（养老金、低保等）"),
    "income_other": N_("其他"),
}
INCOME_BANDS = (
    (100_000, N_("1,000 元以下")),
    (200_000, N_("1,000–2,000 元")),
    (300_000, N_("2,000–3,000 元")),
)


def facts_in(answers: Answers) -> dict[str, Body]:
    """The four facts that follow from what the household has told (helper and plan do not)."""
    return {
        HOUSEHOLD: _body(_household_lines(answers)),
        CAUSE: _body(_cause_lines(answers)),
        INCOME: _body(_income_lines(answers)),
        HOUSING: _body(_housing_lines(answers)),
    }


def no_helper_body() -> Body:
    return _body([(N_("帮扶责任人"), N_("还没有安排"))])


def helper_body(pairing: "Pairing") -> Body:
    helper = pairing.helper
    phone = mask_phone(helper.phone.reveal()) if helper.phone else N_("未登记")
    return _body(
        [
            (N_("帮扶责任人"), helper.name),
            (N_("电话"), phone),
            (N_("结对日期"), _written(pairing.from_on)),
        ]
    )


def no_plan_body() -> Body:
    return _body([(N_("计划"), N_("还没有制定"))])


def plan_body(measures: list[str], text: str, target_on: date, progress: str) -> Body:
    """`measures` are codes of 四个一批; `target_on` is the day on which hardship shall be over."""
    return _body(
        [
            (N_("措施"), "、".join(lists.MEASURES[code] for code in measures)),
            (N_("安排"), text),
            (N_("目标日期"), _written(target_on)),
            (N_("进展"), progress or N_("刚开始")),
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
    lines = [(N_("家庭人口"), f"{len(members) + 1} 人")]
    lines.append(
        (N_("本人"), f"{_band(answers)}，{lists.WORK_STATE.get(answers.get('work_state', ''), '')}")
    )
    for member in members:
        relation = lists.RELATION.get(member["relation"], N_("家人"))
        identity = lists.IDENTITY.get(member.get("identity", ""), "")
        lines.append((relation, f"{_band(member)}，{identity}"))
    return lines


def _band(person: Answers) -> str:
    return age_band(age(person)) if person.get("born_on") else N_("年龄未填")


def _cause_lines(answers: Answers) -> list[tuple[str, str]]:
    main, *others = [lists.CAUSE[code] for code in causes_of(answers)] or [N_("未填")]
    return [(N_("主要原因"), main), (N_("其他原因"), "、".join(others) or N_("无"))]


def without_health(lines: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The causes for a household that no longer lets its illnesses and disabilities be used."""
    return [(label, "、".join(_veiled(word) for word in text.split("、"))) for label, text in lines]


def _veiled(word: str) -> str:
    of_health = [lists.CAUSE[code] for code in lists.CAUSES_OF_HEALTH]
    return N_("已撤回同意，不显示") if word in of_health else word


def _income_lines(answers: Answers) -> list[tuple[str, str]]:
    incomes = {word: answers.get(key, 0) for key, word in SOURCES.items()}
    persons = len(answers.get("members", [])) + 1
    monthly = sum(incomes.values()) // persons // 12
    band = next((words for limit, words in INCOME_BANDS if monthly < limit), N_("3,000 元以上"))
    sources = "、".join(word for word, fen in incomes.items() if fen) or N_("无")
    return [(N_("人均月收入"), f"{yuan(monthly)} 元"), (N_("档次"), band), (N_("来源"), sources)]


def _housing_lines(answers: Answers) -> list[tuple[str, str]]:
    lines = [(N_("住房"), lists.HOUSING.get(answers.get("housing", ""), N_("未填")))]
    if area := answers.get("floor_area"):
        lines.append((N_("建筑面积"), f"{area} 平方米"))
    if rent := answers.get("rent_monthly"):
        lines.append((N_("月租"), f"{yuan(rent)} 元"))
    return lines
