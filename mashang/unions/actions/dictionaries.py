"""字典: the region table and the living standards, changed by whoever answers for that region.

`reference` keeps them for all provinces and knows no posts; here it is asked who may.
"""

from datetime import date

from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.core.db.action import action
from mashang.core.errors import NotAllowed
from mashang.reference import actions as reference
from mashang.reference.models import LivingStandard, Region
from mashang.unions.models import Union
from mashang.unions.queries import unions_where
from mashang.unions.roles import Permission, require


@action
def set_living_standard(
    union: Union, *, by: User, monthly_fen: int, valid_from: date, source: str, document: str = ""
) -> LivingStandard:
    """登记低保标准: of the union's own region. Old assessments keep theirs."""
    require(by, Permission.RULE_MANAGE, at=union)
    return reference.set_living_standard(
        union.region_code,
        by=by,
        monthly_fen=monthly_fen,
        valid_from=valid_from,
        source=source,
        document=document,
    )


@action
def add_region(code: str, name: str, *, by: User, valid_from: date, source: str) -> Region:
    """新增区划: in a region that the administrator's branch covers."""
    _check_covers(by, code)
    return reference.add_region(code, name, by=by, valid_from=valid_from, source=source)


@action
def end_region(
    code: str, *, by: User, last_day: date, source: str, successor_code: str = ""
) -> Region:
    """停用区划: in a region that the administrator's branch covers."""
    _check_covers(by, code)
    return reference.end_region(
        code, by=by, last_day=last_day, source=source, successor_code=successor_code
    )


def _check_covers(by: User, code: str) -> None:
    """The table is shared by all provinces: nobody edits a neighbour's."""
    own = unions_where(by, Permission.TREE_MANAGE).values_list("region_code", flat=True).distinct()
    if not any(code.startswith(_stem(region)) for region in own):
        raise NotAllowed(message=N_("这个区划不在您管理的地区，请联系当地总工会的系统管理员"))


def _stem(region_code: str) -> str:
    """The digits that name it: 450000 → 45, 450500 → 4505, 450521 → 450521."""
    while region_code.endswith("00"):
        region_code = region_code[:-2]
    return region_code
