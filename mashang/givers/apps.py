"""Django's handle on this room."""

from django.apps import AppConfig


class GiversConfig(AppConfig):
    name = "mashang.givers"
    label = "givers"
    verbose_name = "爱心人士与单位"
