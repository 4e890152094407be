"""微心愿审核: the list of what waits, one wish with what the check has found, and posting for a worker."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang import workflows
from mashang.accounts.models import Consent
from mashang.aid.queries import received, total_fen
from mashang.cases.actions import access
from mashang.cases.actions.recusal import is_kin
from mashang.cases.models import Case
from mashang.core.seen import ChangedMeanwhile, mark_of
from mashang.desk.wishes.forms.moderation import (
    AssistForm,
    HideForm,
    OpenForm,
    ShownForm,
    WhyForm,
    WithdrawForm,
    of_wish,
)
from mashang.screening.shared_words import Piece, pieces, told_in
from mashang.screening.told import without
from mashang.unions.roles import Permission
from mashang.web.forms import caution, refusals_in, seen_in, status_after, status_of
from mashang.web.policies import Level, staff_act, staff_form, staff_page
from mashang.web.request import SignedIn
from mashang.wishes.actions import consents
from mashang.wishes.actions import moderation as moderation_actions
from mashang.wishes.actions import wishes as wish_actions
from mashang.wishes.eligibility import case_of, cautions, check_words, marks_on
from mashang.wishes.models import Wish
from mashang.wishes.queries import descriptions, history, moderation
from mashang.wishes.queries.access import ASSISTING, MODERATING
from mashang.wishes.queries.preview import as_shown, preview
from mashang.wishes.rules import rules_at
from mashang.wishes.text_check import opinion
from mashang.wishes.words import TEXTS, WishWords, words_of, words_shown

PAGE = 50


@staff_page(Permission.WISH_READ, Level.P2)
def wishes(request: SignedIn) -> HttpResponse:
    """心愿清单: what waits for me, the longest first; every state of the branch beside it."""
    form = ShownForm(request.GET)
    form.is_valid()  # an unknown state shows what waits
    show = form.cleaned_data.get("show") or moderation.MINE
    rows = moderation.wishes_in(request.user, show)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "page": page,
        "rows": [(wish, (today - timezone.localdate(wish.created_at)).days) for wish in page],
        "show": show,
        "shows": [(moderation.MINE, N_("待我办理")), *Wish.State.choices],
    }
    return render(request, "desk/wishes/list.html", context)


@staff_page(Permission.WISH_READ, Level.P3)
def wish(request: SignedIn, pk: UUID) -> HttpResponse:
    """One wish: its words with the check's findings, k, the household so far, and the next step."""
    return _draw(request, _wish(request, pk))


@staff_act(Permission.WISH_CHECK, Level.P3)
def check_wish(request: SignedIn, pk: UUID) -> HttpResponse:
    """初审通过."""
    wish = _wish(request, pk)

    def do(cleaned: dict[str, Any]) -> None:
        moderation_actions.check(wish, by=request.user, seen=seen_in(request))

    message = N_("初审已通过，已交县级工会终审")
    return _act(request, wish, Form(request.POST), do, message, "check_form")


@staff_act(Permission.WISH_OPEN, Level.P3)
def open_wish(request: SignedIn, pk: UUID) -> HttpResponse:
    """终审通过，上墙."""
    wish = _wish(request, pk)
    form = OpenForm(_rungs(wish), request.POST)

    def do(cleaned: dict[str, Any]) -> None:
        moderation_actions.open_on_wall(wish, **cleaned, by=request.user, seen=seen_in(request))

    return _act(request, wish, form, do, N_("心愿已上墙，已告诉职工"), "open_form")


@staff_act(Permission.WISH_READ, Level.P3)
def send_back_wish(request: SignedIn, pk: UUID) -> HttpResponse:
    """退回修改."""
    wish = _wish(request, pk)

    def do(cleaned: dict[str, Any]) -> None:
        moderation_actions.send_back(
            wish, why=cleaned["why"], by=request.user, seen=seen_in(request)
        )

    return _act(
        request, wish, WhyForm(request.POST), do, N_("已退回，职工会看到要改哪里"), "why_form"
    )


@staff_act(Permission.WISH_READ, Level.P3)
def close_wish(request: SignedIn, pk: UUID) -> HttpResponse:
    """下架."""
    wish = _wish(request, pk)

    def do(cleaned: dict[str, Any]) -> None:
        seen = seen_in(request)
        moderation_actions.close(wish, why=cleaned["why"], by=request.user, seen=seen)

    return _act(request, wish, WhyForm(request.POST), do, N_("已下架，职工会看到原因"), "why_form")


@staff_act(Permission.WISH_READ, Level.P3)
def hide_wish(request: SignedIn, pk: UUID) -> HttpResponse:
    """撤下: off the wall at once, claimed or come true or not."""
    wish = _wish(request, pk)

    def do(cleaned: dict[str, Any]) -> None:
        seen = seen_in(request)
        moderation_actions.hide(wish, why=cleaned["hidden_why"], by=request.user, seen=seen)

    message = N_("已从心愿墙撤下，职工会看到原因")
    return _act(request, wish, HideForm(request.POST), do, message, "hide_form")


@staff_act(Permission.WISH_OPEN, Level.P3)
def show_wish_again(request: SignedIn, pk: UUID) -> HttpResponse:
    """恢复公开."""
    form = Form(request.POST)
    refused = refusals_in(form, only=ChangedMeanwhile)
    with refused:
        moderation_actions.show_again(_wish(request, pk), by=request.user, seen=seen_in(request))
        messages.success(request, _("已恢复公开，已告诉职工"))
        return redirect("desk:wish", pk)
    return _draw(request, _wish(request, pk), status=status_after(request, form, refused))


# For a worker without a phone -----------------------------------------------------------


@staff_form(Permission.WISH_ASSIST, Level.P3)
def post_wish(request: SignedIn, holder_id: UUID) -> HttpResponse:
    """代发: the same words, the same preview, with the worker's signed consent."""
    case = _case(request, holder_id)

    def send(words: WishWords, cleaned: dict[str, Any]) -> Wish:
        consents.agree(case.holder, by=request.user)
        return wish_actions.post(case.holder, words=words, by=request.user, **cleaned)

    return _assist(request, case, send)


@staff_form(Permission.WISH_ASSIST, Level.P3)
def correct_wish(request: SignedIn, pk: UUID) -> HttpResponse:
    """代改: until somebody claims it."""
    wish = _wish(request, pk)
    case = _case(request, wish.holder_id)

    def send(words: WishWords, cleaned: dict[str, Any]) -> Wish:
        return wish_actions.correct(wish, words=words, by=request.user, **cleaned)

    return _assist(request, case, send, initial=of_wish(wish))


@staff_form(Permission.WISH_ASSIST, Level.P3)
def withdraw_wish(request: SignedIn, pk: UUID) -> HttpResponse:
    """代撤回."""
    wish = _wish(request, pk)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            wish_actions.withdraw(wish, by=request.user, **form.cleaned_data)
            messages.success(request, _("心愿已撤回"))
            return redirect("desk:wishes")
    context = {"form": form, "wish": wish}
    return render(request, "desk/wishes/withdraw.html", context, status=status_of(form))


@staff_act(Permission.WISH_ASSIST, Level.P3)
def take_back_wish(request: SignedIn, pk: UUID) -> HttpResponse:
    """代撤回公开: at once off the wall, also after somebody has claimed it."""
    return _take_back(request, pk, Consent.Purpose.WISH, N_("已撤回公开，心愿不再展示"))


@staff_act(Permission.WISH_ASSIST, Level.P3)
def take_back_address(request: SignedIn, pk: UUID) -> HttpResponse:
    """代撤回住址: at once no giver reads it any more."""
    return _take_back(request, pk, Consent.Purpose.ADDRESS, N_("已撤回，认领人看不到住址了"))


def _take_back(request: SignedIn, pk: UUID, purpose: str, message: str) -> HttpResponse:
    wish = _wish(request, pk)

    def do(cleaned: dict[str, Any]) -> None:
        reason = cleaned["assist_reason"]
        wish_actions.require_may_act_for(wish, request.user, reason)
        workflows.withdraw_consent(wish.holder, purpose, by=request.user, assist_reason=reason)

    return _act(request, wish, WithdrawForm(request.POST), do, message, "take_back_form")


def _assist(
    request: SignedIn,
    case: Case,
    send: Callable[[WishWords, dict[str, Any]], Wish],
    initial: dict[str, Any] | None = None,
) -> HttpResponse:
    """The form, the same with a preview below, and off."""
    form = AssistForm(request.POST or None, initial=initial)
    if form.is_valid() and _fits(form, case) and request.POST.get("step") == "send":
        with refusals_in(form):
            made = send(form.words(), form.assistance())
            messages.success(request, _("心愿已登记，等待初审"))
            return redirect("desk:wish", made.pk)
    access.log_access(case.holder, by=request.user, among=[ASSISTING], what=N_("代发心愿"))
    today = timezone.localdate()
    rules = rules_at(case.union, today)
    card = None
    if form.is_bound and not form.errors:
        card = preview(form.words(), case, least=rules.least_alike)
        caution(form, cautions(form.words(), rules, today))
    context = {"form": form, "case": case, "card": card}
    return render(request, "desk/wishes/post.html", context, status=status_of(form))


def _fits(form: AssistForm, case: Case) -> bool:
    today = timezone.localdate()
    with refusals_in(form):
        check_words(form.words(), case, rules_at(case.union, today), today)
    return not form.errors


# What the pages share -------------------------------------------------------------------


def _wish(request: SignedIn, pk: UUID) -> Wish:
    rows = Wish.objects.visible_to(request.user).select_related(
        "union", "holder__data_key", "holder__user", "posted_by", "checked_by", "opened_by"
    )
    return get_object_or_404(rows, pk=pk)


def _case(request: SignedIn, holder_id: UUID) -> Case:
    rows = Case.objects.visible_to(request.user).filter(state=Case.State.ACTIVE)
    related = rows.select_related("holder__data_key", "holder__user", "holder__union", "union")
    return get_object_or_404(related, holder_id=holder_id)


def _act(
    request: SignedIn,
    wish: Wish,
    form: Form,
    do: Callable[[dict[str, Any]], None],
    message: str,
    name: str,
) -> HttpResponse:
    """Do it, or draw the page again with what is amiss beside its field."""
    refused = refusals_in(form)
    if form.is_valid():
        with refused:
            do(form.cleaned_data)
            messages.success(request, message)
            return redirect("desk:wishes")
    status = status_after(request, form, refused)
    return _draw(request, _wish(request, wish.pk), status=status, **{name: form})


def _rungs(wish: Wish) -> list[descriptions.Description]:
    return descriptions.rungs_for(wish.holder, wish.union, wish.for_whom)


def _draw(request: SignedIn, wish: Wish, *, status: int = 200, **forms: Form) -> HttpResponse:
    may = moderation.may(request.user, wish)
    context = {
        "wish": wish,
        "may": may,
        "is_poster": wish.is_posted_for_by(request.user),
        "seen": mark_of(words_shown(wish)),
        "crumbs": [(N_("微心愿"), reverse("desk:wishes"))],
        "why_form": WhyForm(),
        "take_back_form": WithdrawForm(),
        "hide_form": HideForm(),
        **(_household(request, wish) if may.moderate else {}),
        **(_opening(wish) if may.open else {}),
        **forms,
    }
    return render(request, "desk/wishes/wish.html", context, status=status)


def _household(request: SignedIn, wish: Wish) -> dict[str, Any]:
    """What a moderator reads of the family, after the look is written down; kin read nothing."""
    if is_kin(wish.holder, request.user):
        return {"is_kin": True}
    access.log_access(
        wish.holder, by=request.user, among=[MODERATING], what=N_("心愿、帮扶和以往心愿")
    )
    today = timezone.localdate()
    rules = rules_at(wish.union, today)
    before = history.wishes_of(wish.holder).exclude(pk=wish.pk)
    months = rules.same_category_months
    like_it = history.like_it(wish.holder, wish.category, months=months, today=today)
    return {
        "texts": _texts(wish),
        "advice": opinion(wish.reason),
        "lines": received(wish.holder)[:20],
        "total_fen": total_fen(wish.holder),
        "before": before,
        "like_it": like_it.exclude(pk=wish.pk).first(),
        "fulfilled": history.fulfilled_in(wish.holder, today.year),
        "rules": rules,
    }


def _texts(wish: Wish) -> list[tuple[str, list[Piece]]]:
    """Each free text of the wish with the places that the check has found."""
    case = case_of(wish.holder)
    names = {name: str(Wish._meta.get_field(name).verbose_name) for name in TEXTS}  # type: ignore[union-attr]
    return [
        (names[name], pieces(text, marks_on(text, case) if case else []))
        for name, text in words_of(wish).texts().items()
        if text
    ]


def _opening(wish: Wish) -> dict[str, Any]:
    """k for each way of describing the family, as far as needed, and what a stranger would read."""
    story = without(wish.reason)
    rules = rules_at(wish.union, timezone.localdate())
    least = descriptions.least_for(story, rules.least_alike)
    rungs = _rungs(wish)
    climbed = descriptions.generalised(rungs, descriptions.Counter().count, least)
    first = len(climbed) - 1
    initial = {"story": story, "rung": first}
    return {
        "climbed": climbed,
        "least": min(least, descriptions.MOST_COUNTED),
        "is_narrowed": least > rules.least_alike,
        "card": as_shown(words_of(wish), climbed[-1]),
        "told": pieces(wish.reason, told_in(wish.reason)) if told_in(wish.reason) else [],
        "open_form": OpenForm(rungs, initial=initial),
    }
