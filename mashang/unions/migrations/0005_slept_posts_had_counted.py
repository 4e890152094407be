"""Posts that one person gave and that sleep since a reset or a closing had counted: they are marked as such."""

from typing import Any

from django.db import migrations
from django.db.models import F, Q
from django.utils import timezone


def mark(apps: Any, schema_editor: Any) -> None:
    posts = apps.get_model("unions", "Post").objects.using(schema_editor.connection.alias)
    asleep = posts.filter(awaits_second_person=True, confirmed_by=None, confirm_by_on=None)
    given = asleep.filter(to_on=None, appointed_by__isnull=False)
    # A proposal made before that cannot be told from them. It is held to the same: whoever reset the account
    # does not count as its second person.
    was_stopped = Q(user__resets__reset_at__gte=F("created_at")) | Q(user__is_active=False)
    slept = list(given.filter(was_stopped).values_list("pk", flat=True))
    posts.filter(pk__in=slept).update(confirm_by_on=timezone.localdate())


class Migration(migrations.Migration):
    dependencies = [("unions", "0004_posts_of_one_person")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
