"""Whoever may confirm a post of one person alone is asked at the first tick, and again before its day."""

from typing import Any

from django.db import migrations, models
from django.utils import timezone


def ask(apps: Any, schema_editor: Any) -> None:
    posts = apps.get_model("unions", "Post").objects.using(schema_editor.connection.alias)
    waiting = posts.filter(awaits_second_person=False, confirm_by_on__isnull=False, to_on=None)
    waiting.update(ask_on=timezone.localdate())


class Migration(migrations.Migration):
    dependencies = [("unions", "0005_slept_posts_had_counted")]
    operations = [
        migrations.AddField(
            model_name="post",
            name="ask_on",
            field=models.DateField(null=True, verbose_name="提醒补确认的日子"),
        ),
        migrations.RunPython(ask, migrations.RunPython.noop),
    ]
