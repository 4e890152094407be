"""A code that is good for one use, whatever its purpose."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_api_tokens")]
    operations = [
        migrations.RenameModel("RecoveryCode", "OneTimeCode"),
        migrations.AlterModelOptions("onetimecode", {"verbose_name": "一次性代码"}),
        migrations.AlterField(
            model_name="onetimecode",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="one_time_codes",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
