"""Django's handle on this room."""

from django.apps import AppConfig


class AidConfig(AppConfig):
    name = "mashang.aid"
    label = "aid"
    verbose_name = "帮扶记录"
