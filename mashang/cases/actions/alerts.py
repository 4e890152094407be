"""异常提醒: raised where something unusual happened, taken up and settled by those who watch over a branch."""

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.accounts.queries import accounts_of
from mashang.cases.models import Alert, Holder
from mashang.cases.queries.shown import alert_shown
from mashang.cases.refusals import OwnAlert
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.locks import locked
from mashang.core.errors import Invalid
from mashang.core.seen import require_seen
from mashang.notices import actions as notices
from mashang.notices.kinds import kind
from mashang.reviews.queries import paths_upwards
from mashang.unions.models import Post, Union
from mashang.unions.queries import highest_union
from mashang.unions.roles import ROLE_PERMISSIONS, Permission, require

State = Alert.State
SHORTEST_FINDING = 4
RAISED = kind(
    "alert.raised",
    "有一条异常提醒",
    "{union}有一位同志的操作异常，请打开“异常提醒”查一查，并写明查到什么。",
    by_sms=False,
)


@action
def over_the_limit(what: str, *, why: str = "", by: User) -> Alert | None:
    """超过限度: the first time that day raises the alert, later ones count on it; None for who holds no post."""
    union = highest_union(by)
    if union is None:
        return None
    alert, is_new = (
        Alert.objects.unscoped(why="the house raises it")
        .unsettled()
        .get_or_create(
            kind=what,
            about=by,
            day=timezone.localdate(),
            holder=None,
            defaults={"union": union, "union_path": union.path, "why": why},
        )
    )
    if not is_new:
        Alert.objects.filter(pk=alert.pk).update(times=F("times") + 1)
        return alert
    _tell_watchers(union, but=by)
    record("alert.raised", alert, by=by, union=union, kind=what)
    return alert


@action
def about_household(what: str, holder: Holder, *, about: User, why: str, by: User) -> Alert:
    """What happened with one household's file, and who did it; the keepers are told by whoever calls."""
    alert = Alert.objects.create(
        kind=what,
        about=about,
        union=holder.union,
        union_path=holder.union_path,
        holder=holder,
        day=timezone.localdate(),
        why=why,
    )
    record("alert.raised", alert, by=by, union=holder.union, kind=what)
    return alert


@action
def take(alert: Alert, *, by: User, seen: str | None = None) -> None:
    """我来查: by anybody who watches over the branch, but not by the account that it is about."""
    alert = _locked(alert, by)
    require_seen(seen, alert_shown(alert))
    alert.transition_to(State.TAKEN, taken_by=by)
    record("alert.taken", alert, by=by, union=alert.union)


@action
def settle(alert: Alert, *, found: str, by: User, seen: str | None = None) -> None:
    """查清: with a sentence of what was found, by another person. Raises Invalid, OwnAlert."""
    alert = _locked(alert, by)
    if alert.about_id in accounts_of(by):
        raise OwnAlert
    require_seen(seen, alert_shown(alert))
    if len(found.strip()) < SHORTEST_FINDING:
        words = _("请写明查到什么、怎么处理的，至少 %(n)d 个字") % {"n": SHORTEST_FINDING}
        raise Invalid(fields={"found": words})
    alert.transition_to(
        State.SETTLED, found=found.strip(), settled_by=by, settled_at=timezone.now()
    )
    record("alert.settled", alert, by=by, union=alert.union)


def _locked(alert: Alert, by: User) -> Alert:
    alert = locked(Alert.objects.filter(pk=alert.pk).select_related("union")).get()
    require(by, Permission.ALERT_READ, at=alert.union)
    if alert.about_id == by.pk:
        raise OwnAlert
    return alert


def _tell_watchers(union: Union, *, but: User) -> None:
    roles = [role for role, may in ROLE_PERMISSIONS.items() if Permission.ALERT_READ in may]
    posts = Post.objects.current(timezone.localdate()).filter(
        role__in=roles, union__path__in=paths_upwards(union.path)
    )
    watchers = {post.user_id: post.user for post in posts.select_related("user__data_key")}
    for watcher in watchers.values():
        if watcher.pk != but.pk:
            notices.tell(watcher, RAISED, url="/desk/alerts/", union=union.name)


TOO_MANY_REVEALS = N_(
    "今天查看隐藏信息已到限度，请明天再看；确有急需的，请同事查看。档案管理员、审批人和监督会收到提醒"
)
TOO_MANY_PAPERS = N_(
    "今天查看材料照片已到限度，请明天再看；确有急需的，请同事查看。档案管理员、审批人和监督会收到提醒"
)
TOO_MANY_NUMBERS = N_(
    "今天录入身份证号已到限度，请明天再办；确有急需的，请同事办理。档案管理员、审批人和监督会收到提醒"
)
