"""微信、QQ and other ways to go on talking elsewhere, by whatever name people give them."""

import re
from collections.abc import Iterator

from mashang.wishes.screening.names import (
    ACCOUNT,
    LEAD,
    LETTERS,
    OTHERS,
    PINYIN,
    POINTS,
    QQ,
    SHORT,
    WECHAT,
    WECHAT_LIKE,
    WX,
)
from mashang.wishes.screening.numerals import in_digits
from mashang.wishes.screening.views import View

_ADD = "(?:互?加|添加|搜|留|扫)(?:一?下|个|我|你|的|咱)*"
_PLUS = "(?:[加伽嘉家佳珈迦茄架咖]|10)(?:一?下|个|我)*"  # 十V looks like a plus sign
_NOT_A_WORD = "(?<![增更参添附施])"  # 参加我们, 更加我行我素
_ANY = f"(?:{WECHAT}|{WX}|{QQ}|{SHORT})"
_NUMBER = "(?:手机|电话)(?:号码?|号)?"
_REACHES = "号|联系|微信|电话|[二2]维码|找我|扫码|方式|数字|小字|字母"
_PROFILE = "昵称|网名|用户名|头像|签名|简介|主页|个人资料|朋友圈|评论区?|置顶|背景图|封面|备注"
_AT_HOME_THERE = (  # what people do where they have an account; who learns or reads there is left alone
    "(?:(?<!公众)(?<!视频)账?号(?![召上里码])|用户名|网名|名字|名叫|(?<=[信博红薯])名(?![额师著])|用户|昵称|叫|搜|关注|找到?我|好友|私|联系我|发视频|"
    "拍视频|看到?我|刷到)"
)
_NOT_LEARNING = "(?:(?!学|课|教|作业|看到|不会|没|读书|群|步数)[^,])"
_SAME_AS = "(?:是?1个|是?一个|都?是?同[1一]个|一样|相同|通用|同号|后.位|也?能?搜)"

# A messenger and an account. Read without any mark between: 微 / 信 : l i h u a.
_ACCOUNTS = re.compile(
    "|".join(
        (
            rf"{WECHAT}{LEAD}{{0,4}}{ACCOUNT}|(?:{WX}|{QQ}){LEAD}{{0,4}}\d{{5,13}}",
            rf"(?:{WX}|{QQ})(?:{LEAD}{{1,4}}{LETTERS}|[a-z]{{3}}[a-z0-9]*\d)",
            rf"(?<![a-z0-9]){WECHAT_LIKE}{LEAD}{{0,3}}(?:{LETTERS}|\d{{6,11}}(?![a-z元块]))",
            rf"{WECHAT}号(?:就是|是)?[一-鿿]{{0,8}}[a-z]+\d{{2,}}|{WECHAT}[^a-z]{{0,10}}(?:拼音|首字母|全拼)",
            rf"{OTHERS}{LEAD}{{0,2}}{ACCOUNT}",
            rf"{OTHERS}{POINTS}{{1,3}}\w{{2,16}}|(?<![型货款牌]){POINTS}(?:一?下|我的)*{OTHERS}(?![a-z\d])|视频号[一-鿿]{{2}}",
            rf"{OTHERS}同名|(?:全网|平台|账号)同名|{OTHERS}加我",
            rf"[微薇溦徴]{LEAD}{{0,2}}{LETTERS}|薇[一-鿿]{{0,2}}[a-z]{{2,}}\d{{3,}}",
            rf"{_ADD}(?:v|wei|q|微|扣)(?:号|是)?{ACCOUNT}|{_PLUS}{SHORT}(?:号|是)?{ACCOUNT}",
            r"(?<![a-z])[q扣](?:我|号)*\d{6,12}(?![元块a-z])",
            rf"(?<![型货款图书编订批])(?:号码?|id|账号)(?:就?是|为|叫){LETTERS}",
            rf"(?:{LETTERS}|\d{{6,11}})(?:就?是)?我?的?(?:{WECHAT}|{WX}|{QQ}|(?:就?是)我?的?{SHORT}(?![a-z]))",
            rf"(?:搜|加我?|联系我?|找我)(?:就|的话|一下)*[a-z]{{3,12}}\d{{3,8}}(?![a-z\d])|{SHORT}(?:号)?(?:就是|是|为){LETTERS}|\d{{6,11}}在?(?:{QQ})",
            r"[群裙](?:号|是|码|聊|里)*\d{6,12}",
        )
    )
)
# The same number as the phone's, and the wish to be added.
_SAME = re.compile(
    "|".join(
        (
            rf"{WECHAT}(?:同号|号码?同|同步|号?就?是我?的?(?:手机|电话))|(?<![轻细稍a-z]){SHORT}x?(?:号|信)?同(?:号|步|手机|电话)",
            rf"{_NUMBER}(?:就是|也是|也同|同)我?的?{_ANY}|{_NUMBER}是我?的?(?:{WECHAT}|{WX}|{QQ})",
            rf"{_NUMBER}(?:[和跟与同]|在)我?的?{_ANY}[号里上]?{_SAME_AS}|号码?[和跟与同]手机号?一样",
            rf"{_ANY}(?:号|用户名)?[和跟与同是]我?的?{_NUMBER}{_SAME_AS}|通讯录[^,]{{0,8}}{WECHAT}",
            rf"(?:手机|电话)号?(?:就|也|直接|可以|能)*(?:搜|加|添加|查|找)(?:得?[到上])?(?:我|{WECHAT})",
            rf"我手机的?可以直接(?:搜|加){WECHAT}|手机.?{WECHAT}同号|(?:手机|电话|号码?)(?:即|也是|就是){WECHAT}|{QQ}同{WECHAT}|号码?{WECHAT}(?:可|能|也)",
        )
    )
)
_ASKS = re.compile(
    "|".join(
        (
            rf"{_ADD}(?:{WECHAT}|{WX}|{QQ}|好友|v(?![a-z]))|{WECHAT}的?(?:可以|请|就)?加|(?<!\d)10v{LETTERS}",
            rf"{_NOT_A_WORD}加我(?:们?(?:私|细|详|聊|联系)|吧|哦|$|谢谢|手机|电话|备注|详聊|号|老公|老婆)",
            rf"{_NOT_A_WORD}加(?:一?下)?[您你](?![们油])|加了再?(?:细|详|慢慢)?[聊说]|[加家佳嘉][薇微](?:(?:细|私|详)?[聊说]|[也都]行|即?可)",
            "(?<![自无公])私(?:我|聊|信|戳|[你您]|下(?:联系|找|加|聊|说|沟通|见))|小窗|密我|戳我|滴滴?我|dd我|踢我(?:一?下)?|[钉敲]我(?!家|的|们)",
            "(?<![不没别未])(?<!不方便)(?<!不[想能敢用])留(?:下|个|一?下|一个)*[你您我]?的?(?:联系|微信|电话|手机|号码?|qq|v)",
            "[你您]们?的?(?:微信|手机号|电话|号码|联系方式|qq|联系电话)|(?:求|换|要|给|发|有)(?:个|一个|1个|一?下)*联系方式",
            "互相?(?:留|加|换|交换)(?:个|一?下)*(?:电话|微信|号|联系|好友)|好友(?:申请|验证|请求)|通过好友|互相加好友",
            "扫码加|扫一?扫加|扫我的?(?:[头码]|[二2]维)|关注我|我的?[二2]维码|[二2]维码(?:就|我)?(?:发|在|见)|发[你您]?[二2]维码",
            "名片推|推(?:个|我的?)?(?:名片|微信)|把我?的?(?:微信|名片|号)推|发[你您]号",
            "(?:咱们?|我们|可以|请|来|直接)在?微信[上里]?(?:细|详|私)?(?:聊|说|谈|沟通|联系)(?!天)|微信(?:细|详|私)[聊谈]|微信找我",
            "线下联系|私底下|直接(?:找|联系)我|(?:不用?|不要|别|绕过|避开)(?:通过|走|经过)?(?:工会|平台)(?:直接|找我|联系)|别走平台",
            r"(?:进|加|入|拉)(?:我|你|个)*群(?:聊|吧|里聊|联系)|拉我[进入加]?群|拉个[^,]{0,2}群|常来往|来[群裙]里",
            "(?:来|进|到|看)我的?直播|我(?:的直播间|(?:每天|天天|每晚|晚上)(?:都|在|开)*直播)|直播间见",
            rf"(?:{_PROFILE})[^,]{{0,8}}(?:{_REACHES})|(?:名字|头像|用户名)(?:后面|旁边|下面)[^,]{{0,6}}(?:数字|字母|小字|就是)",
            rf"扫[^,]{{0,4}}(?:{_PROFILE})|(?<!走)进[^,人]{{0,6}}群(?![众体聊])|群名|互相?关注|回关|(?<!孩子)常联系",
            "换[个种](?:地方|软件|平台|app|方式)(?:聊|说|联系)|另外(?:联系|找)|[别不]在这[里儿]?[说聊]|去微信[说聊]?$|看到就加|[您你]留言|留言(?:给我|我)|号发我",
            "(?:照片|图片|相册)[^,]{0,6}(?:[二2]维码|联系方式|微信|电话号|扫码)",
            "看[下看]?我的?(?:个性|个人)?(?:主页|头像|简介|空间|朋友圈|资料|签名)|点开?击?进?我的?(?:头像|主页|资料|名字)|主页见|见(?:主页|头像|简介)",
        )
    )
)
# Read with commas where phrases end.
_PHRASES = re.compile(
    rf"(?:{WECHAT}|{OTHERS}){_NOT_LEARNING}{{0,8}},?{_AT_HOME_THERE}|{OTHERS},[一-鿿]{{2,8}}(?=$|,)"
    r"|(?:求|加|要|留|问)(?:个|1?下|一?下)?[^,]{0,6}(?<![轻稍细权示发助])[威薇微v](?=$|,|吗|呗|吧)"
    rf"|(?:{LETTERS}|\d{{6,11}}),?(?:就?是)?我?的?(?:{WECHAT}|{QQ}|{SHORT})(?=$|,)"
    r"|(?:有意|请|可以?|欢迎|直接|需要|详情|具体|感兴趣)的?私(?=$|,)|(?<!轻)[电机号]同?[微薇v](?=$|,)|微同(?=$|,)"
)
# Read with its marks: hearts that say 信, penguins, V: and Q:, a bare @name, 加我 before a mark.
_HEART = "[❤♥💗💓💕💖♡🩷🧡💛💚💙💜🖤]"
_MARKED = re.compile(
    rf"[vw微薇威卫]\s*{_HEART}\s*[信x]?\W{{0,4}}[a-z0-9][\w-]{{4,20}}|[🐧🍠🎵🎶]\W{{0,3}}号?\W{{0,3}}\d{{5,12}}"
    r"|(?<![a-z0-9])[vq]{1,2}\s*[:：]\s*[a-z0-9][\w-]{4,20}|[🎵🎶🍠]号|[微薇]\s*[(（:：]\s*[a-z0-9]{5,}"
    r"|(?<![a-z])(?:ins|ig|tg|dy|ks|line)\s*[:：号]\s*[a-z][\w-]{4,20}"
    r"|(?<![\w.])@(?:[a-z][\w-]{4,20}|[一-鿿][\w-]{1,20})(?![\w.])|微信[:：].{0,6}拼音|(?:抖音|快手|小红书|dou音|d音|视频号)\s*[:：]\s*(?![学看上])[一-鿿]{2}"
    rf"|{_NOT_A_WORD}加我\s*(?=[,.!?。，！？;；:：])|{PINYIN}"
)


def find(view: View) -> Iterator[tuple[int, int]]:
    """Spans in the original."""
    digits = in_digits(view)
    for pattern in (_ACCOUNTS, _SAME, _ASKS):
        yield from digits.squeezed.places(pattern)
    yield from digits.phrases.places(_PHRASES)
    yield from view.places(_MARKED)
