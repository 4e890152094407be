"""These rows are only ever added to, whoever holds the pen."""

from django.db import migrations

from mashang.core.db.triggers import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("codes", "0001_initial")]
    operations = [
        AppendOnly("Scan"),
    ]
