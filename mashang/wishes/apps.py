"""Django's handle on this room."""

from django.apps import AppConfig


class WishesConfig(AppConfig):
    name = "mashang.wishes"
    label = "wishes"
    verbose_name = "微心愿"
