"""A prepared query gives the rows of its queryset, for the values of each time, in each thread."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection, models

from mashang.accounts.models import User
from mashang.cases.models import Case
from mashang.core.acts import serving
from mashang.core.prepared import Prepared, Slot
from mashang.unions.models import Post, Union
from mashang.unions.roles import Role
from mashang.unions.scope import Unscoped
from tests.builders import make_branch, make_staff

POSTS = Prepared(
    lambda: (
        Post.objects.filter(user=Slot("user", User._meta.pk), role=Role.CLERK)
        .annotate(is_open=models.Case(models.When(to_on=None, then=True), default=False))
        .select_related("union__parent")
    )
)


@pytest.mark.django_db
def test_the_same_query_with_other_values(django_assert_num_queries):
    branch = make_branch()
    one = make_staff("甲", branch["own"], Role.CLERK, Role.KEEPER)
    two = make_staff("乙", branch["town"], Role.CLERK)
    POSTS.all(user=one.pk)

    with django_assert_num_queries(3):
        ones, twos, nobodys = (POSTS.all(user=key) for key in (one.pk, two.pk, uuid4()))
        parent = ones[0].union.parent

    assert [post.role for post in ones] == [Role.CLERK]
    assert (ones[0].union, parent) == (branch["own"], branch["town"])
    assert [post.union for post in twos] == [branch["town"]]
    assert ones[0].is_open
    assert nobodys == []


@pytest.mark.django_db
def test_it_compiles_once():
    built = []

    def build():
        built.append(1)
        return Union.objects.filter(code=Slot("code", Union._meta.get_field("code")))

    prepared = Prepared(build)
    union = make_branch()["own"]

    assert [prepared.first(code=union.code), prepared.first(code="?")] == [union, None]
    assert built == [1]


@pytest.mark.django_db
def test_a_scoped_table_must_still_say_whose_rows():
    forgetful = Prepared(lambda: Case.objects.filter(pk=Slot("pk", Case._meta.pk)))

    with serving(), pytest.raises(Unscoped):
        forgetful.first(pk=uuid4())


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_over_its_own_connection():
    branch = make_branch()
    people = [make_staff(f"员{n}", branch["own"], Role.CLERK) for n in range(12)]

    def ask(user):
        try:
            return [POSTS.first(user=user.pk).user_id for _ in range(20)]
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(ask, people))

    assert found == [[user.pk] * 20 for user in people]
