"""Posts that one person gave before the rule of two are to be confirmed by a second one within thirty days."""

from datetime import timedelta
from typing import Any

from django.db import migrations, models
from django.utils import timezone

DAYS = 30


def note(apps: Any, schema_editor: Any) -> None:
    posts = apps.get_model("unions", "Post").objects.using(schema_editor.connection.alias)
    alone = posts.filter(confirmed_by=None, awaits_second_person=False, to_on=None)
    alone.exclude(appointed_by=None).update(
        confirm_by_on=timezone.localdate() + timedelta(days=DAYS)
    )


class Migration(migrations.Migration):
    dependencies = [("unions", "0003_account_reset")]
    operations = [
        migrations.AddField(
            model_name="post",
            name="confirm_by_on",
            field=models.DateField(null=True, verbose_name="补确认期限"),
        ),
        migrations.RunPython(note, migrations.RunPython.noop),
    ]
