"""Dictionaries and province tables never point at each other."""

from django.apps import apps

from mashang.config.routers import DICTIONARIES, HUB, PROVINCE, ProvinceRouter


def test_no_model_points_across_the_border():
    crossing = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.related_model
        if (model._meta.app_label in DICTIONARIES)
        != (field.related_model._meta.app_label in DICTIONARIES)
    ]

    assert crossing == []


def test_each_table_is_made_on_its_own_side_only():
    router = ProvinceRouter()

    for app in apps.get_app_configs():
        sides = [db for db in (HUB, PROVINCE) if router.allow_migrate(db, app.label)]
        assert sides == ([HUB] if app.label in DICTIONARIES else [PROVINCE])
