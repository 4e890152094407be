"""What the planted world lacks for some pages to be seen; each plant is one more family's worth of keys."""

from datetime import date
from typing import Any

from mashang.accounts.models import User
from mashang.aid.models import AidProposal
from mashang.cases.actions import alerts, assisted, channels
from mashang.cases.models import Alert, ChannelChange, Merge
from mashang.notices.models import Notice
from mashang.reference.models import Region
from mashang.unions.models import RuleCard
from mashang.wishes.models import CatalogueItem
from tests.access import waiting_keys
from tests.access.world import Actor, Family, World
from tests.builders import (
    make_holder,
    make_id_number,
    make_phone,
    make_user,
    make_worker,
)
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
    granted = granted_sum(clerk, approver)
    hang(planted, planted.person("treasurer A"), proposal=granted.pk)
    hang(planted, granted.holder.user, granted=granted.pk)
    planted.actors.append(Actor("a worker who waits for a granted sum", granted.holder.user))
    plant_merge(planted, clerk)
    plant_channel_change(planted, clerk)
    hang(planted, planted.person("keeper A"), alert=raised(clerk).pk)


def newcomer() -> User:
    """A colleague whom nobody has asked for their kin."""
    user = make_user("新同事", is_staff=True)
    user.kin_declarations.all().delete()
    return user


def hang(planted: World, user: User, **keys: Any) -> None:
    planted.families.append(Family("A", "further", user, p3=[], p4=[], keys=keys))


def draft_of(clerk: User) -> Any:
    """A draft that the clerk began for a worker without a phone."""
    union = clerk.posts.get().union
    return assisted.start_for(
        make_id_number(), kind="file", union=union, reason="没有智能手机", by=clerk
    )


def granted_sum(clerk: User, approver: User) -> AidProposal:
    """One-off aid of a household of the clerk's union that was approved and waits to be paid."""
    holder = make_holder(clerk.posts.get().union, make_worker())
    return waiting_keys.granted_sum(holder, by=approver)


def plant_merge(planted: World, clerk: User) -> None:
    """Two files that a keeper has found to be one household's; a reviewer may confirm it."""
    stays, goes = (make_case(clerk.posts.get().union).holder for _ in range(2))
    merge = Merge.objects.create(
        into=stays, duplicate=goes, stands_as="spouse", why="户口簿",
        asked_by=planted.person("keeper A"),
    )  # fmt: skip
    hang(planted, planted.person("reviewer A"), holder=stays.pk, merge=merge.pk)


def plant_channel_change(planted: World, clerk: User) -> None:
    """Asked for by a keeper; a clerk, or the household, may answer."""
    change = new_number(clerk, planted.person("keeper A"))
    hang(planted, clerk, holder=change.holder_id, channel_change=change.pk)
    hang(planted, change.holder.user, channel_change=change.pk)


def raised(clerk: User) -> Alert:
    """An alert about this clerk, for the keepers above."""
    alert = alerts.over_the_limit("probing", by=clerk)
    assert alert is not None
    return alert


def new_number(clerk: User, asker: User) -> ChannelChange:
    """A sign-in phone that a household of the clerk's union is to have from now on."""
    holder = make_case(clerk.posts.get().union, worker=make_worker()).holder
    old = holder.user.phone.reveal()
    return channels.ask(holder, "sign_in", make_phone(), old=old, why="手机丢了", by=asker)


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
