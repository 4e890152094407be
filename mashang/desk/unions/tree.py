"""组织与任职: the tree, its particulars and its posts. No page of this kind shows business data."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang import workflows
from mashang.accounts.models import User
from mashang.core.errors import Invalid
from mashang.core.seen import ChangedMeanwhile, mark_of
from mashang.core.wording import day
from mashang.desk.unions.forms.tree import AppointForm, FoundForm, ParticularsForm, ResetForm
from mashang.unions import queries
from mashang.unions.actions import posts, tree
from mashang.unions.actions.tree import Particulars
from mashang.unions.models import Post, Union
from mashang.unions.roles import Permission, holds
from mashang.web.forms import refusals_in, seen_in, status_after, status_of
from mashang.web.policies import Level, staff_act, staff_form, staff_page
from mashang.web.request import SignedIn

MANAGE, CONFIRM = Permission.TREE_MANAGE, Permission.POST_CONFIRM


CLOSING = N_(
    "这个工会从今天起不再接收申请，也不能再任职；已有记录都保留。下级工会和在任人员要先办理撤并和离任，档案、申请、心愿要先办结或者转走。"
)
LEAVING = N_(
    "从确认的那一刻起，就不能再以这个角色办理，开着的页面也不行；没有别的任职的，登录随即结束。经手的记录都保留。"
)
TAKING_BACK = N_("这项任职还没有第二人确认，从来没有生效；撤回以后不用再确认，要任职的重新提出。")
STOPPING = N_(
    "从确认的那一刻起，这个账号打不开任何东西：密码、口令、所有设备和应用一起停，开着的页面也不行，全部任职停下来。"
    "本人（登记了手机的）、档案管理员和审批人会收到通知。一个人就能停；要恢复，得重置登录，再由第二人确认。"
)
RESETTING = N_(
    "原来的密码、动态口令和备用码马上作废，所有设备退出登录，全部任职都停下来。"
    "等第二个人在“待确认任职”里重新确认后，任职恢复，新的启用码发到本人手机，由本人重新设置。"
)


def _managed(request: SignedIn, union_id: UUID) -> Union:
    """A union in the branches that this administrator manages; else 404."""
    return get_object_or_404(queries.unions_where(request.user, MANAGE), pk=union_id)


@staff_page(MANAGE, Level.P2)
def top(request: SignedIn) -> HttpResponse:
    """组织架构: to the union at the top of one's branch, or a choice of several."""
    tops = queries.tops(queries.unions_where(request.user, MANAGE))
    if len(tops) == 1:
        return redirect("desk:union", tops[0].pk)
    return render(request, "desk/unions/tops.html", {"tops": tops})


@staff_page(MANAGE, Level.P2)
def union(request: SignedIn, union_id: UUID) -> HttpResponse:
    shown = _managed(request, union_id)
    managed = queries.unions_where(request.user, MANAGE)
    line = [above for above in queries.line(shown)[:-1] if managed.filter(pk=above.pk).exists()]
    context = {
        "union": shown,
        "crumbs": [(above.name, reverse("desk:union", args=[above.pk])) for above in line],
        "children": queries.children(shown),
        "posts": _with_what_bars_closing(request, queries.present_posts(shown)),
        "today": timezone.localdate(),
        "facts": queries.particulars(shown),
    }
    return render(request, "desk/unions/union.html", context)


def _with_what_bars_closing(request: SignedIn, posts: Iterable[Post]) -> list[tuple[Post, str]]:
    """Each post, and why its holder's account cannot be closed here; empty where it can."""
    rows = list(posts)
    barred = queries.why_not_close_each({post.user_id for post in rows}, request.user)
    return [(post, str(barred.get(post.user_id, ""))) for post in rows]


@staff_form(MANAGE, Level.P2)
def found(request: SignedIn, union_id: UUID) -> HttpResponse:
    """建立下级工会."""
    parent = _managed(request, union_id)
    form = FoundForm(request.POST or None, parent=parent)
    if form.is_valid():
        typed = form.cleaned_data
        with refusals_in(form, only=Invalid):
            made = tree.found(
                parent, typed["kind"], form.particulars(), by=request.user, code=typed["code"]
            )
            messages.success(request, _("已建立“%(name)s”") % {"name": made.name})
            return redirect("desk:union", made.pk)
    return _form(request, parent, form, N_("建立下级工会"), N_("建立工会"))


@staff_form(MANAGE, Level.P2)
def correct(request: SignedIn, union_id: UUID) -> HttpResponse:
    """更正工会信息."""
    shown = _managed(request, union_id)
    now = {name: getattr(shown, name) for name in Particulars.__dataclass_fields__}
    near = shown.parent.region_code if shown.parent else shown.region_code
    form = ParticularsForm(request.POST or None, near=near, initial=now)
    refused = refusals_in(form, only=(Invalid, ChangedMeanwhile))
    if form.is_valid():
        with refused:
            tree.correct(shown, form.particulars(), by=request.user, seen=seen_in(request))
            messages.success(request, _("工会信息已更正"))
            return redirect("desk:union", shown.pk)
    shown = _managed(request, union_id)  # as it is now
    status = status_after(request, form, refused)
    return _form(request, shown, form, N_("更正工会信息"), N_("保存更正"), status)


@staff_form(MANAGE, Level.P2)
def close(request: SignedIn, union_id: UUID) -> HttpResponse:
    """撤销工会: asks once and names the effect."""
    shown = _managed(request, union_id)
    if request.method == "GET":
        title = _("撤销“%(name)s”？") % {"name": shown.name}
        barred = tree.what_bars_closing(shown)
        return _ask(request, shown, title, CLOSING, N_("确认撤销"), barred=barred)
    tree.close(shown, by=request.user)
    messages.success(request, _("“%(name)s”已撤销") % {"name": shown.name})
    return redirect("desk:union", shown.pk)


@staff_form(MANAGE, Level.P2)
def appoint(request: SignedIn, union_id: UUID) -> HttpResponse:
    """任职: a person with an account, or a new colleague who gets one now."""
    shown = _managed(request, union_id)
    form = AppointForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            posts.appoint_or_invite(shown, **form.cleaned_data, by=request.user)
            messages.success(
                request, N_("任职已登记，待第二人确认；新来的同事，确认后启用码发到本人手机")
            )
            return redirect("desk:union", shown.pk)
    return _form(request, shown, form, N_("任职"), N_("提交任职"))


@staff_form(MANAGE, Level.P2)
def end_post(request: SignedIn, post_id: UUID) -> HttpResponse:
    """离任."""
    post = _post(request, post_id, MANAGE)
    if request.method == "GET":
        named = {"name": post.user.name, "role": _(post.get_role_display())}
        if not post.has_counted:
            title = _("撤回 %(name)s 的“%(role)s”任职？") % named
            return _ask(request, post.union, title, TAKING_BACK, N_("确认撤回"))
        title = _("为 %(name)s 办理“%(role)s”离任？") % named
        return _ask(request, post.union, title, LEAVING, N_("确认离任"))
    workflows.end_post(post, by=request.user)
    messages.success(request, _("已办理离任") if post.has_counted else _("已撤回，这项任职不生效"))
    return redirect("desk:union", post.union_id)


@staff_form(MANAGE, Level.P2, fresh=True)
def reset_account(request: SignedIn, union_id: UUID, user_id: UUID) -> HttpResponse:
    """重置登录: for a colleague who lost both factors; asks once and names the effect."""
    shown = _managed(request, union_id)
    user = get_object_or_404(User.objects.filter(posts__union=shown).distinct(), pk=user_id)
    form = ResetForm(request.POST or None, has_phone=user.work_phone is not None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form, only=Invalid):
            posts.reset_account(user, at=shown, by=request.user, **form.cleaned_data)
            messages.success(request, N_("登录已重置，待第二人确认后，新的启用码发到本人手机"))
            return redirect("desk:union", shown.pk)
    title = _("重置 %(name)s 的登录？") % {"name": user.name}
    context = {"form": form, "phone": queries.masked_work_phone(user)}
    status = status_of(form)
    return _ask(request, shown, title, RESETTING, N_("确认重置"), status=status, **context)


@staff_form(Permission.ACCOUNT_CLOSE, Level.P2, fresh=True)
def close_account(request: SignedIn, union_id: UUID, user_id: UUID) -> HttpResponse:
    """停用账号: by the administrator, or by the keeper who looks into an alert; asks once and names the effect."""
    where = queries.unions_where(request.user, Permission.ACCOUNT_CLOSE)
    shown = get_object_or_404(where, pk=union_id)
    user = get_object_or_404(User.objects.filter(posts__union=shown).distinct(), pk=user_id)
    back = reverse("desk:union", args=[shown.pk])
    if not holds(request.user, MANAGE):
        back = reverse("desk:alerts")
    if request.method == "GET":
        title = _("停用 %(name)s 的账号？") % {"name": user.name}
        return _ask(request, shown, title, STOPPING, N_("确认停用"), back=back)
    workflows.close_account(user, by=request.user)
    messages.success(request, N_("账号已停用，所有设备已退出；要恢复的，重置登录并由第二人确认"))
    return redirect(back)


@staff_page(CONFIRM, Level.P2)
def appointments(request: SignedIn) -> HttpResponse:
    """待确认任职: what colleagues proposed and somebody else has to confirm."""
    context = {"waiting": queries.waiting_posts(request.user)}
    return render(request, "desk/unions/appointments.html", context)


@staff_act(CONFIRM, Level.P2, fresh=True)
def confirm_post(request: SignedIn, post_id: UUID) -> HttpResponse:
    """确认任职, or 不同意: what the second person says to a proposal; whoever proposed it takes it back (撤回)."""
    post = _post(request, post_id, CONFIRM)
    if request.POST.get("decision") == "decline":
        posts.decline(post, by=request.user)
        is_own = post.appointed_by_id == request.user.pk
        words = _("已撤回，这项任职不生效") if is_own else None
        messages.success(request, words or _("没有确认，这项任职不生效；已告诉提出的同志"))
        return redirect("desk:appointments")
    posts.confirm(post, by=request.user)
    if post.from_on > timezone.localdate():
        messages.success(request, _("任职已确认，%(day)s起生效") % {"day": day(post.from_on)})
    else:
        messages.success(request, _("任职已确认，即日起生效"))
    return redirect("desk:appointments")


def _ask(
    request: SignedIn, at: Union, title: str, effect: str, verb: str, status: int = 200, **also: Any
) -> HttpResponse:
    context = {"union": at, "title": title, "effect": effect, "verb": verb, **also}
    return render(request, "desk/unions/ask.html", context, status=status)


def _post(request: SignedIn, post_id: UUID, permission: Permission) -> Post:
    rows = Post.objects.filter(union__in=queries.unions_where(request.user, permission))
    return get_object_or_404(rows.select_related("union", "user"), pk=post_id)


def _form(
    request: SignedIn,
    shown: Union,
    form: FoundForm | ParticularsForm | AppointForm,
    title: str,
    verb: str,
    status: int | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "union": shown,
        "seen": mark_of(queries.union_shown(shown)),
        "title": title,
        "verb": verb,
        "crumbs": [(shown.name, reverse("desk:union", args=[shown.pk]))],
    }
    return render(request, "desk/unions/form.html", context, status=status or status_of(form))
