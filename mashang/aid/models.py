"""帮扶台账: the ledger. Integer fen, append-only, two people behind every line."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as N_

from mashang.cases.live_tasks import waits_for
from mashang.cases.models import Application, Holder, OfHolderQuerySet
from mashang.cases.settle_first import settles_first
from mashang.core.audit.bound import bound
from mashang.core.audit.compared import compared
from mashang.core.db.fields import PathField
from mashang.core.db.states import Stateful, state_check
from mashang.core.models import Record
from mashang.unions.closure import blocks_closing
from mashang.unions.models import Union
from mashang.unions.roles import Permission


class Project(models.TextChoices):
    """帮扶项目 (hardship facts C4; the classic six and what rules since 2022 add)."""

    LIVING = "living", N_("生活救助")
    MEDICAL = "medical", N_("医疗（大病）救助")
    STUDY = "study", N_("子女助学")
    LEGAL = "legal", N_("法律援助")
    TRAINING = "training", N_("职业培训")
    PLACEMENT = "placement", N_("职业介绍")
    STARTUP = "startup", N_("创业扶持")
    WARMTH = "warmth", N_("送温暖慰问")
    EMERGENCY = "emergency", N_("临时（应急）救助")
    MUTUAL = "mutual", N_("互助保障")
    GOODS = "goods", N_("实物帮扶")
    CARE = "care", N_("心理关爱")
    POLICY = "policy", N_("政策代办")
    OTHER = "other", N_("其他")


class Fund(models.TextChoices):
    CENTRAL = "central", N_("中央财政")
    PROVINCE = "province", N_("省级财政")
    CITY = "city", N_("市级财政")
    COUNTY = "county", N_("县级财政")
    UPPER_UNION = "upper_union", N_("上级工会拨付")
    OWN_UNION = "own_union", N_("本级工会经费")
    DONATION = "donation", N_("社会捐助")
    EMPLOYER = "employer", N_("行政拨付")
    OTHER = "other", N_("其他")


class AidProposalQuerySet(OfHolderQuerySet["AidProposal"]):
    union_path = "union_path"

    def granted_by(self, application: Application) -> Self:
        """The sum that this application of one's own, or within the scope, was granted."""
        return self.scoped_by_caller().filter(application=application)

    def granted_waiting(self) -> Self:
        """同意了、还没有发放的."""
        return self.filter(application__isnull=False, state="proposed")


class AidProposal(Stateful):
    """帮扶登记: what one person wrote down and a second one has yet to confirm.

    With `application`: a sum that was granted and is to be paid; from which fund and on which day is
    known only then.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", N_("待复核")
        CONFIRMED = "confirmed", N_("已复核")
        REJECTED = "rejected", N_("已退回")

    TRANSITIONS = {
        State.PROPOSED: {State.CONFIRMED, State.REJECTED},
        State.CONFIRMED: set(),
        State.REJECTED: set(),
    }

    holder = models.ForeignKey(Holder, models.PROTECT, related_name="aid_proposals")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    union_path = PathField("路径", max_length=40)
    project = models.CharField("项目", max_length=12, choices=Project)
    application = models.OneToOneField(
        Application, models.PROTECT, related_name="granted_aid", null=True
    )
    fund = models.CharField("资金来源", max_length=12, choices=Fund, blank=True)
    amount_fen = models.PositiveBigIntegerField("金额（分）", default=0)
    goods = models.CharField("物品或服务", max_length=60, blank=True)
    given_on = models.DateField("发放日期", null=True)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reverses = models.ForeignKey(
        "Aid", models.PROTECT, related_name="proposed_reversals", null=True, verbose_name="冲正"
    )
    why = models.CharField("冲正原因", max_length=60, blank=True)

    objects = AidProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "帮扶登记"
        constraints = [
            state_check("aid_proposal_state_is_known", "proposed", "confirmed", "rejected"),
            models.CheckConstraint(
                condition=Q(amount_fen__gt=0) | ~Q(goods=""), name="aid_proposal_gives_something"
            ),
            models.UniqueConstraint(
                fields=["reverses"],
                condition=Q(state="proposed"),
                name="reversal_is_proposed_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(reverses=None) | ~Q(why=""), name="proposed_reversal_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | (Q(given_on__isnull=False) & ~Q(fund="")),
                name="given_aid_says_when_and_from_what",
            ),
        ]


class AidQuerySet(OfHolderQuerySet["Aid"]):
    union_path = "union_path"


class Aid(Record):
    """帮扶记录: one line of the ledger; a wrong one is reversed (冲正), never edited."""

    APPEND_ONLY = True
    holder = models.ForeignKey(Holder, models.PROTECT, related_name="aid")
    union = models.ForeignKey(Union, models.PROTECT, related_name="+")
    union_path = PathField("路径", max_length=40)
    proposal = models.OneToOneField(AidProposal, models.PROTECT, related_name="aid")
    reverses = models.ForeignKey("self", models.PROTECT, related_name="reversals", null=True)
    project = models.CharField("项目", max_length=12, choices=Project)
    fund = models.CharField("资金来源", max_length=12, choices=Fund)
    amount_fen = models.BigIntegerField("金额（分）")
    goods = models.CharField("物品或服务", max_length=60, blank=True)
    given_on = models.DateField("发放日期")
    first_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    second_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = AidQuerySet.as_manager()

    class Meta:
        verbose_name = "帮扶记录"
        constraints = [
            models.CheckConstraint(
                condition=~Q(first_by=F("second_by")), name="aid_has_two_people"
            ),
            models.UniqueConstraint(fields=["reverses"], name="aid_is_reversed_once"),
        ]
        indexes = [models.Index(fields=["holder", "-given_on"], name="aid_of_holder")]


waits_for(
    Permission.AID_CONFIRM,
    AidProposal,
    begun_by="proposed_by",
    state=AidProposal.State.PROPOSED,
)
settles_first(AidProposal, _("%(n)d 笔待复核的帮扶"), state=AidProposal.State.PROPOSED)
blocks_closing(AidProposal, _("%(n)d 笔待复核的帮扶"), state=AidProposal.State.PROPOSED)
bound(
    Aid,
    1,
    (
        "id", "created_at", "holder_id", "union_id", "union_path", "proposal_id", "reverses_id",
        "project", "fund", "amount_fen", "goods", "given_on", "first_by_id", "second_by_id",
    ),
)  # fmt: skip
bound(  # without what is known only when it is paid
    AidProposal,
    1,
    (
        "id", "created_at", "holder_id", "union_id", "project", "application_id", "amount_fen",
        "goods", "proposed_by_id", "reverses_id", "why",
    ),
)  # fmt: skip


def _line_says(line: Aid) -> dict[str, object]:
    """What an entry about this line would hold: its state, union, amount, and who stands behind it."""
    return {
        "action": "aid.reversed" if line.reverses_id else "aid.confirmed",
        "chain": line.union_id,
        "actor_id": line.second_by_id,
        "fen": line.amount_fen,
        **more_of(line),
    }


def more_of(line: Aid) -> dict[str, object]:
    """What entries hold since November 2026 beside the amount."""
    return {
        "holder": line.holder_id,
        "project": line.project,
        "fund": line.fund,
        "given_on": line.given_on,
        "first_by": line.first_by_id,
    }


def _proposal_says(proposal: AidProposal) -> dict[str, object]:
    """A turned-down one is said by the entry of that; only what was proposed has an amount there."""
    sign = -1 if proposal.reverses_id else 1
    return {
        "chain": proposal.union_id,
        "actor_id": proposal.proposed_by_id,
        "fen": sign * proposal.amount_fen,
    }


compared(Aid, ("aid.confirmed", "aid.reversed"), _line_says)
compared(
    AidProposal,
    ("aid.proposed", "aid.reversal_proposed", "aid.granted"),
    _proposal_says,
    each_has_one=False,  # sums granted before November 2026 were laid by a migration
)
compared(
    AidProposal,
    ("aid.rejected", "aid.withdrawn"),
    lambda proposal: {"chain": proposal.union_id, "state": proposal.state},
    each_has_one=False,
)
