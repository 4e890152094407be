"""Who acts for an organisation is its representative; members are those of a union."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("givers", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.RenameModel("Membership", "Representative"),
        migrations.AlterField(
            model_name="representative",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="representatives",
                to="givers.organisation",
            ),
        ),
        migrations.AlterField(
            model_name="representative",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="representatives",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
