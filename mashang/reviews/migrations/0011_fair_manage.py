"""The permission to run fairs is named after them; no flow asks for it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reviews", "0010_append_only"),
    ]

    operations = [
        migrations.AlterField(
            model_name="flowstep",
            name="permission",
            field=models.CharField(
                choices=[
                    ("application.read", "查看申请"),
                    ("application.assist", "代办申请"),
                    ("review.accept", "受理与初审"),
                    ("review.check", "入户核查、评议与公示"),
                    ("review.recheck", "上级复核与经济核对"),
                    ("review.approve", "审批"),
                    ("case.read", "查看档案"),
                    ("case.change", "变更档案"),
                    ("case.pair", "安排结对"),
                    ("case.transfer", "办理转移"),
                    ("case.break_glass", "应急查阅"),
                    ("alert.read", "查看异常提醒"),
                    ("card.manage", "制卡与发卡"),
                    ("aid.propose", "登记帮扶"),
                    ("aid.confirm", "复核帮扶"),
                    ("branch.read", "查看本级及下级概况"),
                    ("tree.manage", "管理组织与任职"),
                    ("post.confirm", "确认任职"),
                    ("rule.manage", "管理规则与流程"),
                    ("wish.read", "查看心愿与认领"),
                    ("wish.assist", "代发心愿"),
                    ("wish.check", "心愿初审"),
                    ("wish.open", "心愿终审"),
                    ("wish.fund", "工会兜底"),
                    ("claim.manage", "认领与送达管理"),
                    ("giver.approve", "核实爱心单位"),
                    ("fair.manage", "办理专场活动"),
                ],
                max_length=30,
                verbose_name="所需权限",
            ),
        ),
    ]
