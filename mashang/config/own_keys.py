"""密钥登记: once, the database is told whose keys it was made with; from then on others are refused.

A database that is older than this is believed only if the keys open what stands in it, and find it again: a
wrong master key opens no data key, a wrong look-up key (also one exchanged with the master key) makes another
index of the same number.
"""

from collections.abc import Iterator

from django.db import models, transaction

from mashang.accounts.models import User
from mashang.cases.models import Holder
from mashang.codes.queries import live_codes_without_key
from mashang.core.audit import roots
from mashang.core.models import DataKey, KeyCheck
from mashang.core.privacy import keys

FOREIGN = (
    "主密钥或检索密钥与这个数据库不符（放错、互换，或恢复了别处的备份），没有改动任何资料。请核对 MASHANG_MASTER_KEY 与 "
    "MASHANG_LOOKUP_KEY；换过主密钥的，把旧的放入 MASHANG_MASTER_RETIRED_KEYS"
)
LOOKED_AT = 50  # rows of each kind, the newest: they were written by the keys in use
INDEXED = (
    (User, "phone", "phone_index"),
    (User, "work_phone", "work_phone_index"),
    (Holder, "id_number", "id_index"),
)
Kind = tuple[type[models.Model], str, str]


@transaction.atomic
def register() -> bool:
    """Whether the check was laid now. Raises ForeignKeys if the keys do not fit what is there."""
    check = keys.laid_check()
    opens = _opens_what_is_there() if check is None else keys.opens_check(check)
    if not opens or keys.witnesses_against():
        raise keys.ForeignKeys
    if check is None:
        keys.lay_check()
    return check is None


def check() -> tuple[bool, str]:
    """For the self-test: passed, and in words."""
    check = keys.laid_check()
    against = foreign(check)
    if against:
        return False, "；".join(against)
    if check is None:
        return True, "还没有登记，下次运行 mashang provision 时登记"
    return True, "与数据库登记的相符"


def trail() -> tuple[bool, str]:
    """For the self-test: whether the next root can be signed."""
    if roots.may_sign_next():
        return True, "下一个根可以签名"
    return False, (
        "留痕没有再签名：最新的根不是由现在的签名密钥、也不是由最后一个换下的密钥签的（旧密钥放回来了，"
        "或有进程还用着旧密钥）。请核对 MASHANG_TRAIL_KEY 与 MASHANG_TRAIL_RETIRED_PUBLIC_KEYS，再重启全部进程"
    )


def cards() -> tuple[bool, str]:
    """For the self-test: whether every live code's key is in the settings."""
    if not (lost := live_codes_without_key()):
        return True, "全部在设置里"
    return False, (
        f"{lost} 个服务码所用的二维码密钥不在设置里：它们的卡扫不出来，也印不了，要重新发码制卡。密钥还在的，放回 "
        "MASHANG_QR_RETIRED_KEYS；丢了的，在“服务卡”里逐张挂失补发，或请职工在“我的码”里补办"
    )


def foreign(check: KeyCheck | None) -> list[str]:
    """Which keys are not those of this database, in words. Where master and look-up key are not, nobody can say of
    the others: their marks are found by the look-up key."""
    if check is not None and not keys.opens_check(check):
        return [FOREIGN]
    return keys.witnesses_against()


def _opens_what_is_there() -> bool:
    return _open_data_keys() and _find_what_is_there()


def _open_data_keys() -> bool:
    alive = DataKey.objects.filter(destroyed_at=None).order_by("-created_at")[:LOOKED_AT]
    tried = [keys.opens(key) for key in alive]
    return any(tried) or not tried


def _find_what_is_there() -> bool:
    found = [is_found for kind in INDEXED for is_found in _found_again(kind)]
    return any(found) or not found


def _found_again(kind: Kind) -> Iterator[bool]:
    """For the newest rows with such a number: whether it has the index that stands beside it."""
    model, sealed, index = kind
    rows = model._default_manager.exclude(**{f"{index}__isnull": True}).exclude(**{index: ""})
    purpose = "id" if index == "id_index" else "phone"
    for row in rows.select_related("data_key").order_by("-created_at")[:LOOKED_AT]:
        try:
            number = getattr(row, sealed).reveal()
        except keys.Unreadable:
            continue  # sealed by other keys: it says nothing about this one
        yield keys.index_by_these_keys(purpose, number) == getattr(row, index)
