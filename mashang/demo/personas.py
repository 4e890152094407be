"""演示人物: who works where in the demo, and what a visitor may try from each chair.

They are made up, none has an ID number, and the phones of helpers begin 12.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as N_

from mashang.demo.made_up import make_phone
from mashang.unions.roles import Role

PROVINCE, CITY = "450000", "450500"
COUNTY, TOWN, OWN = "450502", "450502-01", "450502-01-01"  # 北海市海城区: the demo's full branch
NEXT_COUNTY, NEXT_TOWN, NEXT_OWN = "450521", "450521-01", "450521-01-01"  # 合浦县, beside it
_HELPERS_FROM = 980_000_000  # behind the phones of all households


@dataclass(frozen=True)
class Colleague:
    """One chair: who sits in it; without a hint it is filled, but not offered to visitors."""

    key: str
    name: str
    role: Role
    union: str  # its key in the demo's tree
    place: str = ""
    hint: str = ""

    @property
    def title(self) -> str:
        return f"{self.place}{self.role.label}"

    @property
    def username(self) -> str:
        return f"demo-{self.key}"


@dataclass(frozen=True)
class Helper:
    """帮扶责任人: comes in by phone, as workers do."""

    phone: str
    name: str


@dataclass(frozen=True)
class DemoGiver:
    """爱心人士: comes in by phone; how they are named on the wall."""

    phone: str
    name: str
    nickname: str


_GIVERS_FROM = 985_000_000  # behind the phones of the helpers
GIVERS = tuple(
    DemoGiver(make_phone(_GIVERS_FROM + number), name, nickname)
    for number, (name, nickname) in enumerate(
        (("宁小雨", "小雨"), ("覃大海", "赶海人"), ("莫晓晴", "晴天"), ("班志远", "志远"))
    )
)
FIRM = "海风食品有限公司（演示）"
FIRMS_PHONE = make_phone(_GIVERS_FROM + 100)

STAFF = (
    Colleague("clerk", "周敏", Role.CLERK, OWN, N_("基层工会"), N_("受理一份申请，登记入户核查和评议，发布公示，再给建了档的发一张卡。")),
    Colleague("colleague", "吴芳", Role.CLERK, OWN, N_("基层工会（同事）"), N_("作为第二人，在入户核查表上签名。")),
    Colleague("town", "何平", Role.REVIEWER, TOWN, N_("街道工会"), N_("复核下级报上来的申请，同意或者退回补正。")),
    Colleague("county", "郑强", Role.REVIEWER, COUNTY, N_("区总工会"), N_("登记家庭经济状况核对的结果，安排结对，办一次转移。")),
    Colleague("approver", "方正", Role.APPROVER, COUNTY, N_("区总工会"), N_("审批走完前面各环节的申请，确认别人提出的结对。")),
    Colleague("county-clerk", "陈静", Role.CLERK, COUNTY, N_("区总工会"), N_("把审批通过的申请建成档案，核实职工申报的变动。")),
    Colleague("county-clerk-2", "苏玉梅", Role.CLERK, COUNTY),
    Colleague("keeper", "唐洁", Role.KEEPER, COUNTY, N_("区总工会"), N_("查档案、办变更、打印服务卡，看异常提醒。")),
    Colleague("treasurer", "覃芳", Role.TREASURER, COUNTY, N_("区总工会"), N_("复核一笔帮扶登记。")),
    Colleague("chair", "梁国富", Role.AUDITOR, COUNTY, N_("区总工会（主席）"), N_("看本级和下级的概况和提醒，改不了任何东西。")),
    Colleague("neighbour", "陆敏", Role.CLERK, NEXT_OWN, N_("邻县基层工会"), N_("看不到别的工会的人；扫一张别处的卡试试。")),
    Colleague("receiver", "林春生", Role.REVIEWER, NEXT_COUNTY, N_("邻县总工会"), N_("接收一份转来的档案。")),
    Colleague("admin", "韦明", Role.ADMIN, PROVINCE, N_("自治区总工会"), N_("建一个基层工会，任命一位经办人；看不到任何业务数据。")),
    Colleague("admin-2", "蒋建军", Role.ADMIN, PROVINCE, N_("自治区总工会（另一位）"), N_("确认另一位管理员提出的任命。")),
    Colleague("rules", "罗晓玲", Role.APPROVER, PROVINCE, N_("自治区总工会"), N_("修改规则卡和审核流程。")),
    Colleague("fund", "谢庆华", Role.TREASURER, PROVINCE),
    Colleague("next-colleague", "农志强", Role.CLERK, NEXT_OWN),
    Colleague("next-town", "黄文辉", Role.REVIEWER, NEXT_TOWN),
    Colleague("next-approver", "庞海燕", Role.APPROVER, NEXT_COUNTY),
    Colleague("next-county-clerk", "温永强", Role.CLERK, NEXT_COUNTY),
    Colleague("next-keeper", "曾丽萍", Role.KEEPER, NEXT_COUNTY),
)  # fmt: skip
HELPERS = tuple(
    Helper(make_phone(_HELPERS_FROM + number), name)
    for number, name in enumerate(("潘志鹏", "玉彩云", "甘建军", "蒋秋菊", "岑伟明"))
)
