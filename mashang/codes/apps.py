"""Django's handle on this room."""

from django.apps import AppConfig


class CodesConfig(AppConfig):
    name = "mashang.codes"
    label = "codes"
    verbose_name = "档案二维码"
