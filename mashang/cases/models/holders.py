"""建档人: the worker whose household applies or is on file, and the people of that household."""

from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_noop as N_

from mashang.core.db.fields import PathField, SealedJSONField, SealedTextField
from mashang.core.models import DataKey, Record
from mashang.unions.models import Union
from mashang.unions.scope import M, ScopedQuerySet

if TYPE_CHECKING:
    from mashang.accounts.models import User


class HolderQuerySet(ScopedQuerySet["Holder"]):
    def own(self, user: "User") -> Self:
        """The user's household as it is now: after a merge, the one that goes on."""
        return self.scoped_by_caller().filter(pk__in=self._now_of(user))

    def own_halves(self, user: "User") -> "models.QuerySet[Any, Any]":
        """The same with whatever was merged into it, each by its index; for `holder__in`."""
        rows = self.scoped_by_caller()
        merged = rows.filter(merged_into__in=self._now_of(user))
        return rows.filter(pk__in=self._now_of(user)).values("pk").union(merged.values("pk"))

    def halves_of(self, holder: "Holder | UUID") -> Self:
        """The household that goes on, and whatever was merged into it."""
        key = holder.pk if isinstance(holder, Holder) else holder
        return self.scoped_by_caller().filter(Q(pk=key) | Q(merged_into=key))

    def _now_of(self, user: "User") -> "models.QuerySet[Any, Any]":
        rows = self.scoped_by_caller().filter(user=user)
        return rows.values(now=Coalesce("merged_into_id", "pk"))

    def known_to(self, user: "User") -> Self:
        """Those in the scope who have handed something in; a form half filled in is nobody's business."""
        handed_in = Q(applications__submitted_at__isnull=False) | Q(case__isnull=False)
        return self.visible_to(user).filter(handed_in).distinct()


class Holder(Record):
    """建档人: the worker whose household applies or is on file. The code is theirs for good.

    `data_key` seals everything of this household; destroying it is the deletion.
    """

    SEALED_BY = "data_key"

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="holder", null=True
    )
    union = models.ForeignKey(Union, models.PROTECT, related_name="holders")
    union_path = PathField("路径", max_length=40)
    name = models.CharField("姓名", max_length=40, blank=True)
    id_number = SealedTextField("身份证号", blank=True)
    id_index = models.CharField(max_length=64, db_index=True, blank=True, editable=False)
    id_tail = models.CharField("身份证后四位", max_length=4, blank=True)
    phone = SealedTextField("手机号", blank=True)
    phone_index = models.CharField(max_length=64, db_index=True, blank=True, editable=False)
    phone_tail = models.CharField("手机尾号", max_length=4, blank=True)
    payee_index = models.CharField(max_length=64, blank=True, editable=False)  # the account paid to
    linked_on = models.DateField(
        "接上账号日期", null=True, editable=False
    )  # by the phone on record
    marked_as = models.PositiveSmallIntegerField(
        default=0, editable=False
    )  # `household_marks.SPELLING`
    data_key = models.OneToOneField(DataKey, models.PROTECT, related_name="+", editable=False)
    merged_into = models.ForeignKey("self", models.PROTECT, related_name="+", null=True)

    objects = HolderQuerySet.as_manager()

    class Meta:
        verbose_name = "建档人"
        indexes = [
            models.Index(fields=["union_path", "name"], name="holder_by_name"),
            models.Index(  # the clock looks for those that are not marked yet, mostly for none
                fields=["marked_as"], condition=~Q(id_index=""), name="holder_to_be_marked"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="holder_is_not_merged_into_itself",
            )
        ]

    def belongs_to(self, user: "User") -> bool:
        """Whether this is the user's own household, by whichever half of a merge they came."""
        if self.user_id == user.pk:
            return True
        return Holder.objects.own(user).filter(pk=self.merged_into_id or self.pk).exists()

    def owners(self) -> "models.QuerySet[User]":
        """Who signs in for the household: nobody, one, or after a merge both phones."""
        halves = Holder.objects.halves_of(self.merged_into_id or self.pk)
        return get_user_model().objects.filter(holder__in=halves).select_related("data_key")


class OfHolderQuerySet(ScopedQuerySet[M]):
    """Rows that hang on a holder: seen with the holder's scope or by the holder.

    Once two files were merged, what came about under either is read as one household's.
    """

    union_path = "holder__union_path"

    def own(self, user: "User") -> Self:
        return self.scoped_by_caller().filter(holder__in=Holder.objects.own_halves(user))

    def of_household(self, holder: Holder) -> Self:
        """What the household has, whichever half of a merge it came about under."""
        return self.scoped_by_caller().filter(holder__in=_halves_of(holder))

    def of_holder(self, holder: Holder) -> Self:
        """What stands at this one alone: the file that goes on, and the people who live there."""
        return self.scoped_by_caller().filter(holder=holder)


def _halves_of(holder: Holder) -> "models.QuerySet[Any, Any]":
    return Holder.objects.halves_of(holder).values("pk")


class Member(Record):
    """家庭成员: a person of the household, the holder among them (relation 本人).

    Names, numbers and everything about children are sealed; duplicates are found by `id_index`.
    """

    SEALED_BY = "holder.data_key"
    SELF = "self"  # 本人, among the codes of `catalogue.lists.RELATION`

    holder = models.ForeignKey(Holder, models.PROTECT, related_name="members")
    relation = models.CharField("与申请人关系", max_length=20)
    name = SealedTextField("姓名")
    id_number = SealedTextField("身份证号", blank=True)
    id_index = models.CharField(max_length=64, db_index=True, blank=True, editable=False)
    details = SealedJSONField("其他信息")
    is_on_live_file = models.BooleanField("在有效档案中", default=False)
    left_on = models.DateField("不再共同生活日期", null=True)

    objects = OfHolderQuerySet.as_manager()

    class Meta:
        verbose_name = "家庭成员"
        constraints = [
            models.UniqueConstraint(
                fields=["id_index"],
                condition=Q(is_on_live_file=True) & ~Q(id_index=""),
                name="person_is_on_one_live_file",
            )
        ]


class HouseholdMark(Record):
    """比对标记: an account or a home of a household, by blind index only, so that kin of a colleague are found."""

    class Kind(models.TextChoices):
        ACCOUNT = "account", N_("收款账号")
        HOME = "home", N_("详细住址")

    holder = models.ForeignKey(Holder, models.PROTECT, related_name="marks")
    kind = models.CharField("种类", max_length=10, choices=Kind)
    index = models.CharField(max_length=64, db_index=True, editable=False)

    objects = OfHolderQuerySet.as_manager()

    class Meta:
        verbose_name = "比对标记"
        constraints = [
            models.UniqueConstraint(
                fields=["holder", "kind", "index"], name="household_mark_is_kept_once"
            )
        ]
