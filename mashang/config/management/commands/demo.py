"""`mashang demo`: plants what a newcomer walks through: unions, colleagues, steps."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone

from mashang.core.commandline import OperatorCommand
from mashang.reference import actions as reference
from mashang.reviews.actions import install_default_flows
from mashang.unions.demo import PROVINCE, build_tree
from mashang.unions.demo_seats import fill_seats
from mashang.unions.models import Union


class Command(OperatorCommand):
    help = "准备演示数据：虚构的工会和工作人员；已有数据时不动。(Plants the demo, once.)"

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.MASHANG_DEMO:
            raise CommandError("生产环境不能装入演示数据。(No demo data in production.)")
        if Union.objects.exists():
            self.stdout.write("已有数据，演示数据不再装入")
            return
        plant()
        self.stdout.write(f"演示数据已备好：{Union.objects.count()} 个工会。从 /demo/ 进入各个角色")


@transaction.atomic
def plant() -> None:
    """All or nothing: half a demo would puzzle everybody."""
    reference.load_regions()
    reference.load_demo_standards()
    unions = build_tree(on=timezone.localdate())
    install_default_flows(unions[PROVINCE])
    fill_seats(unions)
