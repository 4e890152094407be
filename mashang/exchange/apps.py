"""Django's handle on this room."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "mashang.exchange"
    label = "exchange"
    verbose_name = "导入导出"
