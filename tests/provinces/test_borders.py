"""What lies in one province stays there."""

import pytest
from django.db import connection, connections, transaction
from django.db.transaction import TransactionManagementError

from mashang.accounts.models import User
from mashang.core.provinces import ProvinceUnknown, use_province
from mashang.unions.models import Union
from tests.builders import make_branch, make_worker

pytestmark = pytest.mark.django_db(transaction=True)


def schema_in_use() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return cursor.fetchone()[0]


def test_one_province_does_not_see_the_other_ones_unions():
    with use_province("gx"):
        make_branch()
        assert Union.objects.exists()

    with use_province("hn"):
        assert not Union.objects.exists()


def test_each_province_has_room_for_the_same_people():
    for code in ("gx", "hn"):
        with use_province(code):
            make_worker()
            assert User.objects.count() == 1


def test_a_query_that_names_no_province_is_refused(settings):
    settings.MASHANG_PROVINCE = ""

    with pytest.raises(ProvinceUnknown):
        Union.objects.exists()


def test_even_plain_sql_is_refused_without_a_province(settings):
    settings.MASHANG_PROVINCE = ""

    with pytest.raises(ProvinceUnknown):
        connection.cursor()


def test_a_province_that_is_not_configured_is_refused():
    with pytest.raises(ProvinceUnknown), use_province("xx"):
        pass


def test_a_transaction_does_not_cross_the_border():
    with use_province("gx"), transaction.atomic():
        Union.objects.exists()
        with pytest.raises(TransactionManagementError, match="不能跨省"), use_province("hn"):
            Union.objects.exists()


def test_a_rollback_does_not_move_the_connection():
    with use_province("gx"):
        Union.objects.exists()
    with use_province("hn"):
        with transaction.atomic():
            Union.objects.exists()
            transaction.set_rollback(True)
        assert schema_in_use() == "province_hn"


def test_a_new_connection_stands_in_the_province_at_once():
    with use_province("hn"):
        connection.close()
        assert schema_in_use() == "province_hn"


def test_dictionaries_are_read_on_the_hub_wherever_one_stands():
    with connections["hub"].cursor() as cursor, use_province("hn"):
        cursor.execute("SELECT current_schema()")
        assert cursor.fetchone() == ("public",)
