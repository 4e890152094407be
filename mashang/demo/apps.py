"""Django's handle on this door; installed in the demo only."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "mashang.demo"
    label = "demo"
    verbose_name = "演示"
