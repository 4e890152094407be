"""Django's handle on this room."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "mashang.core"
    label = "core"
    verbose_name = "底层"

    def ready(self) -> None:
        from mashang.core.db.fields import keep_masks_out

        keep_masks_out()
