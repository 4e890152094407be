"""Django's handle on what the doors share."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "mashang.web"
    label = "web"
    verbose_name = "页面公用"
