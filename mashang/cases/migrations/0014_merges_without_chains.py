"""A household that was merged twice leads straight to the one that it is now, as merging sees to from now on."""

from typing import Any

from django.db import migrations


def shorten(apps: Any, schema_editor: Any) -> None:
    holders = apps.get_model("cases", "Holder").objects.using(schema_editor.connection.alias)
    chained = holders.filter(merged_into__merged_into__isnull=False).select_related("merged_into")
    while links := list(chained[:500]):
        for half in links:
            _shorten(holders, half)


def _shorten(holders: Any, half: Any) -> None:
    onward = half.merged_into.merged_into_id
    if onward == half.pk:  # two who pressed at once: the older one goes on
        older = min(half.pk, half.merged_into_id)
        holders.filter(pk=older).update(merged_into=None)
    else:
        holders.filter(pk=half.pk).update(merged_into=onward)


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_task_is_a_basis")]
    operations = [migrations.RunPython(shorten, migrations.RunPython.noop)]
