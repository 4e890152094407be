"""Django's handle on this room."""

from django.apps import AppConfig

FOREIGN_TRAIL_KEY = (
    "留痕签名密钥与已签名的根不符（放错、互换，或根文件是别处的），没有改动任何资料。请核对 MASHANG_TRAIL_KEY 与 "
    "MASHANG_TRAIL_ROOTS；换过密钥的，把旧的公钥放入 MASHANG_TRAIL_RETIRED_PUBLIC_KEYS"
)

OPERATOR_ACT = ("id", "created_at", "what", "before", "after", "reason", "operator")


class CoreConfig(AppConfig):
    name = "mashang.core"
    label = "core"
    verbose_name = "底层"

    def ready(self) -> None:
        from mashang.core.audit import roots
        from mashang.core.audit.bound import bound
        from mashang.core.db.fields import keep_masks_out
        from mashang.core.models import OperatorAct
        from mashang.core.privacy import keys

        keep_masks_out()
        bound(OperatorAct, 1, OPERATOR_ACT)
        keys.witnessed_by(roots.signed_here, FOREIGN_TRAIL_KEY)
