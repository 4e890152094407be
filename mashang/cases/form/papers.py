"""材料: which papers this household is asked for, and why. Nothing is asked that does not apply."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_noop as N_

from mashang.cases.form.conditions import (
    any_disabled,
    any_paying_student,
    causes_of,
    has_employer,
    members_of,
)
from mashang.cases.form.fields import Answers, Condition
from mashang.cases.form.lists import ILL

KINDS = {
    "id_card": N_("身份证（正反面）"),
    "household_book": N_("户口簿（每一页）"),
    "marriage": N_("结婚证、离婚证或丧偶证明"),
    "kinship": N_("亲属关系证明"),
    "income": N_("收入证明或工资流水"),
    "jobless": N_("失业、未就业证明"),
    "allowance": N_("低保证"),
    "diagnosis": N_("诊断证明"),
    "bills": N_("医院单据、自费清单"),
    "disability": N_("残疾证"),
    "disaster": N_("受灾、事故证明"),
    "school": N_("在校证明或录取通知书"),
    "fees": N_("学费收据"),
    "contract": N_("劳动合同或用工证明"),
    "residence": N_("居住证"),
    "union_card": N_("工会会员证明"),
    "bank_card": N_("银行卡（有卡号的一面）"),
    "form": N_("困难职工登记表照片"),
    "statement": N_("个人申请书"),
    "promise": N_("收入情况承诺书"),
    "authorisation": N_("家庭经济状况核对授权书"),
    "unit_proof": N_("本单位开具的证明"),
    "consent": N_("纸质同意书"),
    "assist": N_("委托代办书"),
    "upper_union": N_("上级工会证明"),
    "publicity": N_("公示材料复印件"),
    "minutes": N_("评议记录"),
    "home": N_("入户照片"),
    "exit": N_("脱困审批表"),
    "signature": N_("手写签名"),
    "other": N_("其他材料"),
}
# What the union itself writes, signs or photographs: a worker cannot hand it in.
OF_THE_UNION = frozenset({"assist", "upper_union", "publicity", "minutes", "home", "exit"})


@dataclass(frozen=True)
class Paper:
    """One kind of paper that applies, with the reason in plain words."""

    kind: str
    why: str
    is_needed: bool  # the union cannot go on without it; others help if at hand

    @property
    def label(self) -> str:
        return KINDS[self.kind]


@dataclass(frozen=True)
class _Rule:
    kind: str
    why: str
    applies: Condition
    is_needed: bool = True


def _always(answers: Answers) -> bool:
    return True


def _has(name: str, *values: str) -> Callable[[Answers], bool]:
    return lambda answers: answers.get(name) in values


def _has_cause(*causes: str) -> Callable[[Answers], bool]:
    return lambda answers: any(cause in causes for cause in causes_of(answers))


def _anybody_ill(answers: Answers) -> bool:
    people = (answers, *members_of(answers))
    return any(person.get("health") in ILL[1:] for person in people) or _illness_cause(answers)


_illness_cause = _has_cause("own_illness", "kin_illness")

_FILE = (
    _Rule("id_card", N_("核对您和家人的身份"), _always),
    _Rule("household_book", N_("核对家里有哪些人"), _always),
    _Rule("marriage", N_("核对婚姻状况"), _has("marital", "married", "divorced", "widowed"), False),
    _Rule("income", N_("核对工资收入"), has_employer),
    _Rule("jobless", N_("说明现在没有工作"), _has("work_state", "laid_off", "jobless")),
    _Rule("allowance", N_("家里有人吃低保"), _has("gets_allowance", "yes")),
    _Rule("diagnosis", N_("家里有人生病"), _anybody_ill),
    _Rule("bills", N_("核对看病自己出了多少钱"), _anybody_ill),
    _Rule("disability", N_("家里有残疾人"), any_disabled),
    _Rule("disaster", N_("遇到灾害或意外事故"), _has_cause("disaster", "accident")),
    _Rule("school", N_("家里有人上高中或大学"), any_paying_student),
    _Rule("fees", N_("核对上学的花费"), any_paying_student, False),
    _Rule("contract", N_("证明在城里工作"), _has("person_kind", "migrant", "new_form")),
    _Rule("residence", N_("证明在城里居住"), _has("person_kind", "migrant"), False),
    _Rule("bank_card", N_("核对卡号，避免打错钱"), _always),
    _Rule("union_card", N_("证明您是工会会员"), _always, False),
    _Rule("other", N_("其他能说明情况的"), _always, False),
)
_ONE_OFF = (
    _Rule("id_card", N_("核对您的身份"), _always),
    _Rule("diagnosis", N_("家里有人生病"), _illness_cause),
    _Rule("bills", N_("核对看病自己出了多少钱"), _illness_cause),
    _Rule("disaster", N_("遇到灾害或意外事故"), _has_cause("disaster", "accident")),
    _Rule("bank_card", N_("核对卡号，避免打错钱"), _always),
    _Rule("other", N_("其他能说明情况的"), _always, False),
)
_RULES = {"file": _FILE, "one_off": _ONE_OFF}


def papers_for(kind: str, answers: Answers) -> list[Paper]:
    return [
        Paper(rule.kind, rule.why, rule.is_needed) for rule in _RULES[kind] if rule.applies(answers)
    ]


def lacking(kind: str, answers: Answers, given: set[str]) -> Iterator[Paper]:
    """Needed papers of which no photo is there yet."""
    return (
        paper for paper in papers_for(kind, answers) if paper.is_needed and paper.kind not in given
    )


def always_asked() -> list[Paper]:
    """For the guide: what every household is asked for, before anything is known of it."""
    return [Paper(r.kind, r.why, r.is_needed) for r in _FILE if r.applies is _always]


def sometimes_asked() -> list[Paper]:
    """For the guide: what depends on the household."""
    return [Paper(r.kind, r.why, r.is_needed) for r in _FILE if r.applies is not _always]
