"""Django's handle on this door."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "mashang.api"
    label = "api"
    verbose_name = "接口"
