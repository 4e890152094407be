"""What pages show of the tree, its posts and its rules."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.accounts.queries import accounts_of, accounts_of_all
from mashang.core.errors import DomainError
from mashang.core.privacy.masks import Masked, mask_phone
from mashang.core.seen import Parts
from mashang.reference import workdays
from mashang.reference.queries import full_name
from mashang.unions.models import HAS_COUNTED, AccountReset, Post, RuleCard, Union
from mashang.unions.refusals import ClosedElsewhere, LastOne
from mashang.unions.roles import ROLE_PERMISSIONS, Permission, Role, permissions_at
from mashang.unions.scope import in_branches, posts_of


def unions_where(user: User, permission: Permission) -> QuerySet[Union]:
    """The branches in which the user holds this permission."""
    paths = [
        post.union.path
        for post in posts_of(user)
        if permission in ROLE_PERMISSIONS[Role(post.role)]
    ]
    return Union.objects.filter(in_branches(paths, "path"))


def works_within(colleague: User, user: User, permission: Permission) -> Union | None:
    """The highest union where the colleague has a post and the user holds this permission; None if nowhere."""
    at = unions_where(user, permission).filter(posts__user=colleague, posts__to_on=None)
    return at.order_by("path").first()


def tops(unions: QuerySet[Union]) -> list[Union]:
    """The unions of this set that stand below no other of it: where its branches begin."""
    highest: list[Union] = []
    for union in unions.order_by("path"):
        if not highest or not highest[-1].is_above(union):
            highest.append(union)
    return highest


def line(union: Union) -> list[Union]:
    """The unions above, from the province down, and the union itself."""
    return [*_above(union), union]


def _above(union: Union) -> list[Union]:
    paths = [path for path in paths_of_line(union) if path != union.path]
    return list(Union.objects.filter(path__in=paths).order_by("path"))


def paths_of_line(union: Union) -> list[str]:
    """The paths of the unions above, from the province down, and its own."""
    return [*(union.path[:end] for end in range(2, len(union.path), 4)), union.path]


def particulars(union: Union) -> list[tuple[str, str]]:
    """法定信息 and contact, as names and values."""
    return [
        (N_("编号"), union.code),
        (N_("层级"), union.get_kind_display()),
        (N_("所在地区"), full_name(union.region_code)),
        (N_("统一社会信用代码"), union.credit_code),
        (N_("地址"), union.address),
        (N_("联系人"), union.contact_name),
        (N_("联系电话"), union.contact_phone),
        (N_("服务热线"), union.hotline),
    ]


def union_shown(union: Union) -> Parts:
    """What its form shows, so that nobody writes old particulars over new ones (`core.seen`)."""
    told = [
        union.name,
        union.region_code,
        union.credit_code,
        union.address,
        union.contact_name,
        union.contact_phone,
        union.hotline,
    ]
    return {N_("工会信息有人更正过"): told}


def children(union: Union) -> QuerySet[Union]:
    """The unions right below, living ones first, with the number of their own branches."""
    living = Count("children", filter=Q(children__closed_on=None))
    return (
        Union.objects.filter(parent=union).annotate(branches=living).order_by("closed_on", "path")
    )


def present_posts(union: Union) -> QuerySet[Post]:
    """Who holds which post here, waiting ones included; a proposal that was taken back was never one."""
    today = timezone.localdate()
    running = Q(to_on=None) | Q(to_on__gt=today) & HAS_COUNTED
    return (
        Post.objects.filter(running, union=union)
        .select_related("user", "appointed_by", "confirmed_by")
        .order_by("role", "from_on")
    )


def with_the_same_office(post: Post) -> QuerySet[Post]:
    """Who administers, or keeps the files, there or above today, its holder included."""
    today = timezone.localdate()
    return Post.objects.current(today).filter(
        role=post.role, union__in=line(post.union), user__is_active=True
    )


def why_not_close(user: User, by: User) -> DomainError | None:
    """What stands in the way of closing this account by this colleague; None if they may. `close_account` asks again,
    under lock."""
    return why_not_close_each([user.pk], by).get(user.pk)


def why_not_close_each(users: Collection[UUID], by: User) -> dict[UUID, DomainError]:
    """What `why_not_close` says of each of these accounts that may not be closed. Two queries, however many they are."""
    posts = list(Post.objects.filter(user__in=users, to_on=None).select_related("union"))
    can_close = [Permission.ACCOUNT_CLOSE in permissions_at(by, post.union) for post in posts]
    elsewhere = {post.user_id for post, can in zip(posts, can_close, strict=True) if not can}
    barred: dict[UUID, DomainError] = {post.user_id: LastOne() for post in _last_of(posts)}
    return barred | {user: ClosedElsewhere() for user in elsewhere}


def _last_of(posts: Iterable[Post]) -> list[Post]:
    """Those that count today and after whose end nobody else would hold the office, there or above. One query."""
    today = timezone.localdate()
    counting = [
        post
        for post in posts
        if post.role in KEPT_BY_SOMEBODY and not post.awaits_second_person and post.from_on <= today
    ]
    paths = {path for post in counting for path in paths_of_line(post.union)}
    rows = Post.objects.current(today).filter(
        role__in=KEPT_BY_SOMEBODY, union__path__in=paths, user__is_active=True
    )
    near = rows.select_related("union") if counting else ()
    held = [(post, [one for one in near if _is_the_same_office(one, post)]) for post in counting]
    return [post for post, of_the_office in held if is_last(post, of_the_office)]


def _is_the_same_office(one: Post, post: Post) -> bool:
    return one.role == post.role and one.union.is_above(post.union)


def is_last(post: Post, of_the_office: Iterable[Post]) -> bool:
    return not any(one.user_id != post.user_id for one in of_the_office)


def posts_to_confirm(user: User) -> QuerySet[Post]:
    """Appointments in the user's branches that wait for somebody like them, those of one person alone too."""
    own = accounts_of(user)
    no_second = [*own, *_made_by_or_made(own)]
    return (
        _waiting_near(user)
        .exclude(appointed_by__in=no_second)
        .exclude(HAS_COUNTED & Q(user__resets__by__in=no_second))
        .exclude(user__in=own)
        .select_related("user", "union", "appointed_by")
    )


def how_many_to_confirm(user: User) -> int:
    """The number beside the menu, on every page of the desk: one query while nothing waits, and four more else."""
    return posts_to_confirm(user).count() if _waiting_near(user).exists() else 0


def _waiting_near(user: User) -> QuerySet[Post]:
    """What waits for a second person in the branches where the user confirms, whoever may be that person."""
    waits = Q(awaits_second_person=True) | Q(confirm_by_on__isnull=False)
    where = unions_where(user, Permission.POST_CONFIRM)
    return Post.objects.filter(waits, union__in=where, to_on=None, user__is_active=True)


@dataclass(frozen=True)
class Waiting:
    """A post that a second person has to confirm: who opened the way it waits on, whether this reader may, and
    whether they may end it, which takes one person alone."""

    post: Post
    phone: Masked
    opened_by: list[str]
    was_reset: bool
    may_confirm: bool
    may_decline: bool
    is_own: bool  # proposed by this reader


def waiting_posts(user: User) -> list[Waiting]:
    """What waits in the user's branches: what they may confirm first, then what somebody else has to."""
    own = list(posts_to_confirm(user).select_related("user__data_key"))
    others = _waiting_near(user).exclude(pk__in=[post.pk for post in own])
    others = others.select_related("user__data_key", "union", "appointed_by")
    return [_waiting(post, user, True) for post in own] + [
        _waiting(post, user, False) for post in others
    ]


def _waiting(post: Post, user: User, may_confirm: bool) -> Waiting:
    """After a reset the post waits on that, whoever proposed it long ago."""
    resets = list(post.user.resets.select_related("by")) if post.has_counted else []
    was_reset = bool(resets) and post.awaits_second_person
    openers = [reset.by for reset in resets] if was_reset else openers_of(post)
    names = list(dict.fromkeys(opener.name for opener in openers))
    may_decline = not post.has_counted and post.user_id != user.pk
    is_own = post.appointed_by_id == user.pk
    phone = masked_work_phone(post.user)
    return Waiting(post, phone, names, was_reset, may_confirm, may_decline, is_own)


def masked_work_phone(user: User) -> Masked:
    """Where this colleague's codes go, as another colleague may see it."""
    return mask_phone(user.work_phone.reveal() if user.work_phone is not None else "")


def are_two(one: User, other: User) -> bool:
    """Whether these count as two people: not if one opened the other's way in, nor if both accounts are one
    person's, who gave the same own number for both (design: I13).

    Who proposed a post of somebody, or reset their account, could be sitting behind that account.
    """
    ones, others = accounts_of(one), accounts_of(other)
    return not ones & others and not _made_by_or_made(ones) & others


def no_second_for(user: User) -> set[UUID]:
    """The accounts with which this person does not make two: whatever one of these began, `are_two` says no to them.

    Four queries, once for a user as they were read: for the lists, counts and buttons of one request; acts ask anew.
    """
    known: set[UUID] | None = getattr(user, "_no_second", None)
    if known is None:
        own = accounts_of(user)
        known = own | accounts_of_all(_made_by_or_made(own))
        user._no_second = known  # type: ignore[attr-defined]
    return known


def openers_of(post: Post) -> list[User]:
    """Who opened the way that this post waits on: who proposed it, and whoever reset the account since it counted."""
    proposed = [post.appointed_by] if post.appointed_by else []
    resets = AccountReset.objects.filter(user=post.user_id).select_related("by")
    return proposed + ([reset.by for reset in resets] if post.has_counted else [])


def _made_by_or_made(own: set[UUID]) -> set[UUID]:
    """Whom the person of these accounts let in, and who let them in."""
    given = Post.objects.filter(Q(user__in=own) | Q(appointed_by__in=own))
    proposals = given.exclude(appointed_by=None)
    resets = AccountReset.objects.filter(Q(user__in=own) | Q(by__in=own))
    pairs = [*proposals.values_list("user", "appointed_by"), *resets.values_list("user", "by")]
    return {pk for pair in pairs for pk in pair} - own


def others_who_may(permission: Permission, *, at: Union, but: User) -> list[User]:
    """Colleagues with a post at this union that gives the permission there, without `but`. One query."""
    roles = [role for role, may in ROLE_PERMISSIONS.items() if permission in may]
    posts = Post.objects.current(timezone.localdate()).filter(
        role__in=roles, union=at, user__is_active=True
    )
    posts = posts.exclude(user=but).select_related("user__data_key").order_by("from_on", "pk")
    return list(dict.fromkeys(post.user for post in posts))


def watchers(union: Union, *, but: User | None = None) -> list[User]:
    """档案管理员和审批人 of the union, or of the nearest one above that has any other than `but`: they hear who gets
    in and out. Nobody is told of what they did themselves, and somebody else always is, where there is anybody."""
    posts = Post.objects.current(timezone.localdate()).select_related("user", "union")
    near = posts.filter(
        role__in=(Role.KEEPER, Role.APPROVER),
        union__path__in=[union.path, *(above.path for above in _above(union))],
        user__is_active=True,
    ).exclude(user=but)
    near = near.order_by("-union__path")
    nearest = [post.user for post in near if post.union.path == near[0].union.path] if near else []
    return list(dict.fromkeys(nearest))


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


def highest_union(user: User) -> Union | None:
    """The highest union for which this person sits at a desk."""
    return min((post.union for post in posts_of(user)), key=lambda u: len(u.path), default=None)


def own_rules(union: Union) -> QuerySet[RuleCard]:
    """The cards that this union itself has set, the latest of each code first."""
    return RuleCard.objects.filter(union=union).order_by("code", "-valid_from")


KEPT_BY_SOMEBODY = (
    Role.ADMIN,
    Role.KEEPER,
)  # offices that are never left empty by closing an account
YEARS_AHEAD = 2
BASES = {
    "notice": N_("按本平台录入的通知"),
    "calendar": N_("按国务院办公厅通知"),
    "law": N_("通知还没有录入，按法定节假日暂定"),
}


def calendar_years() -> list[tuple[int, str, bool]]:
    """This year and those ahead: the year, what its terms are reckoned by, and whether that is provisional."""
    this_year = timezone.localdate().year
    years = range(this_year, this_year + YEARS_AHEAD + 1)
    bases = ((year, workdays.basis_of(year)) for year in years)
    return [(year, BASES[basis], basis == "law") for year, basis in bases]
