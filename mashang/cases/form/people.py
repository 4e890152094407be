"""家庭成员: what is asked about each person who lives with the worker, in three short pages."""

from django.utils.translation import gettext_noop as N_

from mashang.cases.form import lists
from mashang.cases.form.conditions import age
from mashang.cases.form.fields import Answers, Field, Kind, Level, Step, When, money, one

ADULT = 16  # years


def _is_working(member: Answers) -> bool:
    return member.get("identity") in lists.WORKING


def _is_student(member: Answers) -> bool:
    return member.get("identity") in lists.STUDENTS


def _may_earn(member: Answers) -> bool:
    return member.get("identity") not in (*lists.STUDENTS, "preschool")


def _is_grown(member: Answers) -> bool:
    return age(member) >= ADULT


WHO = Step(
    "who",
    N_("是谁"),
    "",
    (
        Field("name", N_("姓名"), Kind.NAME, level=Level.P4),
        one("relation", N_("是您的什么人"), lists.RELATION, hint=N_("孩子就选“儿子”“女儿”")),
        Field(
            "id_number",
            N_("身份证号码"),
            Kind.ID_NUMBER,
            hint=N_("小孩的在户口簿上"),
            level=Level.P4,
        ),
        one("ethnicity", N_("民族"), lists.ETHNICITY),
        one("identity", N_("现在做什么"), lists.IDENTITY),
        one(
            "health",
            N_("健康状况"),
            lists.HEALTH,
            hint=N_("有几种病的，选最重的一种"),
            level=Level.P4,
        ),
        one("medical_cover", N_("看病用哪种医保"), lists.MEDICAL_COVER),
    ),
)

LIFE = Step(
    "life",
    N_("上学、工作和身体"),
    "",
    (
        money("monthly_income", N_("平均每月收入"), when=_may_earn),
        Field(  # a child's school says where to find the child
            "place",
            N_("学校或单位名称"),
            hint=N_("没有就不填"),
            required=False,
            most=60,
            level=Level.P4,
        ),
        one("education", N_("在读学历"), lists.EDUCATION, when=_is_student),
        Field("entered_in", N_("哪一年入学"), Kind.YEAR, when=_is_student),
        Field("school_years", N_("学制几年"), Kind.COUNT, unit=N_("年"), most=8, when=_is_student),
        one(
            "disability_kind",
            N_("残疾类别"),
            lists.DISABILITY,
            when=When("health", ("disabled",)),
            level=Level.P4,
        ),
        one(
            "disability_grade",
            N_("残疾等级"),
            lists.DISABILITY_GRADE,
            when=When("health", ("disabled",)),
            level=Level.P4,
        ),
    ),
)

JOB = Step(
    "job",
    N_("工作单位"),
    N_("写着“选填”的，不清楚可以不填。"),
    (
        one("employer_kind", N_("单位性质"), lists.EMPLOYER_KIND, required=False),
        one("employer_state", N_("单位现在怎么样"), lists.EMPLOYER_STATE, required=False),
        one("industry", N_("做哪一行"), lists.INDUSTRY, required=False),
        Field("contract_signed_on", N_("签合同或入伍的日期"), Kind.DAY, required=False),
        one("contract_term", N_("合同签了多久"), lists.CONTRACT_TERM, required=False),
        one("model_worker", N_("是否劳模"), lists.MODEL_WORKER),
    ),
    when=_is_working,
)

MORE = Step(
    "more",
    N_("其他情况"),
    "",
    (
        one("marital", N_("婚姻状况"), lists.MARITAL, when=_is_grown),
        one("politics", N_("政治面貌"), lists.POLITICS, when=_is_grown),
        one("hukou_kind", N_("户口类型"), lists.HUKOU_KIND),
        Field("phone", N_("手机号码"), Kind.PHONE, required=False, when=_is_grown),
        Field("other_contact", N_("其他联系方式"), required=False, when=_is_grown),
        Field("remark", N_("还要说明的"), required=False, most=100),
    ),
)

PARTS = (WHO, LIFE, JOB, MORE)
