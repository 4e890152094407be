"""演示布景: dictionaries, the tree, flows, rules, and everybody's posts; before the first household."""

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from mashang.accounts.actions import kin_declarations, phones
from mashang.accounts.models import User
from mashang.cases.assessment.for_application import CARD_KIND
from mashang.cases.rules import default_cards
from mashang.cases.safeguards import kin_declared_until
from mashang.core.privacy.identity import credit_check_digit
from mashang.demo import made_up, pictures
from mashang.demo.made_up import make_name
from mashang.demo.personas import (
    COUNTY,
    FIRM,
    FIRMS_PHONE,
    GIVERS,
    HELPERS,
    PROVINCE,
    STAFF,
    Colleague,
)
from mashang.demo.unions import build_tree, employers
from mashang.givers import actions as givers
from mashang.reference import actions as reference
from mashang.reviews import actions as reviews
from mashang.unions.actions import posts, rules
from mashang.unions.models import Post, Union
from mashang.unions.roles import Role

TEAM = (
    Role.CLERK,
    Role.CLERK,
    Role.REVIEWER,
    Role.APPROVER,
)  # of each city outside the two branches
_COLLEAGUES_FROM = 4_990_000  # behind the numbers of all households


@dataclass
class Stage:
    """Where the demo plays: the unions by their codes, and who holds which post."""

    unions: dict[str, Union]
    posts: list[Post]
    helpers: list[User]
    givers: list[User]
    _found: dict[Any, User] = field(default_factory=dict)

    def who(self, role: Role, union: Union, *, but: User | None = None) -> User:
        """The colleague in that role nearest to the union: there, or above it."""
        sought = (role, union.path, but and but.pk)
        if sought not in self._found:
            self._found[sought] = self._nearest(role, union, {but})
        return self._found[sought]

    def _nearest(self, role: Role, union: Union, others: Container[User | None]) -> User:
        fitting = [
            post
            for post in self.posts
            if post.role == role and post.union.is_above(union) and post.user not in others
        ]
        return max(fitting, key=lambda post: len(post.union.path)).user


def is_set() -> bool:
    return User.objects.filter(username=STAFF[0].username, name=STAFF[0].name).exists()


def make_stage() -> Stage:
    """Everything that a union has before its first application. Call it on the demo's first day."""
    today = timezone.localdate()
    reference.load_regions()
    reference.load_demo_standards()
    tree = build_tree(on=today)
    reviews.install_default_flows(tree[PROVINCE], valid_from=today)
    for colleague in (*STAFF, *_teams()):
        _employ(colleague, tree[colleague.union])
    stage = standing_stage()
    _lay_out_rules(stage)
    _bring_in_givers(stage)
    return stage


def standing_stage() -> Stage:
    """The stage as an earlier run has left it."""
    unions = {union.code: union for union in Union.objects.all()}
    current = Post.objects.current(timezone.localdate()).select_related("user", "union")
    helpers = [_helper(helper.phone, helper.name) for helper in HELPERS]
    people = [phones.get_or_create_account(giver.phone, name=giver.name) for giver in GIVERS]
    posts_now = list(current.order_by("union__path", "user__username"))
    return Stage(unions, posts_now, helpers, people)


def _bring_in_givers(stage: Stage) -> None:
    """Four people who say how they are named, and one enterprise that the county has looked at."""
    for person, giver in zip(stage.givers, GIVERS, strict=True):
        givers.introduce(
            nickname=giver.nickname, shown_as="nickname", is_on_honour_list=True, by=person
        )
    county = stage.unions[COUNTY]
    buyer = phones.get_or_create_account(FIRMS_PHONE, name="龙秀英")
    particulars = givers.Particulars(
        county, "enterprise", FIRM, _firms_code(), "龙秀英", FIRMS_PHONE
    )
    firm = givers.apply_for(particulars, licence=pictures.paper("id_card"), by=buyer)
    givers.approve(firm, by=stage.who(Role.REVIEWER, county))


def _firms_code() -> str:
    first_17 = f"91{COUNTY}XXXXDEM01"
    return first_17 + credit_check_digit(first_17)


def _employ(colleague: Colleague, union: Union) -> None:
    user = posts.invite(colleague.username, colleague.name, at=union, by=None)
    posts.install(user, union, colleague.role)


def let_them_declare() -> None:
    """Everybody at a desk has said who their kin are: a visitor who steps in finds the work, not the question."""
    colleagues = User.objects.filter(is_staff=True).order_by("username")
    for serial, user in enumerate(colleagues, start=_COLLEAGUES_FROM):
        if kin_declared_until(user) is None:
            number = made_up.make_id_number(serial, "female", date(1985, 1, 1))
            kin_declarations.declare(number, [], has_none=True, by=user)


def _teams() -> list[Colleague]:
    """A small team for each city in which households live, named by dice."""
    cities = sorted({f"{code[:4]}00" for code in employers()})
    return [
        Colleague(
            f"{city[:4]}-{number}",
            make_name(int(city) * 10 + number, "female", date(1985, 1, 1)),
            role,
            city,
        )
        for city in cities
        for number, role in enumerate(TEAM, start=1)
    ]


def _lay_out_rules(stage: Stage) -> None:
    """The house's own cards as the province's, so that the page of rules has something to show."""
    province = stage.unions[PROVINCE]
    by = stage.who(Role.APPROVER, province)
    for card in default_cards():
        begins = date.fromisoformat(card["valid_from"])
        rules.set_rule(
            province, CARD_KIND, card["code"], dict(card),
            by=by, source=card["source"], valid_from=begins,
        )  # fmt: skip


def _helper(phone: str, name: str) -> User:
    return phones.get_or_create_account(phone, name=name)
