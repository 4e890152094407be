"""选项: every list of the hardship form as it stands now, code → word.

Codes are kept in files for good; words may be reworded. Lists of earlier forms lie in
`data/lists_old.json` (see `history`). The 56 peoples carry the numbers of GB/T 3304.
"""

from collections.abc import Mapping

Choices = Mapping[str, str]

YES, NO = "yes", "no"
YES_NO: Choices = {YES: "是", NO: "否"}
HAVE: Choices = {YES: "有", NO: "没有"}

SEX: Choices = {"male": "男", "female": "女", "unknown": "未知"}

POLITICS: Choices = {
    "masses": "群众",
    "party": "中共党员",
    "league": "共青团员",
    "democratic": "民主党派",
    "other": "其他",
}
MARITAL: Choices = {
    "married": "已婚",
    "single": "未婚",
    "divorced": "离异",
    "widowed": "丧偶",
}
HUKOU_KIND: Choices = {
    "resident_town": "居民户口（城镇）",
    "resident_village": "居民户口（农村）",
    "non_farm": "非农业",
    "farm": "农业",
    "farm_to_resident": "农转居",
}
PERSON_KIND: Choices = {
    "urban": "城镇职工",
    "migrant": "进城务工人员（农民工）",
    "new_form": "外卖、快递、货车、网约车等新就业劳动者",
}
WORK_STATE: Choices = {
    "at_work": "在岗",
    "laid_off": "下（待）岗",
    "jobless": "失（无）业",
    "sick_leave": "病休",
    "retired": "退休",
    "early_retired": "内退",
    "veteran": "离休",
}
IDENTITY: Choices = {
    "at_work": "在岗",
    "laid_off": "下（待）岗",
    "jobless": "失（无）业",
    "retired": "退休",
    "early_retired": "内退",
    "sick_leave": "病休",
    "migrant": "农民工",
    "postgraduate": "研究生",
    "undergraduate": "大学生",
    "vocational": "中职中技",
    "senior": "高中",
    "junior": "初中",
    "primary": "小学",
    "preschool": "学龄前",
    "soldier": "军人",
    "other": "其他",
}
STUDENTS = ("postgraduate", "undergraduate", "vocational", "senior", "junior", "primary")
PAYING_STUDENTS = ("postgraduate", "undergraduate", "vocational", "senior")
WORKING = ("at_work", "laid_off", "early_retired", "sick_leave", "migrant", "soldier")
EDUCATION: Choices = {
    "primary": "小学",
    "junior": "初中",
    "senior": "高中",
    "vocational": "中专、中职、技校",
    "college": "大专、高职",
    "bachelor": "本科",
    "master": "硕士",
    "doctor": "博士",
}
RELATION: Choices = {
    "spouse": "配偶",
    "son": "儿子",
    "daughter": "女儿",
    "father": "父亲",
    "mother": "母亲",
    "wife_father": "岳父",
    "wife_mother": "岳母",
    "husband_father": "公公",
    "husband_mother": "婆婆",
    "grandfather": "祖父",
    "grandmother": "祖母",
    "mother_father": "外祖父",
    "mother_mother": "外祖母",
    "grandchild": "孙子女",
    "daughter_child": "外孙子女",
    "brother": "兄弟",
    "sister": "姐妹",
    "son_wife": "儿媳",
    "daughter_husband": "女婿",
    "other": "其他",
}
MODEL_WORKER: Choices = {
    "none": "非劳模",
    "nation": "全国劳模",
    "province": "省部级劳模",
    "city": "地市级劳模",
    "other": "其他",
}

HEALTH: Choices = {
    "good": "良好",
    "ordinary": "一般疾病",
    "tumour_malignant": "恶性肿瘤",
    "heart": "心血管病",
    "brain_vessel": "脑血管病",
    "kidney": "终末期肾病",
    "mental": "精神病",
    "liver": "肝病",
    "blood": "血液病",
    "diabetes": "糖尿病",
    "tumour": "肿瘤病",
    "spine": "腰颈椎病",
    "pressure": "高血压病",
    "lung": "肺病",
    "coma": "深度昏迷",
    "paralysis": "永久瘫痪",
    "alzheimer": "严重阿尔茨海默病",
    "parkinson": "严重帕金森病",
    "motor_neuron": "严重运动神经元病",
    "disabled": "残疾",
}
ILL = tuple(code for code in HEALTH if code not in ("good", "disabled"))
DISABILITY: Choices = {
    "sight": "视力残疾",
    "hearing": "听力残疾",
    "speech": "言语残疾",
    "intellect": "智力残疾",
    "limb": "肢体残疾",
    "mental": "精神残疾",
    "several": "多重残疾",
}
DISABILITY_GRADE: Choices = {
    "1": "一级（极重度）",
    "2": "二级（重度）",
    "3": "三级（中度）",
    "4": "四级（轻度）",
}
MEDICAL_COVER: Choices = {
    "worker": "职工医保",
    "resident": "居民医保",
    "rural": "新农合",
    "public": "公费医疗",
    "none": "没有参保，自己付",
}

EMPLOYER_KIND: Choices = {
    "state_body": "国有机关、事业单位",
    "state_firm": "国有企业",
    "collective": "集体企业",
    "private": "民营、私营、个体企业",
    "hk_mo_tw": "与港澳台合资、合作",
    "foreign": "中外合资、合作",
    "other": "其他",
}
EMPLOYER_STATE: Choices = {
    "normal": "正常",
    "loss": "亏损企业",
    "restructured": "改制企业",
    "closed": "关闭破产企业",
    "half_stopped": "停产、半停产",
    "no_employer": "无单位",
}
CONTRACT_TERM: Choices = {
    "half_year": "半年以内（6 个月以下）",
    "one_year": "半年至一年（7–18 个月）",
    "two_years": "两年（19–30 个月）",
    "three_years": "三年（31–42 个月）",
    "four_years": "四年（43–54 个月）",
    "five_years": "五年以上（55–120 个月）",
    "open": "无固定期限（超过 120 个月）",
}
INDUSTRY: Choices = {
    "A": "农林牧渔业",
    "B": "采矿业",
    "C": "制造业",
    "D": "电力、热力、燃气及水生产和供应业",
    "E": "建筑业",
    "F": "批发和零售业",
    "G": "交通运输、仓储和邮政业",
    "H": "住宿和餐饮业",
    "I": "信息传输、软件和信息技术服务业",
    "J": "金融业",
    "K": "房地产业",
    "L": "租赁和商务服务业",
    "M": "科学研究和技术服务业",
    "N": "水利、环境和公共设施管理业",
    "O": "居民服务、修理和其他服务业",
    "P": "教育",
    "Q": "卫生和社会工作",
    "R": "文化、体育和娱乐业",
    "S": "公共管理、社会保障和社会组织",
    "T": "国际组织",
}

HOUSING: Choices = {
    "self_built": "自建房",
    "commodity": "商品房",
    "affordable": "经济适用房",
    "limited": "两限房",
    "unit_rent": "承租单位公房",
    "low_rent": "政府廉租房",
    "rent": "租房",
    "none": "无房（借住亲友家等）",
    "other": "其他",
}
RENTED = ("unit_rent", "low_rent", "rent")
FACILITIES: Choices = {"own": "独用", "shared": "与别家公用", "none": "没有"}
ESTATE: Choices = {
    "commodity": "商品房",
    "self_built": "自建房",
    "resettled": "拆迁安置房",
    "shop": "商铺",
}
VEHICLE: Choices = {"none": "没有", "car": "汽车", "other": "其他机动车"}
VEHICLE_USE: Choices = {
    "exempt": "残疾代步、看病接送，或者受雇给别人开车",
    "ordinary": "以上都不是",
}

CAUSE: Choices = {
    "own_illness": "本人大病",
    "kin_illness": "供养的直系亲属大病",
    "own_disability": "本人残疾",
    "kin_disability": "家属残疾",
    "own_jobless": "本人下岗失业",
    "kin_jobless": "家属下岗失业",
    "low_income": "收入低",
    "disaster": "自然灾害",
    "accident": "重大意外事故",
    "schooling": "子女上学",
    "single_parent": "单亲",
    "other": "其他",
}
SUDDEN_CAUSES = ("own_illness", "kin_illness", "disaster", "accident")

# What the union adds when it files a household.
ORIGIN: Choices = {"kept": "存量档案", "new": "增量档案", "returned": "返困档案"}
KEY_GROUP: Choices = {
    "able_underemployed": "低保范围内有劳动能力而未充分就业",
    "below_line_uncovered": "收入或生活水平低于低保线而未纳入低保",
    "spending": "支出性生活困难",
    "migrant": "城市困难农民工",
    "supply_side": "供给侧结构性改革中的困难职工",
    "other": "其他",
}
MEASURES: Choices = {
    "work": "就业创业发展",
    "insurance": "纳入社保制度覆盖",
    "government": "政府救助兜底",
    "union": "工会帮扶解困",
}

_PEOPLES = """
    汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族
    哈萨克族 傣族 黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族
    达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 塔吉克族 怒族 乌孜别克族
    俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族
"""
ETHNICITY: Choices = {f"{number:02}": name for number, name in enumerate(_PEOPLES.split(), start=1)}
