"""微信、QQ and other ways to go on talking elsewhere, by whatever name people give them."""

import re
from collections.abc import Iterator

from mashang.wishes.screening.numerals import in_digits
from mashang.wishes.screening.views import View

# 微信 under all its names. 微心愿 and 威信 are words of their own and need an account behind them.
_WE = "微威薇徽徴徵溦葳崴维唯喂卫巍魏危伟为嶶歪韦苇惟娓围"
_XIN = "信芯欣馨亻言訁伩訫忄"
_WECHAT = (
    rf"(?:[{_WE}v](?:亻言|[{_XIN}]|x(?![a-z])|号)|weixin|wechat|wei信|[vw]xin|weix|"
    r"绿泡泡|(?:小?绿|绿色)(?:软件|聊天|图标))"
)
_WX = "(?:vx|wx)"
_QQ = "(?:qq|扣扣|抠抠|叩叩|口口|蔻蔻|球球|丘丘|秋秋|小?企[鹅额]|koukou|qiuqiu|kouq|扣q)"
_OTHERS = (
    "(?:抖音|快手|小红书|微博|b站|钉钉|支付宝|陌陌|探探|闲鱼|telegram|whatsapp|skype|facebook|douyin|kuaishou|"
    "zhifubao|alipay|飞信|飞书|youtube|公众号|视频号|直播间|腾讯)"
)
_LEAD = "(?:号码?|账号|id|是|为|叫|搜索?|查找?|找|加|联系|名字?|同|也是|就是|我|的|群|备注|添加|邮箱|聊|吧|请)"
_POINTS = "(?:号码?|账号|帐户|id|搜索?|叫|名叫|名字是|关注)"
_LETTERS = r"[a-z](?=[a-z]*\d|[a-z]{5})[a-z0-9]{4,24}"  # lihua1985, or six letters
_ACCOUNT = rf"(?:{_LETTERS}|\d{{1,8}}[a-z][a-z0-9]{{3,20}}|\d{{5,13}})"
_ADD = "(?:互?加|添加|搜|留|扫)(?:一?下|个|我|你|的|咱)*"
_NOT_A_WORD = "(?<![增更参添附施])"  # 参加我们, 更加我行我素

# Read without any mark between: 微 / 信 : l i h u a.
_SAID = re.compile(
    "|".join(
        (
            # a messenger and an account
            rf"{_WECHAT}{_LEAD}{{0,4}}{_ACCOUNT}|(?:{_WX}|{_QQ}){_LEAD}{{0,4}}\d{{5,13}}",
            rf"(?:{_WX}|{_QQ})(?:{_LEAD}{{1,4}}{_LETTERS}|[a-z]{{3}}[a-z0-9]*\d)",
            rf"{_WECHAT}号(?:就是|是)?[一-鿿]{{0,8}}[a-z]+\d{{2,}}",
            rf"{_OTHERS}{_LEAD}{{0,2}}{_ACCOUNT}",
            rf"{_OTHERS}{_POINTS}{{1,3}}\w{{2,16}}|{_POINTS}(?:一?下|我的)*{_OTHERS}|视频号[一-鿿]{{2}}",
            rf"[微薇溦徴]{_LEAD}{{0,2}}{_LETTERS}",
            rf"{_ADD}(?:v|wei|q|微|扣)(?:号|是)?{_ACCOUNT}|扣\d{{6,12}}(?!元|块)",
            rf"(?<![型货款图书编订批])(?:号码?|id|账号)(?:就?是|为|叫){_LETTERS}",
            # a wish to be added
            rf"{_ADD}(?:{_WECHAT}|{_WX}|{_QQ}|好友|v(?![a-z]))|{_WECHAT}的?(?:可以|请|就)?加|(?<!\d)10v{_LETTERS}",
            rf"{_NOT_A_WORD}加我(?:们?(?:私|细|详|聊|联系)|吧|哦|$|谢谢|手机|电话|备注|详聊|号)",
            "私信我|私聊我|加我好友|加个好友|互相加好友|扫码加|扫一?扫加|关注我|小窗我|滴滴?我|"
            "主页有(?:联系|电话|微信|号)|头像(?:里|上)?(?:有|的)?[2二]维码",
            # the same number as the phone's
            rf"{_WECHAT}(?:同号|号同|同步|号?就?[是同和跟与]我?的?手机)|手机号?(?:就?是|[同和跟与])(?:我的)?微信",
            # groups
            r"(?:群号|q?群|进群|加群|拉群)(?:号|是|码)*\d{5,12}",
            "(?:进|加|入|拉)(?:我|你|个)*群(?:聊|吧|里聊|联系)|拉我[进入加]?群",
        )
    )
)
# Read with its marks: hearts that say 信, penguins, V: and Q:, a bare @name, 加我 before a mark.
_HEART = "[❤♥💗💓💕💖♡🩷🧡💛💚💙💜🖤]"
_MARKED = re.compile(
    rf"[vw微薇威卫]\s*{_HEART}\s*[信x]?\W{{0,4}}[a-z0-9][\w-]{{4,20}}|🐧\W{{0,3}}\d{{5,12}}"
    r"|(?<![a-z0-9])[vq]\s*[:：]\s*[a-z0-9][\w-]{4,20}"
    r"|(?<![a-z])(?:ins|ig|tg|dy|ks|line)\s*[:：号]\s*[a-z][\w-]{4,20}"
    r"|(?<![\w.])@[a-z][\w-]{4,20}(?![\w.])"
    rf"|{_NOT_A_WORD}加我\s*(?=[,.!?。，！？;；:：])"
)


def find(view: View) -> Iterator[tuple[int, int]]:
    """Spans in the original."""
    said = in_digits(view).squeezed
    for reading, pattern in ((said, _SAID), (view, _MARKED)):
        for match in pattern.finditer(reading.text):
            yield reading.span(match.start(), match.end())
