"""办理您家的事项 is a basis of a look: work on a household that waited for a colleague."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0012_claim_is_a_basis"),
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
                    ("task", "办理您家的事项"),
                    ("wish", "办理微心愿"),
                    ("claim", "认领您的心愿，直接送到家"),
                    ("break_glass", "应急查阅"),
                ],
                max_length=12,
                verbose_name="依据",
            ),
        ),
    ]
