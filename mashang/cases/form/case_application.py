"""建档申请: the steps of the standing file, in the order in which a person would tell it."""

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
    "向哪个工会申请",
    "有单位的向单位工会申请；单位没有工会，或者没有单位的，向街道（乡镇）、社区工会申请。",
    page=Page.WHERE,
)

NAME = Field("name", "您的姓名", hint="和身份证上一样", autocomplete="name")
ID_NUMBER = Field(
    "id_number",
    "身份证号码",
    Kind.ID_NUMBER,
    hint="18 位，出生日期和性别会自动填好",
    level=Level.P4,
)
PHONE = Field("phone", "手机号码", Kind.PHONE, hint="进度会用短信告诉您", autocomplete="tel")
ADDRESS_REGION = Field("address_region", "现在住在哪个县（市、区）", Kind.REGION)
ADDRESS = Field(
    "address",
    "详细住址",
    hint="街道、小区、楼号、门牌号，入户时找得到就行",
    level=Level.P4,
    most=80,
    autocomplete="street-address",
)

ABOUT = Step(
    "about",
    "您本人",
    "先认识一下您。",
    (
        NAME,
        ID_NUMBER,
        one("ethnicity", "民族", lists.ETHNICITY),
        one("politics", "政治面貌", lists.POLITICS),
        PHONE,
        Field(
            "other_contact",
            "其他联系方式",
            hint="万一手机打不通时找谁，例如“儿子 138…”",
            required=False,
        ),
    ),
)

HOME = Step(
    "home",
    "婚姻、户口和住址",
    "",
    (
        one("marital", "婚姻状况", lists.MARITAL),
        one(
            "hukou_kind",
            "户口类型",
            lists.HUKOU_KIND,
            hint="新户口簿只写“居民户口”，按城镇或农村选",
        ),
        Field("hukou_region", "户口在哪个县（市、区）", Kind.REGION, hint="外省户口选“外省”"),
        Field(
            "hukou_place",
            "外省户口所在地",
            hint="例如“湖南省永州市道县”",
            when=When("hukou_region", ("outside",)),
        ),
        ADDRESS_REGION,
        ADDRESS,
        Field("postcode", "邮政编码", hint="不知道可以不填", required=False, most=6),
    ),
)

HEALTH = Step(
    "health",
    "您的身体和医保",
    "",
    (
        one("health", "健康状况", lists.HEALTH, hint="有几种病的，选最重的一种", level=Level.P4),
        one(
            "disability_kind",
            "残疾类别",
            lists.DISABILITY,
            hint="按残疾证填写",
            when=When("health", ("disabled",)),
            level=Level.P4,
        ),
        one(
            "disability_grade",
            "残疾等级",
            lists.DISABILITY_GRADE,
            when=When("health", ("disabled",)),
            level=Level.P4,
        ),
        one("medical_cover", "看病用哪种医保", lists.MEDICAL_COVER),
    ),
)

WORK = Step(
    "work",
    "您的工作",
    "",
    (
        one("person_kind", "您属于哪一类职工", lists.PERSON_KIND),
        one("work_state", "现在的工作情况", lists.WORK_STATE),
        Field(
            "first_worked_on",
            "哪一年哪个月参加工作",
            Kind.MONTH,
            hint="例如 2005-03，记不清月份填 01",
        ),
        one("industry", "做哪一行", lists.INDUSTRY, hint="已不上班的，选原来做的那一行"),
        one("model_worker", "是否劳模", lists.MODEL_WORKER),
        yes_no(
            "has_employer",
            "现在有没有单位",
            lists.HAVE,
            hint="下岗、停工但没有解除合同的，算有单位",
        ),
    ),
)

EMPLOYER = Step(
    "employer",
    "您的单位",
    "",
    (
        Field("employer", "单位名称", hint="写全称，工资条或合同上有", most=60),
        one("employer_kind", "单位性质", lists.EMPLOYER_KIND),
        one("employer_state", "单位现在怎么样", lists.EMPLOYER_STATE),
        Field(
            "contract_signed_on",
            "合同签订日期",
            Kind.DAY,
            when=When("person_kind", ("migrant", "new_form")),
            required=False,
        ),
        one(
            "contract_term",
            "合同签了多久",
            lists.CONTRACT_TERM,
            when=When("person_kind", ("migrant", "new_form")),
            required=False,
        ),
    ),
    when=has_employer,
)

MEMBERS = Step(
    "members",
    "和您一起生活的家人",
    "一起吃住、一本账过日子的人都算，包括在外上学的孩子。您自己不用再填。",
    page=Page.MEMBERS,
)

FAMILY = Step(
    "family",
    "家里的情况",
    "",
    (
        yes_no("is_single_parent", "是不是单亲家庭"),
        yes_no("can_help_itself", "家里有没有人能劳动、能挣钱", lists.HAVE),
        yes_no("has_no_worker", "是不是全家没有一个人在工作", hint="也叫“零就业家庭”"),
        yes_no(
            "costly_school",
            "有没有孩子上高收费学校，或者自费留学",
            lists.HAVE,
            hint="学费比公办学校高两倍以上的才算",
            when=any_student,
        ),
    ),
)

INCOME = Step(
    "income",
    "全家一年的收入",
    "把一起生活的人最近 12 个月的收入加起来，没有就填 0。大概的数也可以，入户时再核对。",
    (
        money("income_wage", "工资收入", hint="工资、奖金、打零工，全家合计"),
        money("income_business", "做生意、种养的净收入", hint="卖出的钱减去本钱；亏了填 0"),
        money("income_property", "房租、利息等收入"),
        money("income_transfer", "退休金、低保金、补贴等收入", hint="含失业金、抚恤金、赡养费"),
        money("income_other", "其他收入"),
        money("own_monthly", "您本人平均每月收入"),
    ),
)

AID = Step(
    "aid",
    "已经得到的帮助",
    "得到过别的帮助，不影响您申请。",
    (
        yes_no("gets_allowance", "家里有没有人吃低保", lists.HAVE),
        money("allowance_monthly", "每月领多少低保金", when=When("gets_allowance")),
        Field("relief_card", "特困救助卡号", hint="没有就不填", required=False, most=30),
        Field(
            "other_aid",
            "一年内别的单位帮过什么",
            Kind.LONG,
            hint="例如“民政临时救助 2000 元”，没有就不填",
            required=False,
            most=200,
        ),
    ),
)

COSTS = Step(
    "costs",
    "一年里不得不花的钱",
    "最近 12 个月，自己掏的那部分，报销了的不算。没有就填 0。",
    (
        money("cost_illness", "看病吃药", hint="医保和大病保险报销以后，自己出的"),
        money("cost_disability", "残疾人的康复、护理、辅具", when=any_disabled),
        money("cost_schooling", "高中、中专、大学等上学费用", when=any_paying_student),
        money("cost_compulsory_schooling", "小学、初中上学费用", when=any_student, required=False),
        money("cost_housing", "房租、住房贷款"),
        money("cost_work", "为上班不得不花的钱", hint="车费、工具、在外租住", required=False),
        money("cost_other", "其他非花不可的钱", required=False),
    ),
)


def _check_causes(answers: Answers) -> dict[str, str]:
    if answers.get("main_cause") in answers.get("other_causes", ()):
        return {"other_causes": "这里不用再选主要原因，请去掉重复的一项"}
    return {}


CAUSES = Step(
    "causes",
    "家里为什么有难处",
    "选最主要的一个原因，还有别的原因再补选，最多三个。",
    (
        one("main_cause", "最主要的原因", lists.CAUSE, level=Level.P4),
        Field(
            "other_causes",
            "还有哪些原因",
            Kind.MANY,
            lists.CAUSE,
            hint="最多选三个，没有就不选",
            required=False,
            level=Level.P4,
            most=MOST_CAUSES,
        ),
        Field(
            "story",
            "用您自己的话说一说",
            Kind.LONG,
            hint="发生了什么事、什么时候、最难的是什么；这就是您的书面申请",
            level=Level.P4,
            most=500,
        ),
    ),
    check=_check_causes,
)

SUDDEN = Step(
    "sudden",
    "这场病或这件事花了多少",
    "",
    (
        Field("sudden_on", "什么时候发生的", Kind.DAY, hint="生病的填确诊那天"),
        money("sudden_cost", "一共花了、损失了多少"),
        money("sudden_repaid", "其中报销、赔偿、救助了多少"),
    ),
    when=is_sudden,
)

HOUSING = Step(
    "housing",
    "现在住的房子",
    "",
    (
        one("housing", "住的是什么房", lists.HOUSING),
        Field("floor_area", "建筑面积", Kind.AREA, unit="平方米", most=2000),
        Field(
            "used_area",
            "使用面积",
            Kind.AREA,
            hint="不知道可以不填",
            unit="平方米",
            required=False,
            most=2000,
        ),
        money("rent_monthly", "每月房租", when=When("housing", lists.RENTED)),
        one("kitchen", "厨房", lists.FACILITIES),
        one("toilet", "厕所", lists.FACILITIES),
    ),
)

PROPERTY = Step(
    "property",
    "房产和车辆",
    "以后会和民政部门核对，照实填就好。",
    (
        Field(
            "estates",
            "家里人名下有哪些房产",
            Kind.MANY,
            lists.ESTATE,
            hint="一套也没有就都不选",
            required=False,
            most=4,
        ),
        one("vehicle", "家里有没有机动车", lists.VEHICLE, hint="电动自行车不算"),
        Field(
            "vehicles",
            "有几辆",
            Kind.COUNT,
            unit="辆",
            most=20,
            when=When("vehicle", ("car", "other")),
        ),
        Field("vehicle_year", "哪一年买的", Kind.YEAR, when=When("vehicle", ("car", "other"))),
        one(
            "vehicle_use",
            "车是做什么用的",
            lists.VEHICLE_USE,
            when=When("vehicle", ("car", "other")),
        ),
        yes_no("runs_business", "家里有没有人办企业，或者雇人开店", lists.HAVE),
        Field(
            "other_property",
            "还有什么值钱的财产",
            hint="存款、股票、门面以外的，没有就不填",
            required=False,
            most=100,
        ),
    ),
)


def _estate_fields(code: str) -> tuple[Field, Field]:
    asked, word = When("estates", (code,)), lists.ESTATE[code]
    return (
        Field(f"{code}_count", f"{word}几套", Kind.COUNT, unit="套", most=50, when=asked),
        Field(
            f"{code}_area", f"{word}共多少面积", Kind.AREA, unit="平方米", most=10000, when=asked
        ),
    )


ESTATES = Step(
    "estates",
    "自己的住房",
    "",
    (*_estate_fields("commodity"), *_estate_fields("self_built")),
    when=When("estates", ("commodity", "self_built")),
)
ESTATES_MORE = Step(
    "estates-more",
    "安置房和商铺",
    "",
    (*_estate_fields("resettled"), *_estate_fields("shop")),
    when=When("estates", ("resettled", "shop")),
)


def _check_owner(answers: Answers) -> dict[str, str]:
    if answers.get("bank_owner") != answers.get("name"):
        return {"bank_owner": "卡必须是您本人的，户名要和您的姓名一样；请换一张本人的卡"}
    return {}


BANK = Step(
    "bank",
    "收款的银行卡",
    "帮扶金只打到您本人的卡上。工会不会问您要密码和验证码。",
    (
        Field("bank_owner", "户名", hint="必须是您本人", autocomplete="name"),
        Field("bank", "开户银行", hint="例如“中国农业银行”"),
        Field("bank_branch", "支行名称", hint="例如“南宁市民族大道支行”", most=60),
        Field("card_number", "卡号", Kind.CARD, level=Level.P4),
    ),
    check=_check_owner,
)

PAPERS = Step(
    "papers",
    "材料拍照",
    "把纸铺平，光线亮一点，四个角都拍进去。手头没有的，可以先提交，以后再补。",
    page=Page.PAPERS,
)
CONSENTS = Step(
    "consents",
    "请您同意",
    "一项一项看，同意的自己勾选。可以随时在“我的”里撤回。",
    page=Page.CONSENTS,
)
SIGN = Step("sign", "签名", "用手指写上您的名字，就像在纸上签字一样。", page=Page.SIGN)
CHECK = Step("check", "看一遍，提交", "", page=Page.CHECK)

STEPS = (
    WHERE, ABOUT, HOME, WORK, EMPLOYER, HEALTH, MEMBERS, FAMILY, CAUSES, SUDDEN, INCOME, AID,
    COSTS, HOUSING, PROPERTY, ESTATES, ESTATES_MORE, BANK, PAPERS, CONSENTS, SIGN, CHECK,
)  # fmt: skip
