"""树的路径: a half-open range of paths is a subtree, on both databases, from the index."""

from django.db import connection

from mashang.core.privacy.keys import new_data_key
from tests.core.papers import Household


def test_paths_compare_byte_by_byte(db):
    key = new_data_key()
    for path in ("45a", "45B", "45_", "46", "45", "44"):
        Household.objects.create(data_key=key, path=path)

    below = Household.objects.filter(path__gte="45", path__lt="46").order_by("path")

    assert [row.path for row in below] == ["45", "45B", "45_", "45a"]


def test_only_postgresql_needs_to_be_told_the_collation():
    collation = Household._meta.get_field("path").db_parameters(connection).get("collation")

    assert collation == ("C" if connection.vendor == "postgresql" else None)
