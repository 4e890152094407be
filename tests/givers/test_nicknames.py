"""昵称: what says nothing in a long text says enough where it is the whole name."""

import pytest

from mashang.core.errors import Invalid
from mashang.givers.display_names import check_nickname, check_real_name

REFUSED = {
    "invites to talk elsewhere": [
        "加V聊", "同手机号", "私我详聊", "看我头像", "威我吧", "V我一下", "抖音同名", "滴滴我", "扫头像",
        "互关", "看简介", "小红书搜我", "扣我", "绿信等你", "二维码头像",
    ],
    "asks for money or sells": [
        "转账给我", "红包多谢", "现金也行", "打钱到卡", "有偿帮办", "下单找老王", "包你满意", "转我五十",
        "求资助", "多少都行", "红包来", "老乡收购废品", "月入过万",
    ],
    "sounds like an office": [
        "总工会小李", "市总办事员", "民政局", "县委办", "省总帮扶办", "县民政", "码上客服", "残联", "码上官微",
    ],
    "leads to a door": [
        "人民路三号", "和平里一栋", "住三栋二楼", "进村第三家", "村口小卖部",
    ],
    "carries a number": ["老李138", "一三八零零一", "wx7788", "lihua85", "12"],
}  # fmt: skip

REAL = [
    "山里的风", "热心人", "小草", "2号车间老李", "3班老陈", "A3车间", "阿宝2", "88号", "加油站的阿明",
    "桥头老王", "陈师傅", "微风", "微光", "小卫士", "小企鹅", "绿泡泡", "路人甲", "三十而已", "一颗星",
    "住在海边", "一家四口", "加菲猫", "转角遇见", "钱多多", "给点阳光", "局外人", "局长爱钓鱼",
    "城市总在下雨", "小区总有光", "九号风球", "三楼的猫", "山路十八弯", "社区大姐", "老党员", "退休教师",
    "扫地僧", "QiangZi", "阿依古丽·买买提",
]  # fmt: skip


@pytest.mark.parametrize("nickname", [name for names in REFUSED.values() for name in names])
def test_a_nickname_that_leads_somewhere_is_refused_at_its_field(nickname):
    with pytest.raises(Invalid) as refusal:
        check_nickname(nickname)
    assert refusal.value.fields["nickname"]


@pytest.mark.parametrize("nickname", REAL)
def test_what_people_call_themselves_passes(nickname):
    assert check_nickname(nickname) == nickname


def test_a_real_name_has_no_digits():
    assert check_real_name("赵敏") == "赵敏"
    with pytest.raises(Invalid):
        check_real_name("赵敏2")
