"""Django's handle on this room."""

from django.apps import AppConfig


class UnionsConfig(AppConfig):
    name = "mashang.unions"
    label = "unions"
    verbose_name = "工会组织"
