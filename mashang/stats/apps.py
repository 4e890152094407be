"""Django's handle on this room."""

from django.apps import AppConfig


class StatsConfig(AppConfig):
    name = "mashang.stats"
    label = "stats"
    verbose_name = "统计"
