"""认领: who makes a wish come true, by when; plans of organisations, and pledges."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from mashang.aid.models import AidProposal
from mashang.core.db.fields import PathField, VisibleCharField
from mashang.core.db.states import Stateful, state_check
from mashang.core.models import Record
from mashang.givers.models import Organisation
from mashang.unions.closure import blocks_closing
from mashang.unions.models import Union
from mashang.unions.scope import M, ScopedQuerySet
from mashang.wishes.models.wishes import Category, DeliveryMode, ForWhom, Wish

if TYPE_CHECKING:
    from mashang.accounts.models import User


class OfGiverQuerySet(ScopedQuerySet[M]):
    """Rows of a giver, person or organisation; the union sees those of its branch."""

    union_path = "union_path"

    def of_giver(self, user: "User") -> Self:
        """What this person claimed, for themselves or for an organisation they act for."""
        acts_for = Organisation.objects.of_member(user).values("pk")
        own = Q(giver=user, organisation=None) | Q(organisation__in=acts_for)
        return self.scoped_by_caller().filter(own)


class DeliveryPlan(Record):
    """批量认领计划: several wishes of one organisation with one delivery plan."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="delivery_plans")
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="经办人"
    )
    union = models.ForeignKey(Union, models.PROTECT, related_name="+", verbose_name="收货工会")
    union_path = PathField("路径", max_length=40)
    delivery_mode = models.CharField("送达方式", max_length=14, choices=DeliveryMode)
    deliver_on = models.DateField("计划送达日期")
    words = VisibleCharField("安排说明", max_length=200, blank=True)

    objects: "models.Manager[DeliveryPlan]" = OfGiverQuerySet["DeliveryPlan"].as_manager()

    class Meta:
        verbose_name = "批量认领计划"


class Pledge(Stateful):
    """捐助意向: “20 quilts for children of county X”; the union matches it to wishes."""

    class State(models.TextChoices):
        OFFERED = "offered", N_("待对接")
        MATCHED = "matched", N_("已对接")
        DECLINED = "declined", N_("未采用")
        WITHDRAWN = "withdrawn", N_("已撤回")

    TRANSITIONS = {
        State.OFFERED: {State.MATCHED, State.DECLINED, State.WITHDRAWN},
        State.MATCHED: set(),
        State.DECLINED: set(),
        State.WITHDRAWN: set(),
    }
    RUNNING = (State.OFFERED, State.MATCHED)

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="pledges")
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="经办人"
    )
    union = models.ForeignKey(Union, models.PROTECT, related_name="+", verbose_name="对接工会")
    union_path = PathField("路径", max_length=40)
    category = models.CharField("类别", max_length=10, choices=Category)
    item = VisibleCharField("物品或服务", max_length=30)
    quantity = models.PositiveSmallIntegerField("数量")
    for_whom = models.CharField("给谁", max_length=8, choices=ForWhom, blank=True)
    words = VisibleCharField("说明", max_length=200, blank=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.OFFERED)
    delivery_plan = models.OneToOneField(
        DeliveryPlan, models.PROTECT, related_name="pledge", null=True
    )
    declined_why = VisibleCharField("未采用原因", max_length=100, blank=True)

    objects: "models.Manager[Pledge]" = OfGiverQuerySet["Pledge"].as_manager()

    class Meta:
        verbose_name = "捐助意向"
        constraints = [
            state_check("pledge_state_is_known", "offered", "matched", "declined", "withdrawn"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="pledge_offers_something"),
            models.CheckConstraint(
                condition=~Q(state="matched") | Q(delivery_plan__isnull=False),
                name="matched_pledge_has_its_delivery_plan",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(declined_why=""),
                name="declined_pledge_says_why",
            ),
        ]


class ClaimQuerySet(OfGiverQuerySet["Claim"]):
    def of_giver(self, user: "User") -> Self:
        """What the union buys itself is nobody's own claim, whoever decided it."""
        return super().of_giver(user).exclude(kind="union")

    def live(self) -> Self:
        return self.filter(state__in=Claim.LIVE)

    def recent(self, since: datetime) -> Self:
        """Live, or given up since then."""
        given_up = Q(state=Claim.State.GIVEN_UP, ended_at__gte=since)
        return self.filter(Q(state__in=Claim.LIVE) | given_up)

    def of_holder_of(self, wish: Wish) -> Self:
        """The claims of a wish that the caller has already found within the scope."""
        return self.scoped_by_caller().filter(wish=wish)


class Claim(Stateful):
    """认领: one giver's word to make one wish come true by `due_on`. Exactly one lives per wish."""

    class Kind(models.TextChoices):
        PERSON = "person", N_("爱心人士")
        ORGANISATION = "organisation", N_("爱心单位")
        UNION = "union", N_("工会兜底")

    class State(models.TextChoices):
        CLAIMED = "claimed", N_("准备中")
        UNDER_WAY = "under_way", N_("已寄出")
        RECEIVED = "received", N_("工会已收")
        HANDED_OVER = "handed_over", N_("已转交")
        FULFILLED = "fulfilled", N_("已实现")
        GIVEN_UP = "given_up", N_("已放弃")
        REVOKED = "revoked", N_("已撤销")
        LAPSED = "lapsed", N_("逾期失效")

    TRANSITIONS = {
        State.CLAIMED: {
            State.UNDER_WAY,
            State.RECEIVED,
            State.GIVEN_UP,
            State.REVOKED,
            State.LAPSED,
        },
        State.UNDER_WAY: {State.CLAIMED, State.RECEIVED, State.REVOKED},
        State.RECEIVED: {State.HANDED_OVER, State.UNDER_WAY, State.CLAIMED, State.REVOKED},
        State.HANDED_OVER: {State.FULFILLED, State.RECEIVED},
        State.FULFILLED: set(),
        State.GIVEN_UP: set(),
        State.REVOKED: set(),
        State.LAPSED: {State.CLAIMED},
    }
    LIVE = (State.CLAIMED, State.UNDER_WAY, State.RECEIVED, State.HANDED_OVER)

    wish = models.ForeignKey(Wish, models.PROTECT, related_name="claims")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    union_path = PathField("路径", max_length=40)
    kind = models.CharField("认领方", max_length=12, choices=Kind)
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="claims", verbose_name="认领人"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="claims", null=True, verbose_name="爱心单位"
    )
    delivery_plan = models.ForeignKey(
        DeliveryPlan, models.PROTECT, related_name="claims", null=True
    )
    proposal = models.OneToOneField(
        AidProposal, models.PROTECT, related_name="claim", null=True, verbose_name="帮扶登记"
    )
    state = models.CharField("状态", max_length=12, choices=State, default=State.CLAIMED)
    due_on = models.DateField("最晚送达")
    extended_at = models.DateTimeField("延期时间", null=True)
    reminded = models.PositiveSmallIntegerField("已提醒次数", default=0)
    ended_at = models.DateTimeField("结束时间", null=True)
    ended_why = VisibleCharField("结束原因", max_length=100, blank=True)
    fulfilled_at = models.DateTimeField("实现时间", null=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = "认领"
        constraints = [
            state_check(
                "claim_state_is_known",
                "claimed",
                "under_way",
                "received",
                "handed_over",
                "fulfilled",
                "given_up",
                "revoked",
                "lapsed",
            ),
            models.UniqueConstraint(
                fields=["wish"],
                condition=Q(
                    state__in=["claimed", "under_way", "received", "handed_over", "fulfilled"]
                ),
                name="wish_has_one_live_claim",
            ),
            models.CheckConstraint(
                condition=Q(kind="organisation", organisation__isnull=False)
                | (~Q(kind="organisation") & Q(organisation=None)),
                name="claim_of_an_organisation_names_it",
            ),
            models.CheckConstraint(
                condition=~Q(kind="union") | Q(proposal__isnull=False),
                name="union_claim_goes_through_the_ledger",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["revoked"]) | ~Q(ended_why=""),
                name="revoked_claim_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(state="claimed"), name="claim_falling_due"),
            models.Index(fields=["giver", "state"], name="claim_of_giver"),
            models.Index(
                fields=["fulfilled_at"], condition=Q(state="fulfilled"), name="claim_fulfilled_when"
            ),
        ]


blocks_closing(Claim, _("%(n)d 个没有办完的认领"), state__in=Claim.LIVE)
blocks_closing(Pledge, _("%(n)d 份待对接的捐助意向"), state=Pledge.State.OFFERED)
