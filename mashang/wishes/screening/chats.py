"""微信、QQ and other ways to go on talking elsewhere, by whatever name people give them."""

import re
from collections.abc import Iterator

from mashang.wishes.screening.numerals import in_digits
from mashang.wishes.screening.views import View

_WE = "微威薇徽围溦葳崴薇维唯喂卫巍魏危伟为嶶歪韦苇惟娓"
_XIN = "信芯欣馨亻言訁言伩訫忄"
# 微信 under all its names. 微心愿 and 威信 are words of their own and need an id behind them.
_WECHAT = rf"(?:[{_WE}v](?:亻言|[{_XIN}]|x(?![a-z])|号)|微x|weixin|wechat|wei信|v信|绿泡泡|绿色软件|小绿软件|绿色聊天)"
_WX = r"(?:vx|wx|vxin|weix|wxin)"
_QQ = r"(?:qq|扣扣|抠抠|叩叩|口口|蔻蔻|球球|丘丘|秋秋|企鹅|小企鹅|koukou|qiuqiu|kouq|扣q)"
_OTHERS = (
    r"(?:抖音|快手|小红书|微博|b站|钉钉|支付宝|陌陌|探探|闲鱼|淘宝|telegram|whatsapp|skype|facebook|douyin|kuaishou|"
    r"zhifubao|alipay|tg|飞信|飞书|连信|youtube)"
)
_LEAD = "(?:号码?|账号|id|是|为|叫|搜索?|查找?|找|加|联系|名字?|同|也是|就是|我|的|群|备注|添加|聊|吧|请|：)"
_ID = r"(?:[a-z](?=[a-z]*\d|[a-z]{5})[a-z0-9]{4,24}|\d{5,13})"

_SAID = re.compile(
    "|".join(
        (
            rf"{_WECHAT}{_LEAD}{{0,4}}{_ID}",
            rf"{_WECHAT}(?:同号|号同|同步|同手机|号?就?是?手机)",
            rf"(?:加|搜|互加|添加|留|扫)(?:一?下|个|我|你|的|咱)*(?:{_WECHAT}|{_WX}|{_QQ}|微信|绿泡泡|好友|v(?![a-z]{{0,3}}\b))",
            rf"{_WX}{_LEAD}{{0,4}}{_ID}",
            rf"{_QQ}{_LEAD}{{0,4}}{_ID}",
            rf"{_OTHERS}{_LEAD}{{1,4}}[\w]{{2,16}}",
            rf"{_OTHERS}{_LEAD}{{0,2}}{_ID}",
            rf"[{_WE}]{_LEAD}{{0,2}}[a-z](?=[a-z]*\d|[a-z]{{5}})[a-z0-9]{{4,24}}",
            r"(?<![型货款图书编订批])(?:号码?|id|账号)(?:是|为|叫|就是)[a-z](?=[a-z]*\d|[a-z]{5})[a-z0-9]{4,24}",
            r"(?:群号|q?群|进群|加群|拉群)(?:号|是|码)*\d{5,12}",
            r"(?:进|加|入|拉)(?:我|你|个)*群(?:聊|吧|里聊|联系)",
            r"私信我|私聊我|加我好友|加个好友|互相加好友|扫码加|手机号?(?:就是|同|是)微信|微信(?:就是|同|是)手机",
            r"(?<![增更参添附施])加我(?:们?(?:私|细|详|聊|联系)|吧|哦|$|谢谢|手机|电话|备注|详聊|号)",
        )
    )
)
# Read with its marks: hearts that say 信, penguins, a bare @name, 加我 before a mark.
_MARKED = re.compile(
    r"[v微薇]\s*[❤♥💗💓💕💖♡🩷🧡💛💚💙💜🖤]\s*信?\W{0,4}(?:[a-z0-9][\w-]{4,20})|🐧\W{0,3}\d{5,12}"
    r"|(?<![\w.])@[a-z][\w-]{4,20}(?![\w.])|(?<![增更参添附施])加我\s*(?=[,.!?。，！？;；:：]|v\b|wx|vx)"
)


def find(view: View) -> Iterator[tuple[int, int]]:
    """Spans in the original."""
    said = in_digits(view).squeezed
    for reading, pattern in ((said, _SAID), (view, _MARKED)):
        for match in pattern.finditer(reading.text):
            yield reading.span(match.start(), match.end())
