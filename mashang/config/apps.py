"""Django's handle on the house itself: its commands and start-up checks."""

from django.apps import AppConfig


class HouseConfig(AppConfig):
    name = "mashang.config"
    label = "config"
    verbose_name = "码上"
