"""演示席位: the made-up colleagues of one branch, from the works' union to the city, by their chairs."""

from collections.abc import Mapping
from dataclasses import dataclass

from mashang.accounts.actions import staff
from mashang.accounts.models import User
from mashang.unions.actions import posts
from mashang.unions.models import Union
from mashang.unions.roles import Role

_WORKS, _TOWN, _COUNTY, _CITY = "450521-01-01", "450521-01", "450521", "450500"


@dataclass(frozen=True)
class DemoSeat:
    """One chair: who sits in it, and what a visitor may try from there."""

    key: str
    name: str
    role: Role
    union: str  # its key in the demo's tree
    place: str
    hint: str

    @property
    def title(self) -> str:
        return f"{self.place}{self.role.label}"

    @property
    def username(self) -> str:
        return f"demo-{self.key}"


SEATS = (
    DemoSeat("clerk", "黄丽萍", Role.CLERK, _WORKS, "基层工会", "看看待受理的申请，受理一份，再安排入户核查。"),
    DemoSeat("visitor", "陈明", Role.REVIEWER, _WORKS, "基层工会", "作为第二人，在入户核查表上签名。"),
    DemoSeat("town", "韦春梅", Role.REVIEWER, _TOWN, "乡镇工会", "复核下级报上来的申请，同意或者退回补正。"),
    DemoSeat("county", "覃永强", Role.REVIEWER, _COUNTY, "县总工会", "发起家庭经济状况核对，登记核对结果。"),
    DemoSeat("approver", "梁伟", Role.APPROVER, _COUNTY, "县总工会", "审批走完前面各环节的申请。"),
    DemoSeat("county-clerk", "农小凤", Role.CLERK, _COUNTY, "县总工会", "把审批通过的申请建成档案。"),
    DemoSeat("keeper", "李海燕", Role.KEEPER, _COUNTY, "县总工会", "查档案、办变更、打印服务卡，看异常提醒。"),
    DemoSeat("treasurer", "陆庆华", Role.TREASURER, _COUNTY, "县总工会", "复核一笔帮扶登记。"),
    DemoSeat("auditor", "莫文辉", Role.AUDITOR, _CITY, "市总工会", "只看全市概况和异常提醒，改不了任何东西。"),
    DemoSeat("chair", "廖国富", Role.APPROVER, _CITY, "市总工会", "看全市各县办理情况，修改规则卡。"),
    DemoSeat("admin", "谢静雯", Role.ADMIN, _CITY, "市总工会", "建一个基层工会，任命一位经办人；看不到任何业务数据。"),
    DemoSeat("admin2", "蒋建军", Role.ADMIN, _CITY, "市总工会", "确认另一位管理员提出的任命。"),
)  # fmt: skip


def fill_seats(unions: Mapping[str, Union]) -> None:
    """Open the accounts of the demo's colleagues and give them their posts; `unions` by key."""
    for seat in SEATS:
        user = staff.open_account(seat.username, seat.name).user
        posts.install(user, unions[seat.union], seat.role)


def person_in(key: str) -> tuple[DemoSeat, User] | None:
    """The colleague in this chair, if the demo is planted."""
    seat = next((seat for seat in SEATS if seat.key == key), None)
    user = User.objects.filter(username=seat.username).first() if seat else None
    return (seat, user) if seat and user else None
