"""帮扶台账怎么看: a holder's lines and what they add up to."""

from django.db.models import Sum

from mashang.aid.models import Aid, AidQuerySet
from mashang.cases.models import Holder


def received(holder: Holder) -> AidQuerySet:
    """Every line of one household, of merged files too, newest first; a reversed line and its reversal both stand."""
    lines = Aid.objects.of_household(holder).select_related("union").prefetch_related("reversals")
    return lines.order_by("-given_on", "-created_at")


def total_fen(holder: Holder) -> int:
    """What the household has received in money, reversals counted off."""
    total = Aid.objects.of_household(holder).aggregate(fen=Sum("amount_fen"))
    return total["fen"] or 0
