"""Django's handle on this room."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "mashang.cases"
    label = "cases"
    verbose_name = "帮扶档案"

    def ready(self) -> None:
        from mashang.cases.actions import recusal  # noqa: F401  (says who keeps apart: reviews.turns)
