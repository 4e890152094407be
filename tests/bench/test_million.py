"""The wishes that the measurements lay in bulk are such as the house itself would have hung."""

import pytest
from django.db import connection

from bench import million
from mashang.wishes.models import Wish
from mashang.wishes.queries.wall import Asked, page
from mashang.wishes.search import tidy

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="laid by PostgreSQL's own means"),
]


def vectors():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT wish_id, opened_at, tokens::text FROM wishes_search ORDER BY wish_id"
        )
        return cursor.fetchall()


def test_what_is_laid_in_bulk_is_as_if_hung_one_by_one():
    model = million.lay()
    million.hang(model, 1, 200)
    million.hang(model, 201, 300)
    laid = vectors()
    for wish in Wish.objects.all():
        assert wish.searchable == tidy(f"{wish.item} {wish.story} {wish.place}")
        wish.put_in_search()

    assert vectors() == laid
    assert Wish.objects.count() == 301
    assert len(page(Asked(category="goods")).cards) == 20
