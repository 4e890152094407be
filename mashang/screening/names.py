"""How people name the places where they want to go on talking, and what an account there looks like.

All of it is meant for views that are small, simple and without marks. A firm name is enough beside
“add me”; a likeness (胃信, 卫星) is believed only with an account behind it.
"""

_WE = "微威薇徽徴徵溦葳崴维唯喂卫巍魏危伟为嶶歪韦苇惟娓围"
_XIN = "信芯欣馨亻言訁伩訫忄"
WECHAT = (
    rf"(?:[{_WE}v](?:亻言|[{_XIN}]|x(?![a-z])|号)|企微|weixin|wechat|wei信|[vw]信|[vw]xin|weix|"
    r"绿泡泡?|绿标|小?绿(?:软件|聊天|图标)|绿色的?(?:软件|聊天|图标|app|那个))"
)
WECHAT_LIKE = rf"(?:[{_WE}胃味蔚慰未位委畏谓尾伪炜玮纬w](?:[{_XIN}心新星鑫辛昕忻讯迅聊]号?|x)|小绿)"
WX = "(?:vx|wx)"
QQ = (
    "(?:qq|腾讯那只鸟|扣扣|抠抠|叩叩|口口|蔻蔻|寇寇|釦釦|球球|丘丘|秋秋|邱邱|小?企[鹅额鹏]|小?鹅号|鹅厂号?|圈圈号|"
    "koukou|qiuqiu|kouq|扣q|(?<![a-z])q号)"
)
SHORT = "[薇微威卫徽溦vq扣]"  # 同微, 加薇, 是v: only where the words around leave no doubt
_VIDEO = (
    "(?:抖|斗|逗|豆|陡|dou)(?:音|印|因|y(?![a-z])|抖)|d音|某音|douyin|dy(?![a-z])|音符|视频号|"
    "[快筷块](?:手|s(?![a-z]))|某手|直播平台|kuaishou|ks(?![a-z])|火山|西瓜视频|微视|直播间|youtube|"
    "b站|小破站|破站|阿b|bilibili|哔哩哔哩"
)
_DIARY = (
    "小?红书|小红[薯叔鼠s]|小红的书|大?红薯|小?地瓜|xhs|某书|微博|围脖|围脖儿|微薄|卫博|某博|wb(?![a-z])|公众号|头条号?|百家号|"
    "知乎|某乎|贴吧|豆瓣|网易云|全民k歌|喜马拉雅"
)
_CHATTING = (
    "钉钉|支付宝|zhifubao|alipay|陌陌|探探|soul|闲鱼|咸鱼|海鲜市场|转转|纸?飞机号?|电报|telegram|whatsapp|"
    "蝙蝠|米聊|易信|密聊|千牛|旺旺|skype|facebook|飞信|飞书|腾讯|yy频道|yy(?![a-z])|王者荣耀|王者|和平精英|吃鸡|蛋仔"
)
_BY_COLOUR = "短视频|拍段子的?|某?[红绿橙蓝黄]色的?[^,]{0,5}(?:软件|app|图标|平台)"
OTHERS = rf"(?:(?<![a-z])(?:{_VIDEO}|{_DIARY}|{_CHATTING}|{_BY_COLOUR}))(?:那个|这个|软件|平台|app|游戏|上面?|里面?|那边)*"

LEAD = (
    "(?:号码?|账号|uid|id|是|为|叫|搜索?|查找?|找|加|联系|名字?|同|也是|就是|我|你|的|群|裙|备注|添加|邮箱|聊|吧|请|那边|这边|"
    "字母|数字|拼音|小写|大写|英文|昵称|空间)"
)
POINTS = "(?:号码?|账号|帐户|uid|id|搜索?|叫|名叫|名字是|关注|同名|昵称)"
LETTERS = r"[a-z](?=[a-z]*\d|[a-z]{5})[a-z0-9]{4,24}"  # lihua1985, or six letters
TOLD = r"[a-z]{2,20}(?:下划线|杠|横线|减号|后面|加上?|接着?|然后|数字|再|我|的|出生|年份|四个?|生日|门牌)+\d{2,}"
ACCOUNT = rf"(?:{LETTERS}|{TOLD}|\d{{1,8}}[a-z][a-z0-9]{{3,20}}|\d{{5,13}})"

# Two syllables of pinyin and a number are a name somewhere: weijie85.
_SYLLABLE = "(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])[aeiouv]{1,3}(?:ng|n|r(?![aeiou]))?|a[ino]|ang|er)"
_THINGS = (
    "size|page|line|note|code|date|time|base|mode|name|game|home|made|make|wide|tube|nano|canon|mate|"
    "haier|midea|aima|yadi|huawei|xiaomi|xiaodu|bubugao|laifen|redmi"
)
PINYIN = rf"(?<![a-z0-9.@/_-])(?!{_THINGS}){_SYLLABLE}{{2,5}}[_.-]?\d{{2,8}}(?![a-z0-9])"

# An account told with words around its letters and figures: 名字全拼加1965, lao第四声的liu后面1957, 字母l数字两个7.
_SPELLING = r"(?:拼音|全拼|双拼|首字母|字母|拼法|小写|大写|下划线|第?\d声|开头|结尾|打头)"
_MINE = (
    rf"(?:{WECHAT}|{WX}|{QQ}|[我加][的个]?[微薇v]|[微薇]我|(?<![a-z])v(?:号|信))(?:号|信|的?id)?"
)
SPELLED_OUT = (
    rf"{_MINE}[^\d]{{0,12}}{_SPELLING}[^\d]{{0,12}}\d",
    rf"{_MINE}(?:号|就?是|的|拼法|名|前面|叫)*[a-z]{{2,}}[^a-z\d]{{1,8}}[a-z]{{0,8}}[^a-z\d]{{0,6}}\d{{2,}}",
    rf"{_MINE}(?:就?是)?(?:我|他|她|孩子)?的?名字?[^\d]{{0,4}}(?:拼|[a-z]{{4}})",
    r"(?:字母|小写|拼音|[a-z]{2})[^,]{0,16}\d{1,8}[^,\d]{0,6}(?:就?是我的?|,)(?:微|薇|v|绿)(?:信|号|的)",
    r"[一-鿿a-z]{2,}\d{0,6}(?:和|跟|加|与)\d{2,}[^,]{0,4}(?:拼|连|合|凑)[^,]{0,4}就?是我的?[微薇vq]",
    rf"{_MINE}码?(?:就?是)?我?的?(?:电话|手机)[^,]{{0,6}}(?:加|后面|前面|连)[^,]{{0,3}}[a-z]",
    r"我的?v(?:号|是|就是)?[a-z]{2,}\d{2,}",
    rf"{LETTERS}绿(?:色)?的(?:那个|软件)?",
)
