"""The last four digits of a phone, and names in the one spelling in which they are searched.

The digits of old rows lie sealed: `households.note_phone_tails` notes them, some at each tick.
"""

from typing import Any

from django.db import migrations, models

from mashang.core.typed import one_name


def spell(apps: Any, schema_editor: Any) -> None:
    holders = apps.get_model("cases", "Holder").objects.using(schema_editor.connection.alias)
    for pk, name in holders.exclude(name="").values_list("pk", "name").iterator(chunk_size=2000):
        if (spelled := one_name(name)) != name and spelled:
            holders.filter(pk=pk).update(name=spelled)


class Migration(migrations.Migration):
    dependencies = [("cases", "0015_merge_takes_two")]
    operations = [
        migrations.AddField(
            model_name="holder",
            name="phone_tail",
            field=models.CharField(blank=True, default="", max_length=4, verbose_name="手机尾号"),
            preserve_default=False,
        ),
        migrations.RunPython(spell, migrations.RunPython.noop),
    ]
