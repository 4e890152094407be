"""Django's handle on this room."""

from django.apps import AppConfig

FOREIGN_QR_KEY = (
    "二维码密钥与已经印出的服务码不符（放错、互换，或编号不对），没有改动任何资料。请核对 MASHANG_QR_KEY、MASHANG_QR_KEY_ID "
    "与 MASHANG_QR_RETIRED_KEYS"
)


class CodesConfig(AppConfig):
    name = "mashang.codes"
    label = "codes"
    verbose_name = "档案二维码"

    def ready(self) -> None:
        from mashang.codes.queries import are_minted_here
        from mashang.core.privacy import keys

        keys.witnessed_by(are_minted_here, FOREIGN_QR_KEY)
