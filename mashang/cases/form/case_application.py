"""建档申请: the steps of the standing file, in the order in which a person would tell it."""

from django.utils.translation import gettext_noop as N_

from mashang.cases.form import lists
from mashang.cases.form.conditions import (
    any_disabled,
    any_paying_student,
    any_student,
    has_employer,
    is_sudden,
)
from mashang.cases.form.fields import (
    Answers,
    Field,
    Kind,
    Level,
    Page,
    Step,
    When,
    money,
    one,
    yes_no,
)

MOST_CAUSES = 3

WHERE = Step(
    "where",
    N_("向哪个工会申请"),
    N_("有单位的向单位工会申请；单位没有工会，或者没有单位的，向街道（乡镇）、社区工会申请。"),
    page=Page.WHERE,
)

NAME = Field("name", N_("您的姓名"), Kind.NAME, hint=N_("和身份证上一样"), autocomplete="name")
ID_NUMBER = Field(
    "id_number",
    N_("身份证号码"),
    Kind.ID_NUMBER,
    hint=N_("18 位，出生日期和性别会自动填好"),
    level=Level.P4,
)
PHONE = Field(
    "phone", N_("手机号码"), Kind.PHONE, hint=N_("进度会用短信告诉您"), autocomplete="tel"
)
ADDRESS_REGION = Field("address_region", N_("现在住在哪个县（市、区）"), Kind.REGION)
ADDRESS = Field(
    "address",
    N_("详细住址"),
    hint=N_("街道、小区、楼号、门牌号，入户时找得到就行"),
    level=Level.P4,
    most=80,
    autocomplete="street-address",
)

ABOUT = Step(
    "about",
    N_("您本人"),
    N_("先认识一下您。"),
    (
        NAME,
        ID_NUMBER,
        one("ethnicity", N_("民族"), lists.ETHNICITY),
        one("politics", N_("政治面貌"), lists.POLITICS),
        PHONE,
        Field(
            "other_contact",
            N_("其他联系方式"),
            hint=N_("万一手机打不通时找谁，例如“儿子 138…”"),
            required=False,
        ),
    ),
)

HOME = Step(
    "home",
    N_("婚姻、户口和住址"),
    "",
    (
        one("marital", N_("婚姻状况"), lists.MARITAL),
        one(
            "hukou_kind",
            N_("户口类型"),
            lists.HUKOU_KIND,
            hint=N_("新户口簿只写“居民户口”，按城镇或农村选"),
        ),
        Field(
            "hukou_region", N_("户口在哪个县（市、区）"), Kind.REGION, hint=N_("外省户口选“外省”")
        ),
        Field(
            "hukou_place",
            N_("外省户口所在地"),
            hint=N_("例如“湖南省永州市道县”"),
            when=When("hukou_region", ("outside",)),
        ),
        ADDRESS_REGION,
        ADDRESS,
        Field("postcode", N_("邮政编码"), hint=N_("不知道可以不填"), required=False, most=6),
    ),
)

HEALTH = Step(
    "health",
    N_("您的身体和医保"),
    "",
    (
        one(
            "health",
            N_("健康状况"),
            lists.HEALTH,
            hint=N_("有几种病的，选最重的一种"),
            level=Level.P4,
        ),
        one(
            "disability_kind",
            N_("残疾类别"),
            lists.DISABILITY,
            hint=N_("按残疾证填写"),
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
        one("medical_cover", N_("看病用哪种医保"), lists.MEDICAL_COVER),
    ),
)

WORK = Step(
    "work",
    N_("您的工作"),
    "",
    (
        one("person_kind", N_("您属于哪一类职工"), lists.PERSON_KIND),
        one("work_state", N_("现在的工作情况"), lists.WORK_STATE),
        Field(
            "first_worked_on",
            N_("哪一年哪个月参加工作"),
            Kind.MONTH,
            hint=N_("例如 2005-03，记不清月份填 01"),
        ),
        one("industry", N_("做哪一行"), lists.INDUSTRY, hint=N_("已不上班的，选原来做的那一行")),
        one("model_worker", N_("是否劳模"), lists.MODEL_WORKER),
        yes_no(
            "has_employer",
            N_("现在有没有单位"),
            lists.HAVE,
            hint=N_("下岗、停工但没有解除合同的，算有单位"),
        ),
    ),
)

EMPLOYER = Step(
    "employer",
    N_("您的单位"),
    "",
    (
        Field("employer", N_("单位名称"), hint=N_("写全称，工资条或合同上有"), most=60),
        one("employer_kind", N_("单位性质"), lists.EMPLOYER_KIND),
        one("employer_state", N_("单位现在怎么样"), lists.EMPLOYER_STATE),
        Field(
            "contract_signed_on",
            N_("合同签订日期"),
            Kind.DAY,
            when=When("person_kind", ("migrant", "new_form")),
            required=False,
        ),
        one(
            "contract_term",
            N_("合同签了多久"),
            lists.CONTRACT_TERM,
            when=When("person_kind", ("migrant", "new_form")),
            required=False,
        ),
    ),
    when=has_employer,
)

MEMBERS = Step(
    "members",
    N_("和您一起生活的家人"),
    N_("一起吃住、一本账过日子的人都算，包括在外上学的孩子。您自己不用再填。"),
    page=Page.MEMBERS,
)

FAMILY = Step(
    "family",
    N_("家里的情况"),
    "",
    (
        yes_no("is_single_parent", N_("是不是单亲家庭")),
        yes_no("can_help_itself", N_("家里有没有人能劳动、能挣钱"), lists.HAVE),
        yes_no("has_no_worker", N_("是不是全家没有一个人在工作"), hint=N_("也叫“零就业家庭”")),
        yes_no(
            "costly_school",
            N_("有没有孩子上高收费学校，或者自费留学"),
            lists.HAVE,
            hint=N_("学费比公办学校高两倍以上的才算"),
            when=any_student,
        ),
    ),
)

INCOME = Step(
    "income",
    N_("全家一年的收入"),
    N_("把一起生活的人最近 12 个月的收入加起来，没有就填 0。大概的数也可以，入户时再核对。"),
    (
        money("income_wage", N_("工资收入"), hint=N_("工资、奖金、打零工，全家合计")),
        money("income_business", N_("做生意、种养的净收入"), hint=N_("卖出的钱减去本钱；亏了填 0")),
        money("income_property", N_("房租、利息等收入")),
        money(
            "income_transfer", N_("退休金、低保金、补贴等收入"), hint=N_("含失业金、抚恤金、赡养费")
        ),
        money("income_other", N_("其他收入")),
        money("own_monthly", N_("您本人平均每月收入")),
    ),
)

AID = Step(
    "aid",
    N_("已经得到的帮助"),
    N_("得到过别的帮助，不影响您申请。"),
    (
        yes_no("gets_allowance", N_("家里有没有人吃低保"), lists.HAVE),
        money("allowance_monthly", N_("每月领多少低保金"), when=When("gets_allowance")),
        Field("relief_card", N_("特困救助卡号"), hint=N_("没有就不填"), required=False, most=30),
        Field(
            "other_aid",
            N_("一年内别的单位帮过什么"),
            Kind.LONG,
            hint=N_("例如“民政临时救助 2000 元”，没有就不填"),
            required=False,
            most=200,
        ),
    ),
)

COSTS = Step(
    "costs",
    N_("一年里不得不花的钱"),
    N_("最近 12 个月，自己掏的那部分，报销了的不算。没有就填 0。"),
    (
        money("cost_illness", N_("看病吃药"), hint=N_("医保和大病保险报销以后，自己出的")),
        money("cost_disability", N_("残疾人的康复、护理、辅具"), when=any_disabled),
        money("cost_schooling", N_("高中、中专、大学等上学费用"), when=any_paying_student),
        money(
            "cost_compulsory_schooling", N_("小学、初中上学费用"), when=any_student, required=False
        ),
        money("cost_housing", N_("房租、住房贷款")),
        money(
            "cost_work", N_("为上班不得不花的钱"), hint=N_("车费、工具、在外租住"), required=False
        ),
        money("cost_other", N_("其他非花不可的钱"), required=False),
    ),
)


def _check_causes(answers: Answers) -> dict[str, str]:
    if answers.get("main_cause") in answers.get("other_causes", ()):
        return {"other_causes": N_("这里不用再选主要原因，请去掉重复的一项")}
    return {}


CAUSES = Step(
    "causes",
    N_("家里为什么有难处"),
    N_("选最主要的一个原因，还有别的原因再补选，最多三个。"),
    (
        one("main_cause", N_("最主要的原因"), lists.CAUSE, level=Level.P4),
        Field(
            "other_causes",
            N_("还有哪些原因"),
            Kind.MANY,
            lists.CAUSE,
            hint=N_("最多选三个，没有就不选"),
            required=False,
            level=Level.P4,
            most=MOST_CAUSES,
        ),
        Field(
            "story",
            N_("用您自己的话说一说"),
            Kind.LONG,
            hint=N_("发生了什么事、什么时候、最难的是什么；这就是您的书面申请"),
            level=Level.P4,
            most=500,
        ),
    ),
    check=_check_causes,
)

SUDDEN = Step(
    "sudden",
    N_("这场病或这件事花了多少"),
    "",
    (
        Field("sudden_on", N_("什么时候发生的"), Kind.DAY, hint=N_("生病的填确诊那天")),
        money("sudden_cost", N_("一共花了、损失了多少")),
        money("sudden_repaid", N_("其中报销、赔偿、救助了多少")),
    ),
    when=is_sudden,
)

HOUSING = Step(
    "housing",
    N_("现在住的房子"),
    "",
    (
        one("housing", N_("住的是什么房"), lists.HOUSING),
        Field("floor_area", N_("建筑面积"), Kind.AREA, unit=N_("平方米"), most=2000),
        Field(
            "used_area",
            N_("使用面积"),
            Kind.AREA,
            hint=N_("不知道可以不填"),
            unit=N_("平方米"),
            required=False,
            most=2000,
        ),
        money("rent_monthly", N_("每月房租"), when=When("housing", lists.RENTED)),
        one("kitchen", N_("厨房"), lists.FACILITIES),
        one("toilet", N_("厕所"), lists.FACILITIES),
    ),
)

PROPERTY = Step(
    "property",
    N_("房产和车辆"),
    N_("以后会和民政部门核对，照实填就好。"),
    (
        Field(
            "estates",
            N_("家里人名下有哪些房产"),
            Kind.MANY,
            lists.ESTATE,
            hint=N_("一套也没有就都不选"),
            required=False,
            most=4,
        ),
        one("vehicle", N_("家里有没有机动车"), lists.VEHICLE, hint=N_("电动自行车不算")),
        Field(
            "vehicles",
            N_("有几辆"),
            Kind.COUNT,
            unit=N_("辆"),
            most=20,
            when=When("vehicle", ("car", "other")),
        ),
        Field("vehicle_year", N_("哪一年买的"), Kind.YEAR, when=When("vehicle", ("car", "other"))),
        one(
            "vehicle_use",
            N_("车是做什么用的"),
            lists.VEHICLE_USE,
            when=When("vehicle", ("car", "other")),
        ),
        yes_no("runs_business", N_("家里有没有人办企业，或者雇人开店"), lists.HAVE),
        Field(
            "other_property",
            N_("还有什么值钱的财产"),
            hint=N_("存款、股票、门面以外的，没有就不填"),
            required=False,
            most=100,
        ),
    ),
)


_ESTATE_QUESTIONS = {
    "commodity": (N_("商品房几套"), N_("商品房共多少面积")),
    "self_built": (N_("自建房几套"), N_("自建房共多少面积")),
    "resettled": (N_("拆迁安置房几套"), N_("拆迁安置房共多少面积")),
    "shop": (N_("商铺几套"), N_("商铺共多少面积")),
}


def _estate_fields(code: str) -> tuple[Field, Field]:
    asked, (count, area) = When("estates", (code,)), _ESTATE_QUESTIONS[code]
    return (
        Field(f"{code}_count", count, Kind.COUNT, unit=N_("套"), most=50, when=asked),
        Field(
            f"{code}_area",
            area,
            Kind.AREA,
            unit=N_("平方米"),
            most=10000,
            when=asked,
        ),
    )


ESTATES = Step(
    "estates",
    N_("自己的住房"),
    "",
    (*_estate_fields("commodity"), *_estate_fields("self_built")),
    when=When("estates", ("commodity", "self_built")),
)
ESTATES_MORE = Step(
    "estates-more",
    N_("安置房和商铺"),
    "",
    (*_estate_fields("resettled"), *_estate_fields("shop")),
    when=When("estates", ("resettled", "shop")),
)


def _check_owner(answers: Answers) -> dict[str, str]:
    if answers.get("bank_owner") != answers.get("name"):
        return {"bank_owner": N_("卡必须是您本人的，户名要和您的姓名一样；请换一张本人的卡")}
    return {}


BANK = Step(
    "bank",
    N_("收款的银行卡"),
    N_("帮扶金只打到您本人的卡上。工会不会问您要密码和验证码。"),
    (
        Field("bank_owner", N_("户名"), Kind.NAME, hint=N_("必须是您本人"), autocomplete="name"),
        Field("bank", N_("开户银行"), hint=N_("例如“中国农业银行”")),
        Field("bank_branch", N_("支行名称"), hint=N_("例如“南宁市民族大道支行”"), most=60),
        Field("card_number", N_("卡号"), Kind.CARD, level=Level.P4),
    ),
    check=_check_owner,
)

PAPERS = Step(
    "papers",
    N_("材料拍照"),
    N_("把纸铺平，光线亮一点，四个角都拍进去。手头没有的，可以先提交，以后再补。"),
    page=Page.PAPERS,
)
CONSENTS = Step(
    "consents",
    N_("请您同意"),
    N_("一项一项看，同意的自己勾选。可以随时在“我的”里撤回。"),
    page=Page.CONSENTS,
)
SIGN = Step("sign", N_("签名"), N_("用手指写上您的名字，就像在纸上签字一样。"), page=Page.SIGN)
CHECK = Step("check", N_("看一遍，提交"), "", page=Page.CHECK)

STEPS = (
    WHERE, ABOUT, HOME, WORK, EMPLOYER, HEALTH, MEMBERS, FAMILY, CAUSES, SUDDEN, INCOME, AID,
    COSTS, HOUSING, PROPERTY, ESTATES, ESTATES_MORE, BANK, PAPERS, CONSENTS, SIGN, CHECK,
)  # fmt: skip
