"""办理微心愿 is a basis of a look too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0010_append_only"),
    ]

    operations = [
        migrations.AlterField(
            model_name="access",
            name="basis",
            field=models.CharField(
                choices=[
                    ("self", "本人"),
                    ("review", "办理申请"),
                    ("keeping", "管理档案"),
                    ("pairing", "结对帮扶"),
                    ("card", "制卡发卡"),
                    ("wish", "办理微心愿"),
                    ("break_glass", "应急查阅"),
                ],
                max_length=12,
                verbose_name="依据",
            ),
        ),
    ]
