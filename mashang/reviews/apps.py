"""Django's handle on this room."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "mashang.reviews"
    label = "reviews"
    verbose_name = "审核"
