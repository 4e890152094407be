"""Django's handle on the house itself: its commands and start-up checks."""

from django.apps import AppConfig
from django.core.checks import Tags, register

from mashang.core.commandline import ask_first


class HouseConfig(AppConfig):
    name = "mashang.config"
    label = "config"
    verbose_name = "码上"

    def ready(self) -> None:
        # Only now may the views' models be imported.
        from mashang.config import installation
        from mashang.config.checks import (
            every_limit_that_is_set_is_one,
            every_view_has_a_policy,
            the_database_is_ours,
        )

        ask_first(installation.require_own_house)
        register(every_view_has_a_policy)
        register(every_limit_that_is_set_is_one)
        register(the_database_is_ours, Tags.database)
