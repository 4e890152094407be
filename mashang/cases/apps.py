"""Django's handle on this room."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "mashang.cases"
    label = "cases"
    verbose_name = "帮扶档案"
