"""`mashang rewrap-keys`: after a new master key, wrap every data key by it."""

from typing import Any

from django.core.management.base import CommandError
from django.db import transaction

from mashang.core.commandline import OperatorCommand
from mashang.core.models import DataKey
from mashang.core.privacy import keys

BATCH = 500


class Command(OperatorCommand):
    help = (
        "换主密钥之后，把全部数据密钥改用新主密钥包裹；可随时中断，再运行即接着做。完成后即可移除旧主密钥。 "
        "(Wraps all data keys by the present master key; may be stopped and run again.)"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        total, done = keys.wrapped_by_earlier_masters().count(), 0
        while batch := list(keys.wrapped_by_earlier_masters()[:BATCH]):
            self._rewrap(batch)
            done += len(batch)
            self.stderr.write(f"已改包 {done:,} / {total:,}")
        self.stdout.write("全部数据密钥都由现在的主密钥包裹，旧主密钥可以移除。")

    @transaction.atomic
    def _rewrap(self, batch: list[DataKey]) -> None:
        try:
            for data_key in batch:
                keys.rewrap(data_key)
        except keys.Unreadable:
            raise CommandError(
                "有数据密钥不是用已知的主密钥包裹的，请把旧主密钥放入 MASHANG_MASTER_RETIRED_KEYS 再运行。"
            ) from None
