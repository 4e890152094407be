"""What every table of the house has, and the tables of the ground floor itself."""

import uuid

from django.db import models
from django.utils import timezone
from uuid_utils.compat import uuid7

NO_DIGEST = "0" * 64  # what stands before the first entry of a chain


def new_id() -> uuid.UUID:
    """UUIDv7: unique without a sequence, and near its neighbours in the index."""
    return uuid7()


class Record(models.Model):
    """The first two columns of every table. No order is read from ids."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField("登记时间", default=timezone.now, editable=False)

    class Meta:
        abstract = True


class DataKey(Record):
    """数据密钥: seals the fields of one household. Destroying it is the deletion of all of them."""

    wrapped = models.BinaryField("包裹后的密钥", editable=False)
    algorithm = models.CharField("算法", max_length=12, editable=False)
    master_version = models.CharField("主密钥版本", max_length=8, editable=False)
    version = models.PositiveSmallIntegerField("密钥版本", default=1, editable=False)
    destroyed_at = models.DateTimeField("销毁时间", null=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "数据密钥"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(destroyed_at=None) | models.Q(wrapped=b""),
                name="core_datakey_destroyed_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"数据密钥 {self.pk}"


class KeyCheck(Record):
    """密钥校验: what only the keys of this house open and make. One row, laid by `mashang provision`.

    Whoever holds other keys is refused before anything is written (`core.privacy.keys`).
    """

    data_key = models.OneToOneField(DataKey, models.PROTECT, related_name="+", editable=False)
    lookup = models.CharField("检索密钥校验值", max_length=64, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "密钥校验"

    def __str__(self) -> str:
        return str(self.pk)


class TrailHead(models.Model):
    """The end of one union's chain: locked last in a transaction, like any row."""

    chain = models.UUIDField("链（工会）", primary_key=True, editable=False)
    number = models.PositiveBigIntegerField("最后序号", default=0)
    digest = models.CharField("最后摘要", max_length=64, default=NO_DIGEST)
    sealed_number = models.PositiveBigIntegerField("已签名到", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "留痕链头"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sealed_number__lte=models.F("number")),
                name="core_trailhead_sealed_within",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chain} №{self.number}"


class TrailEntry(models.Model):
    """操作留痕: who did what to which row. Identifiers only; never changed, never removed.

    The columns are the entry's canonical bytes (see `core.audit.verifier`), so none of them refers to
    another table: what is deleted elsewhere must not be missing here.
    """

    APPEND_ONLY = True

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    chain = models.UUIDField("链（工会）", editable=False)
    number = models.PositiveBigIntegerField("序号", editable=False)
    at = models.DateTimeField("时间", editable=False)
    action = models.CharField("操作", max_length=60, editable=False)
    subject = models.CharField("对象", max_length=60, editable=False)
    subject_id = models.CharField("对象编号", max_length=40, editable=False)
    actor_id = models.CharField("操作人", max_length=40, blank=True, editable=False)
    facts = models.JSONField("事实", default=dict, editable=False)
    previous = models.CharField("前一摘要", max_length=64, editable=False)
    digest = models.CharField("摘要", max_length=64, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "操作留痕"
        constraints = [
            models.UniqueConstraint(fields=["chain", "number"], name="core_trailentry_one_number"),
        ]
        indexes = [
            models.Index(fields=["subject", "subject_id", "at"], name="core_trail_subject"),
            models.Index(fields=["actor_id", "at"], name="core_trail_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject} {self.subject_id}"


class IdempotencyKey(Record):
    """A form or call that was answered once; the answer stands in the transaction of the act."""

    actor_id = models.UUIDField("操作人", editable=False)
    key = models.CharField("键", max_length=64, editable=False)
    body_hash = models.CharField("内容摘要", max_length=64, editable=False)
    status = models.PositiveSmallIntegerField("答复状态", default=0)
    location = models.CharField("答复地址", max_length=300, blank=True)
    body = models.TextField("答复内容", blank=True)
    replays = models.PositiveIntegerField("重复次数", default=0)
    replayed_at = models.DateTimeField("最近重复", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "防重键"
        constraints = [
            models.UniqueConstraint(fields=["actor_id", "key"], name="core_idempotency_one_answer"),
        ]
        indexes = [models.Index(fields=["created_at"], name="core_idempotency_age")]

    def __str__(self) -> str:
        return f"{self.actor_id} {self.key}"


class RateWindow(Record):
    """How often one bucket was hit in its current window; the bucket's name is a keyed hash."""

    bucket = models.CharField("计数对象", max_length=64, editable=False)
    hits = models.PositiveIntegerField("次数", default=0)
    ends_at = models.DateTimeField("窗口结束")

    class Meta:
        verbose_name = verbose_name_plural = "频率窗口"
        constraints = [
            models.UniqueConstraint(fields=["bucket"], name="core_ratewindow_one_bucket"),
        ]
        indexes = [models.Index(fields=["ends_at"], name="core_ratewindow_age")]

    def __str__(self) -> str:
        return f"{self.hits} until {timezone.localtime(self.ends_at):%H:%M:%S}"


def only_row() -> models.PositiveSmallIntegerField:
    """The key of a table that has one row."""
    return models.PositiveSmallIntegerField("唯一的一行", primary_key=True, default=1)


class Installation(models.Model):
    """本套系统: what this database belongs to, as `mashang provision` found it the first time.

    A process whose settings say otherwise does not start (`config.installation`); the address is changed on purpose,
    with a reason, the other two never.
    """

    id = only_row()
    mode = models.CharField("运行方式", max_length=10)  # MASHANG_ENV
    public_url = models.CharField("公开网址", max_length=200)
    province = models.CharField("省份代码", max_length=8, blank=True)
    created_at = models.DateTimeField("登记时间", default=timezone.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "本套系统"
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="core_installation_is_one"),
        ]

    def __str__(self) -> str:
        return f"{self.mode} {self.public_url}"


class Tick(models.Model):
    """定时办理: when due work was last done here, by which clock, and what failed."""

    id = only_row()
    began_at = models.DateTimeField("开始时间")
    ended_at = models.DateTimeField("结束时间", null=True)
    boot = models.CharField("这次开机的编号", max_length=36)
    uptime_seconds = models.PositiveBigIntegerField("开机后的秒数")
    failed = models.TextField("没有办成的", blank=True)  # names of tasks, one a line
    doubted_at = models.DateTimeField("时钟存疑起", null=True)  # nothing is decided by it since
    # Entries of the trail up to here were written by a clock that an operator has put back.
    ahead_until = models.DateTimeField("超前的留痕到", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "定时办理"
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="core_tick_is_one"),
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.began_at):%F %T}"


class Lease(models.Model):
    """租约: who does a piece of work that only one process may do at a time; it ends by itself."""

    name = models.CharField("事项", primary_key=True, max_length=40)
    holder = models.UUIDField("持有的进程", null=True)
    ends_at = models.DateTimeField("到期时间")

    class Meta:
        verbose_name = verbose_name_plural = "租约"

    def __str__(self) -> str:
        return f"{self.name} until {timezone.localtime(self.ends_at):%F %T}"


class OperatorAct(Record):
    """运维记录: what was done to the house itself at the command line, by whom and why."""

    APPEND_ONLY = True

    what = models.CharField("事项", max_length=40)
    before = models.CharField("之前", max_length=200, blank=True)
    after = models.CharField("之后", max_length=200, blank=True)
    reason = models.CharField("原因", max_length=200)
    operator = models.CharField("操作系统账号", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "运维记录"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="core_operatoract_gives_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.operator}"
