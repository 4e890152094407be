"""日: which day it is here, at a moment. The one place that takes a day out of a moment."""

from datetime import date, datetime

from django.utils import timezone


def day_of(value: date | datetime) -> date:
    """The Beijing day of a moment; a day stays what it is.

    A moment comes out of the database in UTC, where the day begins at eight in the morning here:
    `.date()` of it is yesterday for whoever works at night.
    """
    return timezone.localdate(value) if isinstance(value, datetime) else value
