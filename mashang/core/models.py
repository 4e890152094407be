"""What every table of the house has, and the tables of the ground floor itself."""

import uuid

from django.db import models
from django.utils import timezone
from uuid_utils.compat import uuid7


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
