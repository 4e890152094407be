"""草稿: what an application still lacks, what of it is known already, and whether it may be changed."""

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import Consent
from mashang.cases.form import consents, forms, papers
from mashang.cases.form.fields import Kind, Step
from mashang.cases.form.lists import Choices
from mashang.cases.models import Application, Attachment, Holder
from mashang.cases.queries.places import receives, region_choices
from mashang.core.errors import Invalid
from mashang.reviews.models import Review
from mashang.reviews.queries import review_of
from mashang.unions.models import Union

SIGNATURE = "signature"
EARLIER_PAPERS_COUNTED_UNTIL = date(2026, 12, 1)  # of applications first sent before this day
_TOLD_ANEW = ("story", "main_cause", "other_causes", "sudden_on", "sudden_cost", "sudden_repaid")


@dataclass(frozen=True)
class Lack:
    """A step that is not done yet, with what to do."""

    key: str
    title: str
    words: str


def lacks_of(application: Application) -> list[Lack]:
    """Everything without which it cannot be submitted, in the order of the steps."""
    answers = application.answers.reveal()
    regions = region_choices()
    lacks = {
        step.key: Lack(step.key, step.title, N_("这一步还没有填完"))
        for step in forms.unfilled(application.kind, answers, regions)
    }
    ungiven = consents.lacking(application.kind, answers, consents_given(application.holder))
    if ungiven:
        titles = _("、").join(_(asked.title) for asked in ungiven)
        lacks["consents"] = Lack(
            "consents", N_("请您同意"), _("还没有勾选：%(titles)s") % {"titles": titles}
        )
    if not has_signed(application):
        lacks["sign"] = Lack("sign", N_("签名"), N_("还没有签名"))
    if unproved := _unproved(application):
        words = _("代办还缺：%(papers)s") % {"papers": _("、").join(_(one) for one in unproved)}
        lacks["papers"] = Lack("papers", N_("材料拍照"), words)
    return [lacks[s.key] for s in forms.steps_of(application.kind, answers) if s.key in lacks]


def consents_given(holder: Holder) -> set[str]:
    given = Consent.objects.filter(subject_id=holder.pk, withdrawn_at=None)
    return set(given.values_list("purpose", flat=True))


def has_signed(application: Application) -> bool:
    rows = Attachment.objects.of_holder(application.holder).filter(application=application)
    return rows.filter(kind=SIGNATURE, removed_at=None).exists()


def _unproved(application: Application) -> list[str]:
    """An application that a colleague fills in needs the worker's own hand on paper."""
    if not application.assist_reason:
        return []
    rows = Attachment.objects.of_holder(application.holder).filter(application=application)
    given = set(rows.filter(removed_at=None).values_list("kind", flat=True))
    return [papers.KINDS[kind] for kind in ("assist", "consent") if kind not in given]


def regions_for(step: Step) -> Choices:
    """The region list, read only for a step that asks for one."""
    asks = any(field.kind is Kind.REGION for field in step.fields)
    return region_choices() if asks else {}


def known_of(holder: Holder) -> dict[str, Any]:
    """What the household has told before: the newest answers of each form, or the phone.

    A short form after the long one does not make the household tell all of it again.
    """
    before = (
        Application.objects.of_household(holder)
        .exclude(submitted_at=None)
        .order_by("submitted_at")
        .select_related("holder__data_key")
    )
    newest: dict[str, Application] = {}
    for application in before:  # the one that was sent last stands last
        newest.pop(application.kind, None)
        newest[application.kind] = application
    told: dict[str, Any] = {}
    for application in newest.values():
        told |= application.answers.reveal()
    if told:
        return {name: value for name, value in told.items() if name not in _TOLD_ANEW}
    phone = holder.user.phone if holder.user else None
    return {"phone": phone.reveal()} if phone else {}


def check_receives(union: Union) -> None:
    """Raises Invalid unless this union takes applications."""
    if not receives(union):
        raise Invalid(
            fields={"union": N_("这个工会不直接受理申请，请选单位、街道（乡镇）或县（区）的工会")}
        )


def is_returned(application: Application) -> bool:
    review = review_of(application.pk)
    return review is not None and review.state == Review.State.RETURNED


def may_correct(application: Application) -> bool:
    """While it is a draft, while it lies with the worker again, and until somebody has decided."""
    if application.state == Application.State.DRAFT:
        return True
    if application.state != Application.State.SUBMITTED:
        return False
    review = review_of(application.pk)
    if review is None or review.state == Review.State.RETURNED:
        return True
    return not review.decisions.exists()


def may_submit(application: Application) -> bool:
    """A draft, or what the union has sent back."""
    return application.state == Application.State.DRAFT or is_returned(application)


def papers_lacking(application: Application) -> list[str]:
    """What the form asks for and is not there yet, in words."""
    given = kinds_given(application)
    lacking = papers.lacking(application.kind, application.answers.reveal(), given)
    return [paper.label for paper in lacking]


def kinds_given(application: Application) -> set[str]:
    """The kinds of paper that count for it: those that its page shows, since an earlier application's lie with that one.

    One that was sent when earlier papers still counted keeps them: its family was told that nothing is lacking.
    """
    rows = Attachment.objects.of_holder(application.holder).filter(removed_at=None)
    sent = application.submitted_at
    if sent is None or timezone.localdate(sent) >= EARLIER_PAPERS_COUNTED_UNTIL:
        rows = rows.filter(application=application)
    return set(rows.values_list("kind", flat=True))


def member_named(answers: dict[str, Any], key: str) -> dict[str, Any]:
    """One person of the household; a new key is a person not told of yet."""
    return next((m for m in answers.get("members", []) if m["key"] == key), {"key": key})


def next_part(member: dict[str, Any], part: Step) -> Step | None:
    """The page that follows about this person, or None when all is told."""
    parts = forms.parts_of(member)
    keys = [p.key for p in parts]
    place = keys.index(part.key) if part.key in keys else len(keys)
    return parts[place + 1] if place + 1 < len(parts) else None


def new_member_key() -> str:
    """Names a person in the addresses of the form; says nothing about them."""
    return secrets.token_hex(4)
