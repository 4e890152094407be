"""告知: what the family and the colleagues are told while a wish is on its way to the wall."""

from datetime import date

from django.utils import timezone

from mashang.cases.notices import day_words
from mashang.notices import actions as notices
from mashang.notices.kinds import Kind, kind
from mashang.unions.models import Post, Union
from mashang.unions.roles import Role
from mashang.wishes.models import Wish
from mashang.wishes.offices import office_of

ASSISTED = kind(
    "wish.assisted",
    "工会替您发了心愿",
    "{union}受您委托，替您填写了一个心愿。如果不是您本人的意思，请拨打 {hotline}。",
)
ASSISTED_TO_HOME = kind(
    "wish.assisted_to_home",
    "工会替您发了心愿",
    "{union}受您委托，替您填写了一个心愿，并登记您同意直接送到家：有人认领以后，认领人能看到您的姓名、电话和住址。不是您本人的意思，或者不想告诉住址，请打开“我的心愿”点“不想再告诉住址”，或拨打 {hotline}。",
)
OPENED = kind(
    "wish.opened",
    "您的心愿上墙了",
    "{union}已把您的心愿放上心愿墙，隐去了姓名和单位。有人认领会告诉您；满 {days} 天没有人认领，工会来想办法。",
)
RETURNED = kind(
    "wish.returned",
    "您的心愿要改一处",
    "{union}看过您的心愿，有地方要改一下。请打开“我的心愿”看说明，改好再提交，不用从头填。",
)
CLOSED = kind(
    "wish.closed",
    "您的心愿没有继续",
    "很抱歉，{union}没有让这个心愿继续。原因写在“我的心愿”里，不影响帮扶；不明白请拨打 {hotline}。",
)
TAKEN_DOWN = kind(
    "wish.taken_down",
    "心愿已从心愿墙撤下",
    "按您的意思，心愿已经从心愿墙撤下，不再公开。已经有人认领的，{union}会照样办好转交给您。",
)
HIDDEN = kind(
    "wish.hidden",
    "您的心愿暂不公开",
    "有人反映公开的内容有问题，{union}先把您的心愿从心愿墙撤下了。原因写在“我的心愿”里；已经有人认领的，会照样办好转交给您。",
)
SHOWN_AGAIN = kind(
    "wish.shown_again",
    "您的心愿已恢复公开",
    "{union}核实了您的心愿，没有问题，已经可以照常办理。有变化或有疑问，请拨打 {hotline}。",
)
TO_CHECK = kind(
    "wish.to_check",
    "有新的心愿待初审",
    "{union}有一个心愿待初审，请在 {day} 前办理。",
    by_sms=False,
)
TO_OPEN = kind(
    "wish.to_open",
    "有心愿待终审",
    "{union}有一个心愿已通过初审，请在 {day} 前终审。",
    by_sms=False,
)


def family_told(wish: Wish, what: Kind, **facts: object) -> None:
    """Into the inbox of whoever signs in for the family; others are told by the union, face to face."""
    values = {"union": wish.union.name, "hotline": wish.union.hotline, **facts}
    for owner in wish.holder.owners():
        notices.tell(owner, what, url=f"/my-wishes/{wish.pk}/", **values)


def checkers_told(wish: Wish, due_on: date) -> None:
    _colleagues_told(wish, wish.union, Role.CLERK, TO_CHECK, due_on)


def openers_told(wish: Wish, due_on: date) -> None:
    _colleagues_told(wish, office_of(wish.union), Role.REVIEWER, TO_OPEN, due_on)


def _colleagues_told(wish: Wish, union: Union, role: Role, what: Kind, due_on: date) -> None:
    posts = Post.objects.current(timezone.localdate()).filter(union=union, role=role)
    values = {"union": wish.union.name, "day": day_words(due_on)}
    for post in posts.select_related("user"):
        notices.tell(post.user, what, url=f"/desk/wishes/{wish.pk}/", **values)
