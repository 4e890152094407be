"""Locks: the wish first, then its claim, so that no two acts wait for each other."""

from mashang.wishes.models import Claim, Wish


def locked_claim(row: Claim) -> Claim:
    """The claim as it stands now, locked with its wish until the act is over."""
    Wish.objects.select_for_update(of=("self",)).get(pk=row.wish_id)
    rows = Claim.objects.select_for_update(of=("self",)).select_related(
        "wish__holder__user", "wish__union", "union", "giver", "organisation"
    )
    return rows.get(pk=row.pk)
