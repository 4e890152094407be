"""Django's handle on this room."""

from django.apps import AppConfig


class MobileConfig(AppConfig):
    name = "mashang.mobile"
    label = "mobile"
    verbose_name = "手机端"
