"""告知换号换卡: the old number, the new one, the helper and whoever may confirm; impersonal facts only."""

from typing import Any

from django.utils import timezone

from mashang.accounts.models import User
from mashang.cases.models import Case, ChannelChange, Holder, Pairing
from mashang.cases.notices import day_words
from mashang.cases.queries.access import keepers_of
from mashang.notices import actions as notices
from mashang.notices.kinds import Kind, kind
from mashang.reviews.queries import paths_upwards
from mashang.unions.models import Post
from mashang.unions.queries import no_second_for
from mashang.unions.roles import ROLE_PERMISSIONS, Permission

Channel = ChannelChange.Kind
OWN_PAGE = "/own/numbers/"

ASKED: dict[str, Kind] = {
    Channel.SIGN_IN: kind(
        "channel.sign_in_asked",
        "有人要换您的登录手机号",
        "有人到{union}申请更换您的登录手机号，还没有换。不是您本人办的，请马上打开“我的服务”叫停，或者拨打 {hotline}。",
    ),
    Channel.CONTACT: kind(
        "channel.contact_asked",
        "有人要换您家的联系手机号",
        "有人到{union}申请更换您家登记的联系手机号，还没有换。不是您家办的，请马上拨打 {hotline}。",
    ),
    Channel.ACCOUNT: kind(
        "channel.account_asked",
        "您家的收款账号有改动",
        "{union}收到您家新的收款账号，核实以前不会往这个账号打款。不是您家改的，请马上打开“我的服务”叫停，或者拨打 {hotline}。",
    ),
}
NAMED = kind(
    "channel.new_phone_named",
    "有人把这个号码报给了工会",
    "有人到{union}把这个号码报为一户家庭的新手机号，还没有换。不是您办的，请拨打 {hotline}。",
)
HELPER_ASKED = kind(
    "channel.helper_told",
    "结对家庭有一次换号换卡",
    "{union}的一户结对家庭正在更换手机号或收款账号。请向这家人问一声是不是他们自己办的，不是的请拨打 {hotline}。",
)
TO_CONFIRM = kind(
    "channel.to_confirm",
    "有一次换号换卡等您确认",
    "{union}有一户家庭要换手机号或收款账号，请另行核实以后确认；核实不了的，不要确认。",
    by_sms=False,
)
CONFIRMED = kind(
    "channel.confirmed",
    "更换已确认，还没有生效",
    "{union}的第二位同志已经确认，{day}起生效。不是您家要换的，请在这之前打开“我的服务”叫停，或者拨打 {hotline}。",
)
TERM_MOVED = kind(
    "channel.term_moved",
    "生效的日子变了",
    "因为放假安排有变，在{union}申请的更换改为{day}起生效。不是您家要换的，请在这之前打开“我的服务”叫停，或者拨打 {hotline}。",
)
DONE = kind(
    "channel.done",
    "更换已经生效",
    "您家在{union}登记的号码或账号已经换成新的。不是您家要换的，请马上拨打 {hotline}。",
)
NOT_DONE = kind(
    "channel.not_done",
    "这次没有更换",
    "在{union}申请的更换没有办成，您家登记的号码和账号都照旧。有疑问请拨打 {hotline}。",
)
ASKED_NOT_DONE = kind(
    "channel.asked_not_done",
    "您提出的更换没有办成",
    "您在{union}替一户家庭提出的更换没有办成，登记的号码和账号都照旧。还要换的，核实以后重新提出。",
    by_sms=False,
)
ACCOUNT_NOT_DONE = kind(
    "channel.account_not_done",
    "新填的收款账号没有通过",
    "在{union}新填的收款账号没有核实通过，不会往这个账号打款。有救助等着打给您的，请打开“我的事项”重填收款账号，或到工会窗口办；有疑问请拨打 {hotline}。",
)
STOPPED = kind(
    "channel.stopped",
    "有一次换号换卡被本人叫停",
    "{union}有一次换号换卡被本人叫停：不是本人要换的。请查明是谁、凭什么提出的。",
    by_sms=False,
)
LINKED = kind(
    "holder.linked",
    "您家的申请已接到这个手机号",
    "您家在{union}办过的申请，现在可以用登记的手机号查看和办理了。不是您家接的，请马上拨打 {hotline}。",
)
LINKED_OTHERS = kind(
    "holder.linked_others",
    "有一户家庭接上了账号",
    "{union}有一户家庭用登记的手机号接上了自己的账号。您认识这家人的，请问一声是不是本人；不是的请拨打 {hotline}。",
    by_sms=False,
)


def asked(change: ChannelChange, *, needs_colleague: bool = False) -> None:
    """At the asking: the old channel, the new phone, the helper, and who may confirm."""
    old_channel(change, ASKED[change.kind])
    if change.kind != Channel.ACCOUNT:
        _text(change, change.new_value.reveal(), NAMED)
    _helpers(change.holder, HELPER_ASKED)
    if not change.by_household or needs_colleague:
        for colleague in may_confirm(change.holder, other_than=change.asked_by):
            _tell(colleague, TO_CONFIRM, change.holder, f"/desk/channels/{change.pk}/")


def confirmed(change: ChannelChange) -> None:
    if change.effective_on is not None:
        old_channel(change, CONFIRMED, day=day_words(change.effective_on))


def term_moved(change: ChannelChange) -> None:
    if change.effective_on is not None:
        old_channel(change, TERM_MOVED, day=day_words(change.effective_on))


def done(change: ChannelChange) -> None:
    """The sign-in phone has its own words, said where it is replaced."""
    if change.kind == Channel.SIGN_IN:
        return
    old_channel(change, DONE)
    if change.kind == Channel.CONTACT:
        _text(change, change.new_value.reveal(), DONE)


def not_done(change: ChannelChange) -> None:
    old_channel(change, ACCOUNT_NOT_DONE if change.kind == Channel.ACCOUNT else NOT_DONE)
    not_done_to_asker(change)


def not_done_to_asker(change: ChannelChange) -> None:
    """To the colleague who asked, unless they took it back; the household has said something else itself."""
    asker = change.asked_by
    if not change.by_household and asker.is_staff and asker.pk != change.ended_by_id:
        _tell(asker, ASKED_NOT_DONE, change.holder, f"/desk/channels/{change.pk}/")


def stopped(change: ChannelChange) -> None:
    """The keepers on the line above the household look into it."""
    for keeper in keepers_of(change.holder):
        _tell(keeper, STOPPED, change.holder, "/desk/alerts/")


def linked(holder: Holder, user: User) -> None:
    """Whoever the household was known by hears that somebody signs in for it from now on."""
    _tell(user, LINKED, holder, "/matters/")
    changes = ChannelChange.objects.of_holder(holder).filter(
        kind=Channel.CONTACT, state=ChannelChange.State.DONE
    )
    for change in changes.select_related("holder__data_key", "holder__union"):
        _text(change, change.old_value.reveal(), LINKED)
    _helpers(holder, LINKED_OTHERS)
    for colleague in may_confirm(holder):
        _tell(colleague, LINKED_OTHERS, holder, "/desk/inbox/")


def may_confirm(holder: Holder, *, other_than: User | None = None) -> list[User]:
    """Who may change files at the household's union; where nobody makes two with `other_than`, at the
    next one above."""
    roles = [role for role, may in ROLE_PERMISSIONS.items() if Permission.CASE_CHANGE in may]
    posts = (
        Post.objects.current(timezone.localdate())
        .filter(union__path__in=paths_upwards(holder.union_path), role__in=roles)
        .exclude(user__in=no_second_for(other_than) if other_than else ())
        .select_related("user__data_key", "union")
    )
    at: dict[str, dict[object, User]] = {}
    for post in posts:
        at.setdefault(post.union.path, {})[post.user_id] = post.user
    return list(at[max(at, key=len)].values()) if at else []


def old_channel(change: ChannelChange, what: Kind, **facts: object) -> None:
    """Everybody who signs in for the household; one without an account at the phone that was given."""
    owners = list(change.holder.owners())
    for owner in owners:
        _tell(owner, what, change.holder, OWN_PAGE, **facts)
    phone = change.old_value.reveal() if change.kind == Channel.CONTACT else ""
    if not owners and not phone and change.holder.phone:
        phone = change.holder.phone.reveal()
    if not owners and phone:
        _text(change, phone, what, **facts)


def _helpers(holder: Holder, what: Kind) -> None:
    case = Case.objects.filter(holder=holder).first()
    if case is None:
        return
    for pairing in Pairing.objects.filter(case=case).live().select_related("helper__data_key"):
        _tell(pairing.helper, what, holder, "/families/")


def _tell(user: User, what: Kind, holder: Holder, url: str, **facts: object) -> None:
    named = {"union": holder.union.name, "hotline": holder.union.hotline, **facts}
    notices.tell(user, what, url=url, **named)


def _text(change: ChannelChange, phone: str, what: Kind, **facts: object) -> None:
    union = change.holder.union
    named: dict[str, Any] = {"union": union.name, "hotline": union.hotline, **facts}
    notices.text_phone(phone, what, change.holder.data_key, **named)
