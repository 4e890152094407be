"""What pages show of the tree, its posts and its rules."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from mashang.accounts.models import User
from mashang.unions.models import Post, RuleCard, Union
from mashang.unions.roles import ROLE_PERMISSIONS, Permission, Role
from mashang.unions.scope import in_branches, posts_of


def unions_where(user: User, permission: Permission) -> QuerySet[Union]:
    """The branches in which the user holds this permission."""
    paths = [
        post.union.path
        for post in posts_of(user)
        if permission in ROLE_PERMISSIONS[Role(post.role)]
    ]
    return Union.objects.filter(in_branches(paths, "path"))


def tops(unions: QuerySet[Union]) -> list[Union]:
    """The unions of this set that stand below no other of it: where its branches begin."""
    found: list[Union] = []
    for union in unions.order_by("path"):
        if not found or not found[-1].is_above(union):
            found.append(union)
    return found


def line(union: Union) -> list[Union]:
    """The unions above, from the province down, and the union itself."""
    return [*_above(union), union]


def _above(union: Union) -> list[Union]:
    paths = [union.path[:end] for end in range(2, len(union.path), 4)]
    return list(Union.objects.filter(path__in=paths).order_by("path"))


def children(union: Union) -> QuerySet[Union]:
    """The unions right below, living ones first, with the number of their own branches."""
    living = Count("children", filter=Q(children__closed_on=None))
    return (
        Union.objects.filter(parent=union).annotate(branches=living).order_by("closed_on", "path")
    )


def present_posts(union: Union) -> QuerySet[Post]:
    """Who holds which post here, waiting ones included."""
    today = timezone.localdate()
    running = Q(to_on=None) | Q(to_on__gte=today)
    return (
        Post.objects.filter(running, union=union)
        .select_related("user", "appointed_by", "confirmed_by")
        .order_by("role", "from_on")
    )


def posts_to_confirm(user: User) -> QuerySet[Post]:
    """Appointments in the user's branches that wait for somebody like them."""
    where = unions_where(user, Permission.POST_CONFIRM)
    return (
        Post.objects.filter(union__in=where, awaits_second_person=True, to_on=None)
        .exclude(appointed_by=user)
        .exclude(user=user)
        .select_related("user", "union", "appointed_by")
    )


@dataclass(frozen=True)
class Seat:
    """Who sits at the desk: shown on every page of it. `mark` stands behind the page, in photographs of it too."""

    union: str
    role: str
    name: str
    mark: str


def seat(user: User) -> Seat | None:
    """The user's highest post, with the roles held there."""
    posts = sorted(posts_of(user), key=lambda post: post.union.path)
    if not posts:
        return None
    union = posts[0].union
    roles = [Role(post.role).label for post in posts if post.union_id == union.pk]
    mark = f"{user.name} {(user.username or '')[-4:]} {union.name}"
    return Seat(union.name, "、".join(roles), user.name, mark)


def rule_cards(union: Union) -> list[dict[str, Any]]:
    """The cards of this union and those above, the nearest last: laid behind the house's own
    cards, the nearest of one code decides (`cases.rules.RuleSet.from_cards`)."""
    paths = [above.path for above in line(union)]
    cards = RuleCard.objects.filter(union__path__in=paths).select_related("union")
    return [as_card(card) for card in cards.order_by("union__path", "valid_from")]


def as_card(card: RuleCard) -> dict[str, Any]:
    return {
        **card.body,
        "kind": card.kind,
        "code": card.code,
        "source": card.source,
        "valid_from": _iso(card.valid_from),
        "valid_to": _iso(card.valid_to),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
