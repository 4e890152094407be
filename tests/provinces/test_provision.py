"""Each province has all its tables, and a migration table of its own."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections

from mashang.config.routers import DICTIONARIES

pytestmark = pytest.mark.django_db(transaction=True)


def tables_in(schema: str) -> set[str]:
    with connections["hub"].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [schema])
        return {name for (name,) in cursor.fetchall()}


BY_HAND = "wishes_search"  # the table of the wall's search has no model


def tables_of(*, dictionaries: bool) -> set[str]:
    return {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if (model._meta.app_label in DICTIONARIES) == dictionaries
    }


@pytest.mark.parametrize("schema", ["province_gx", "province_hn"])
def test_a_province_holds_its_own_tables_and_no_dictionary(schema):
    assert tables_in(schema) >= tables_of(dictionaries=False) | {"django_migrations"}
    assert tables_in(schema).isdisjoint(tables_of(dictionaries=True))


def test_the_hub_holds_the_dictionaries_only():
    assert tables_in("public") == tables_of(dictionaries=True) | {"django_migrations"}


def test_provisioning_again_changes_nothing(capsys):
    before = {schema: tables_in(schema) for schema in ("public", "province_gx", "province_hn")}

    call_command("provision")

    assert {schema: tables_in(schema) for schema in before} == before
    assert capsys.readouterr().out.count("数据表齐全") == 3


def test_one_province_can_be_provisioned_alone(capsys):
    with connections["hub"].cursor() as cursor:
        cursor.execute("DROP SCHEMA province_hn CASCADE")

    call_command("provision", "hn")

    assert tables_in("province_hn") == tables_of(dictionaries=False) | {
        "django_migrations",
        BY_HAND,
    }


def test_a_province_that_is_not_configured_is_not_made():
    with pytest.raises(CommandError, match="MASHANG_PROVINCES"):
        call_command("provision", "xx")


def test_no_foreign_key_leaves_its_schema():
    with connections["hub"].cursor() as cursor:
        cursor.execute(
            """SELECT conname FROM pg_constraint
               JOIN pg_class child ON child.oid = conrelid
               JOIN pg_class parent ON parent.oid = confrelid
               WHERE contype = 'f' AND child.relnamespace <> parent.relnamespace"""
        )
        assert cursor.fetchall() == []
