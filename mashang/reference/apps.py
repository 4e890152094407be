"""Django's handle on this room."""

from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "mashang.reference"
    label = "reference"
    verbose_name = "字典"
