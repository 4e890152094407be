"""Chinese that is data in a planted world: who and where, and what somebody typed."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps

# Table → columns that hold names, or words of people. Whatever else is Chinese is ours to say.
DATA = {
    "reference.Region": ("name",),
    "reference.LivingStandard": ("source", "document"),
    "accounts.User": ("name", "username"),
    "accounts.ApiToken": ("label",),
    "accounts.Relative": ("relation",),
    "unions.Union": ("name", "address", "contact_name"),
    "reviews.Decision": ("opinion", "missing"),
    "cases.Holder": ("name",),
    "cases.Member": ("name", "details"),
    "cases.Application": ("answers", "assist_reason"),
    "cases.HelperNote": ("body",),
    "cases.Transfer": ("why",),
    "cases.ChangeRequest": ("changes", "why", "answer"),
    "cases.Publicity": ("place",),
    "cases.Objection": ("body", "answer"),
    "givers.Giver": ("nickname",),
    "givers.Organisation": ("name", "contact_name"),
    "wishes.CatalogueItem": ("name",),
    "wishes.Wish": ("item", "spec", "reason", "story", "place", "assist_reason"),
    "wishes.DeliveryPlan": ("words",),
    "wishes.Pledge": ("item", "words"),
    "wishes.Parcel": ("goods", "carrier", "tracking"),
    "wishes.Handover": ("words",),
    "wishes.Thanks": ("words",),
    "wishes.Certificate": ("shown_name", "item", "union_name"),
    "wishes.Complaint": ("words", "answer"),
    "wishes.Fair": ("name", "place"),
    "wishes.Stock": ("item",),
}


def planted_words() -> set[str]:
    """All of them, as they stand in the database now; a federation is named by its place as well."""
    words = {
        word
        for label, columns in DATA.items()
        for row in apps.get_model(label)._base_manager.all()
        for column in columns
        for word in _texts(getattr(row, column))
        if len(word) > 1
    }
    return words | {word.removesuffix("总工会") for word in words}


def _texts(value: Any) -> Iterator[str]:
    value = value.reveal() if hasattr(value, "reveal") else value
    if isinstance(value, str):
        yield from {value, *value.split()}
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
