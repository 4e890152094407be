"""A prepared query gives the rows of its queryset, for the values of each time, in each thread."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, models
from django.db.models import F
from django.utils import timezone

from mashang.accounts.models import User
from mashang.cases.models import Case
from mashang.core.db.action import serving
from mashang.core.db.compiled import CompiledInsert, CompiledQuery, CompiledUpdate, Param
from mashang.core.models import IdempotencyKey, RateWindow
from mashang.unions.models import Post, Union
from mashang.unions.roles import Role
from mashang.unions.scope import Unscoped
from tests.builders import make_branch, make_staff

POSTS = CompiledQuery(
    lambda: (
        Post.objects.filter(user=Param("user", User._meta.pk), role=Role.CLERK)
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
        return Union.objects.filter(code=Param("code", Union._meta.get_field("code")))

    prepared = CompiledQuery(build)
    union = make_branch()["own"]

    assert [prepared.first(code=union.code), prepared.first(code="?")] == [union, None]
    assert built == [1]


@pytest.mark.django_db
def test_a_scoped_table_must_still_say_whose_rows():
    forgetful = CompiledQuery(lambda: Case.objects.filter(pk=Param("pk", Case._meta.pk)))

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


# What writes ---------------------------------------------------------------------------------


def make_window(**also):
    return RateWindow(**{"bucket": uuid4().hex, "hits": 1, "ends_at": timezone.now(), **also})


def _of_bucket():
    return RateWindow.objects.filter(bucket=Param("which", RateWindow._meta.get_field("bucket")))


@pytest.mark.django_db
def test_a_row_is_inserted_as_save_would():
    insert, rows = CompiledInsert(RateWindow), [make_window(hits=n) for n in range(3)]

    assert [insert.insert_row(row) for row in rows] == [True, True, True]

    kept = RateWindow.objects.in_bulk([row.pk for row in rows])
    for row in rows:
        found = kept[row.pk]
        assert not row._state.adding
        for field in RateWindow._meta.concrete_fields:
            assert getattr(found, field.attname) == getattr(row, field.attname)


@pytest.mark.django_db
def test_a_row_that_is_there_already_is_left_alone_where_it_is_asked_for():
    insert = CompiledInsert(IdempotencyKey, unless_there=True)
    actor, key = uuid4(), "12345678"

    first, second = (
        insert.insert_row(IdempotencyKey(actor_id=actor, key=key, body_hash=body))
        for body in ("one", "two")
    )

    assert (first, second) == (True, False)
    assert IdempotencyKey.objects.get(actor_id=actor).body_hash == "one"


@pytest.mark.django_db(transaction=True)
def test_a_broken_rule_is_an_integrity_error():
    insert, row = CompiledInsert(RateWindow), make_window()
    insert.insert_row(row)

    with pytest.raises(IntegrityError):
        insert.insert_row(make_window(bucket=row.bucket))
    assert insert.insert_row(make_window())  # the plans that the rollback took are made again


@pytest.mark.django_db
def test_columns_are_set_where_the_row_is_found():
    update = CompiledUpdate(_of_bucket, "ends_at", hits=F("hits") + 1)
    row, other = make_window(), make_window()
    RateWindow.objects.bulk_create([row, other])
    later = timezone.now() + timedelta(hours=1)

    changed = [
        update.update_rows(which=key, ends_at=later) for key in (row.bucket, row.bucket, "?")
    ]

    assert changed == [1, 1, 0]
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.hits, row.ends_at) == (3, later)
    assert other.hits == 1


POSTGRESQL = pytest.mark.skipif("connection.vendor != 'postgresql'")


@POSTGRESQL
@pytest.mark.django_db
def test_postgresql_keeps_the_plan_of_what_comes_again_and_of_nothing_else():
    update = CompiledUpdate(_of_bucket, "hits")
    for hits in (7, 8):
        update.update_rows(which="?", hits=hits)
        RateWindow.objects.filter(bucket="?").update(hits=hits)

    assert [text.split(" SET ")[0] for text in _kept_plans()] == ['UPDATE "core_ratewindow"']
    assert connection.connection._prepared._counts == {}  # no text of others, with its values


@POSTGRESQL
@pytest.mark.django_db(transaction=True)
def test_a_column_that_changes_its_type_spoils_one_plan_and_no_page():
    find = CompiledQuery(lambda: _of_bucket())
    row = make_window()
    row.save(force_insert=True)
    assert [find.first(which=row.bucket) for _ in range(3)] == [row] * 3
    try:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE core_ratewindow ALTER bucket TYPE varchar(80)")

        assert [find.first(which=row.bucket) for _ in range(3)] == [row] * 3
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE core_ratewindow ALTER bucket TYPE varchar(64)")


def _kept_plans():
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [statement for (statement,) in cursor.fetchall()]
