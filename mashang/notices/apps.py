"""Django's handle on this room."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "mashang.notices"
    label = "notices"
    verbose_name = "通知"
