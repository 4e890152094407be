"""The trail is only ever added to, whoever holds the pen."""

from django.db import migrations

from mashang.core.db.triggers import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [AppendOnly("TrailEntry")]
