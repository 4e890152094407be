"""选项: every list of the hardship form as it stands now, code → word.

Codes are kept in files for good; words may be reworded. Lists of earlier forms lie in
`data/lists_old.json` (see `history`). The 56 peoples carry the numbers of GB/T 3304.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_noop as N_

Choices = Mapping[str, str]

YES, NO = "yes", "no"
YES_NO: Choices = {YES: N_("是"), NO: N_("否")}
HAVE: Choices = {YES: N_("有"), NO: N_("没有")}

SEX: Choices = {"male": N_("男"), "female": N_("女"), "unknown": N_("未知")}

POLITICS: Choices = {
    "masses": N_("群众"),
    "party": N_("中共党员"),
    "league": N_("共青团员"),
    "democratic": N_("民主党派"),
    "other": N_("其他"),
}
MARITAL: Choices = {
    "married": N_("已婚"),
    "single": N_("未婚"),
    "divorced": N_("离异"),
    "widowed": N_("丧偶"),
}
HUKOU_KIND: Choices = {
    "resident_town": N_("居民户口（城镇）"),
    "resident_village": N_("居民户口（农村）"),
    "non_farm": N_("非农业"),
    "farm": N_("农业"),
    "farm_to_resident": N_("农转居"),
}
PERSON_KIND: Choices = {
    "urban": N_("城镇职工"),
    "migrant": N_("进城务工人员（农民工）"),
    "new_form": N_("外卖、快递、货车、网约车等新就业劳动者"),
}
WORK_STATE: Choices = {
    "at_work": N_("在岗"),
    "laid_off": N_("下（待）岗"),
    "jobless": N_("失（无）业"),
    "sick_leave": N_("病休"),
    "retired": N_("退休"),
    "early_retired": N_("内退"),
    "veteran": N_("离休"),
}
IDENTITY: Choices = {
    "at_work": N_("在岗"),
    "laid_off": N_("下（待）岗"),
    "jobless": N_("失（无）业"),
    "retired": N_("退休"),
    "early_retired": N_("内退"),
    "sick_leave": N_("病休"),
    "migrant": N_("农民工"),
    "postgraduate": N_("研究生"),
    "undergraduate": N_("大学生"),
    "vocational": N_("中职中技"),
    "senior": N_("高中"),
    "junior": N_("初中"),
    "primary": N_("小学"),
    "preschool": N_("学龄前"),
    "soldier": N_("军人"),
    "other": N_("其他"),
}
STUDENTS = ("postgraduate", "undergraduate", "vocational", "senior", "junior", "primary")
PAYING_STUDENTS = ("postgraduate", "undergraduate", "vocational", "senior")
WORKING = ("at_work", "laid_off", "early_retired", "sick_leave", "migrant", "soldier")
EDUCATION: Choices = {
    "primary": N_("小学"),
    "junior": N_("初中"),
    "senior": N_("高中"),
    "vocational": N_("中专、中职、技校"),
    "college": N_("大专、高职"),
    "bachelor": N_("本科"),
    "master": N_("硕士"),
    "doctor": N_("博士"),
}
RELATION: Choices = {
    "spouse": N_("配偶"),
    "son": N_("儿子"),
    "daughter": N_("女儿"),
    "father": N_("父亲"),
    "mother": N_("母亲"),
    "wife_father": N_("岳父"),
    "wife_mother": N_("岳母"),
    "husband_father": N_("公公"),
    "husband_mother": N_("婆婆"),
    "grandfather": N_("祖父"),
    "grandmother": N_("祖母"),
    "mother_father": N_("外祖父"),
    "mother_mother": N_("外祖母"),
    "grandchild": N_("孙子女"),
    "daughter_child": N_("外孙子女"),
    "brother": N_("兄弟"),
    "sister": N_("姐妹"),
    "son_wife": N_("儿媳"),
    "daughter_husband": N_("女婿"),
    "other": N_("其他"),
}
MODEL_WORKER: Choices = {
    "none": N_("非劳模"),
    "nation": N_("全国劳模"),
    "province": N_("省部级劳模"),
    "city": N_("地市级劳模"),
    "other": N_("其他"),
}

HEALTH: Choices = {
    "good": N_("良好"),
    "ordinary": N_("一般疾病"),
    "tumour_malignant": N_("恶性肿瘤"),
    "heart": N_("心血管病"),
    "brain_vessel": N_("脑血管病"),
    "kidney": N_("终末期肾病"),
    "mental": N_("精神病"),
    "liver": N_("肝病"),
    "blood": N_("血液病"),
    "diabetes": N_("糖尿病"),
    "tumour": N_("肿瘤病"),
    "spine": N_("腰颈椎病"),
    "pressure": N_("高血压病"),
    "lung": N_("肺病"),
    "coma": N_("深度昏迷"),
    "paralysis": N_("永久瘫痪"),
    "alzheimer": N_("严重阿尔茨海默病"),
    "parkinson": N_("严重帕金森病"),
    "motor_neuron": N_("严重运动神经元病"),
    "disabled": N_("残疾"),
}
ILL = tuple(code for code in HEALTH if code not in ("good", "disabled"))
DISABILITY: Choices = {
    "sight": N_("视力残疾"),
    "hearing": N_("听力残疾"),
    "speech": N_("言语残疾"),
    "intellect": N_("智力残疾"),
    "limb": N_("肢体残疾"),
    "mental": N_("精神残疾"),
    "several": N_("多重残疾"),
}
DISABILITY_GRADE: Choices = {
    "1": N_("一级（极重度）"),
    "2": N_("二级（重度）"),
    "3": N_("三级（中度）"),
    "4": N_("四级（轻度）"),
}
MEDICAL_COVER: Choices = {
    "worker": N_("职工医保"),
    "resident": N_("居民医保"),
    "rural": N_("新农合"),
    "public": N_("公费医疗"),
    "none": N_("没有参保，自己付"),
}

EMPLOYER_KIND: Choices = {
    "state_body": N_("国有机关、事业单位"),
    "state_firm": N_("国有企业"),
    "collective": N_("集体企业"),
    "private": N_("民营、私营、个体企业"),
    "hk_mo_tw": N_("与港澳台合资、合作"),
    "foreign": N_("中外合资、合作"),
    "other": N_("其他"),
}
EMPLOYER_STATE: Choices = {
    "normal": N_("正常"),
    "loss": N_("亏损企业"),
    "restructured": N_("改制企业"),
    "closed": N_("关闭破产企业"),
    "half_stopped": N_("停产、半停产"),
    "no_employer": N_("无单位"),
}
CONTRACT_TERM: Choices = {
    "half_year": N_("半年以内（6 个月以下）"),
    "one_year": N_("半年至一年（7–18 个月）"),
    "two_years": N_("两年（19–30 个月）"),
    "three_years": N_("三年（31–42 个月）"),
    "four_years": N_("四年（43–54 个月）"),
    "five_years": N_("五年以上（55–120 个月）"),
    "open": N_("无固定期限（超过 120 个月）"),
}
INDUSTRY: Choices = {
    "A": N_("农林牧渔业"),
    "B": N_("采矿业"),
    "C": N_("制造业"),
    "D": N_("电力、热力、燃气及水生产和供应业"),
    "E": N_("建筑业"),
    "F": N_("批发和零售业"),
    "G": N_("交通运输、仓储和邮政业"),
    "H": N_("住宿和餐饮业"),
    "I": N_("信息传输、软件和信息技术服务业"),
    "J": N_("金融业"),
    "K": N_("房地产业"),
    "L": N_("租赁和商务服务业"),
    "M": N_("科学研究和技术服务业"),
    "N": N_("水利、环境和公共设施管理业"),
    "O": N_("居民服务、修理和其他服务业"),
    "P": N_("教育"),
    "Q": N_("卫生和社会工作"),
    "R": N_("文化、体育和娱乐业"),
    "S": N_("公共管理、社会保障和社会组织"),
    "T": N_("国际组织"),
}

HOUSING: Choices = {
    "self_built": N_("自建房"),
    "commodity": N_("商品房"),
    "affordable": N_("经济适用房"),
    "limited": N_("两限房"),
    "unit_rent": N_("承租单位公房"),
    "low_rent": N_("政府廉租房"),
    "rent": N_("租房"),
    "none": N_("无房（借住亲友家等）"),
    "other": N_("其他"),
}
RENTED = ("unit_rent", "low_rent", "rent")
FACILITIES: Choices = {"own": N_("独用"), "shared": N_("与别家公用"), "none": N_("没有")}
ESTATE: Choices = {
    "commodity": N_("商品房"),
    "self_built": N_("自建房"),
    "resettled": N_("拆迁安置房"),
    "shop": N_("商铺"),
}
VEHICLE: Choices = {"none": N_("没有"), "car": N_("汽车"), "other": N_("其他机动车")}
VEHICLE_USE: Choices = {
    "exempt": N_("残疾代步、看病接送，或者受雇给别人开车"),
    "ordinary": N_("以上都不是"),
}

CAUSE: Choices = {
    "own_illness": N_("本人大病"),
    "kin_illness": N_("供养的直系亲属大病"),
    "own_disability": N_("本人残疾"),
    "kin_disability": N_("家属残疾"),
    "own_jobless": N_("本人下岗失业"),
    "kin_jobless": N_("家属下岗失业"),
    "low_income": N_("收入低"),
    "disaster": N_("自然灾害"),
    "accident": N_("重大意外事故"),
    "schooling": N_("子女上学"),
    "single_parent": N_("单亲"),
    "other": N_("其他"),
}
CAUSES_OF_HEALTH = ("own_illness", "kin_illness", "own_disability", "kin_disability")
SUDDEN_CAUSES = ("own_illness", "kin_illness", "disaster", "accident")

# What the union adds when it files a household.
ORIGIN: Choices = {"kept": N_("存量档案"), "new": N_("增量档案"), "returned": N_("返困档案")}
KEY_GROUP: Choices = {
    "able_underemployed": N_("低保范围内有劳动能力而未充分就业"),
    "below_line_uncovered": N_("收入或生活水平低于低保线而未纳入低保"),
    "spending": N_("支出性生活困难"),
    "migrant": N_("城市困难农民工"),
    "supply_side": N_("供给侧结构性改革中的困难职工"),
    "other": N_("其他"),
}
MEASURES: Choices = {
    "work": N_("就业创业发展"),
    "insurance": N_("纳入社保制度覆盖"),
    "government": N_("政府救助兜底"),
    "union": N_("工会帮扶解困"),
}

_PEOPLES = (
    N_("汉族"), N_("蒙古族"), N_("回族"), N_("藏族"), N_("维吾尔族"),
    N_("苗族"), N_("彝族"), N_("壮族"), N_("布依族"), N_("朝鲜族"),
    N_("满族"), N_("侗族"), N_("瑶族"), N_("白族"), N_("土家族"),
    N_("哈尼族"), N_("哈萨克族"), N_("傣族"), N_("黎族"), N_("傈僳族"),
    N_("佤族"), N_("畲族"), N_("高山族"), N_("拉祜族"), N_("水族"),
    N_("东乡族"), N_("纳西族"), N_("景颇族"), N_("柯尔克孜族"), N_("土族"),
    N_("达斡尔族"), N_("仫佬族"), N_("羌族"), N_("布朗族"), N_("撒拉族"),
    N_("毛南族"), N_("仡佬族"), N_("锡伯族"), N_("阿昌族"), N_("普米族"),
    N_("塔吉克族"), N_("怒族"), N_("乌孜别克族"), N_("俄罗斯族"), N_("鄂温克族"),
    N_("德昂族"), N_("保安族"), N_("裕固族"), N_("京族"), N_("塔塔尔族"),
    N_("独龙族"), N_("鄂伦春族"), N_("赫哲族"), N_("门巴族"), N_("珞巴族"),
    N_("基诺族"),
)  # fmt: skip
ETHNICITY: Choices = {f"{number:02}": name for number, name in enumerate(_PEOPLES, start=1)}
