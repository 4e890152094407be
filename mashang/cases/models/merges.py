"""合并申请: two files of one household that are to become one; asked by one person, confirmed by another."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from mashang.cases.form import lists
from mashang.cases.live_tasks import waits_for
from mashang.cases.models.holders import Holder, Member
from mashang.core.db.states import Stateful, state_check
from mashang.unions.closure import blocks_closing
from mashang.unions.roles import Permission
from mashang.unions.scope import ScopedQuerySet

STANDS_AS: lists.Choices = {Member.SELF: N_("同一个人"), **lists.RELATION}


class MergeQuerySet(ScopedQuerySet["Merge"]):
    """Seen where the file is that goes on."""

    union_path = "into__union_path"

    def waiting(self) -> Self:
        return self.filter(state=Merge.State.ASKED)

    def of_household(self, holder: Holder) -> Self:
        """Those that would bring another file into this one."""
        return self.scoped_by_caller().filter(into__in=Holder.objects.halves_of(holder))


class Merge(Stateful):
    """合并申请: `duplicate` is to be absorbed by `into`; `stands_as` says who its applicant is there."""

    class State(models.TextChoices):
        ASKED = "asked", N_("待确认")
        DONE = "done", N_("已合并")
        DECLINED = "declined", N_("未合并")
        LAPSED = "lapsed", N_("档案已办结，不再合并")

    TRANSITIONS = {
        State.ASKED: {State.DONE, State.DECLINED, State.LAPSED},
        State.DONE: set(),
        State.DECLINED: set(),
        State.LAPSED: set(),
    }
    SAME = Member.SELF

    duplicate = models.ForeignKey(Holder, models.PROTECT, related_name="merges_away")
    into = models.ForeignKey(Holder, models.PROTECT, related_name="merges")
    stands_as = models.CharField("与保留档案建档人的关系", max_length=20)  # SAME or a relation
    why = models.CharField("依据", max_length=100)
    state = models.CharField("状态", max_length=10, choices=State, default=State.ASKED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True
    )
    answered_at = models.DateTimeField("答复时间", null=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = "合并申请"
        constraints = [
            state_check("merge_state_is_known", "asked", "done", "declined", "lapsed"),
            models.UniqueConstraint(
                fields=["duplicate"],
                condition=Q(state="asked"),
                name="household_has_one_open_merge",
            ),
            models.CheckConstraint(
                condition=~Q(state="done")
                | (Q(answered_by__isnull=False) & ~Q(answered_by=F("asked_by"))),
                name="merge_has_two_people",
            ),
        ]

    @property
    def relation(self) -> str:
        """What the other applicant is to the one whose file goes on, in words."""
        return str(STANDS_AS[self.stands_as])


waits_for(
    Permission.CASE_TRANSFER,
    Merge,
    of="into",
    at="into__union_path",
    begun_by="asked_by",
    state=Merge.State.ASKED,
)
blocks_closing(Merge, _("%(n)d 份待确认的合并"), at="into__union", state=Merge.State.ASKED)
