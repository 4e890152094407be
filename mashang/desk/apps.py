"""Django's handle on this room."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "mashang.desk"
    label = "desk"
    verbose_name = "工作台"
