"""What the planted world lacks for some pages to be seen; each plant is one more family's worth of keys."""

from datetime import date
from typing import Any

from mashang.accounts.models import User
from mashang.cases.actions import assisted
from mashang.notices.models import Notice
from mashang.reference.models import Region
from mashang.unions.models import RuleCard
from mashang.wishes.models import CatalogueItem
from tests.access.world import Actor, Family, World
from tests.builders import make_id_number
from tests.cases.households import make_case
from tests.wishes.builders import make_wish


def plant(planted: World) -> None:
    clerk, approver = planted.person("clerk A"), planted.person("approver A")
    hang(planted, clerk, application=draft_of(clerk).pk)
    notice = Notice.objects.create(user=clerk, kind="x", title="进展", body="有进展")
    hang(planted, clerk, notice=notice.pk)
    hang(planted, approver, **own_rules_of(approver))
    plant_regions()
    plant_wishes(planted, clerk)


def hang(planted: World, user: User, **keys: Any) -> None:
    planted.families.append(Family("A", "further", user, p3=[], p4=[], keys=keys))


def draft_of(clerk: User) -> Any:
    """A draft that the clerk began for a worker without a phone."""
    union = clerk.posts.get().union
    return assisted.start_for(
        make_id_number(), kind="file", union=union, reason="没有智能手机", by=clerk
    )


def own_rules_of(approver: User) -> dict[str, Any]:
    """A rule and an entry of the list of things that the approver's own union has set."""
    union = approver.posts.get().union
    begins = date(2026, 1, 1)
    item = CatalogueItem.objects.create(
        union=union, name="热水袋", valid_from=begins, category="goods", price_fen=2_000
    )
    rule = RuleCard.objects.create(
        union=union, code="relative", kind="category", body={}, source="x", valid_from=begins
    )
    return {"item": item.pk, "rule": rule.pk}


def plant_regions() -> None:
    for code, name, level in (
        ("450000", "广西壮族自治区", Region.Level.PROVINCE),
        ("450100", "南宁市", Region.Level.CITY),
        ("450102", "兴宁区", Region.Level.COUNTY),
    ):
        above = {"450100": "450000", "450102": "450100"}.get(code, "")
        Region.objects.create(code=code, name=name, level=level, parent_code=above, source="x")


def plant_wishes(planted: World, clerk: User) -> None:
    """Two families on file: one has no wish yet, the other's is being looked at."""
    for with_wish in (False, True):
        holder = make_case(clerk.posts.get().union).holder
        if with_wish:
            wish = make_wish(holder, "submitted")
            hang(planted, holder.user, wish=wish.pk)
        planted.actors.append(Actor(f"a worker on file, wish {with_wish}", holder.user))
