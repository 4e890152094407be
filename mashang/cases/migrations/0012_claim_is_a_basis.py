"""认领送达 is a basis of a look: a giver reads where to send."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0011_wish_is_a_basis"),
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
                    ("claim", "认领您的心愿，直接送到家"),
                    ("break_glass", "应急查阅"),
                ],
                max_length=12,
                verbose_name="依据",
            ),
        ),
    ]
