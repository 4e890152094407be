"""`mashang createadmin`: two administrators at once, on the server, each with the own enrolment code.

No post is given by one person, and whoever would confirm the first ones does not exist yet. So the first two
of a house, or of a union whose administrators are all gone, are made together, both by name; whoever keeps
or decides at the unions above is told, and the trail has it.
"""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import transaction

from mashang.accounts.actions import staff
from mashang.accounts.actions.staff import ENROLMENT_DAYS, Enrolment
from mashang.core.commandline import OperatorCommand
from mashang.core.errors import DomainError, Invalid
from mashang.reviews.actions import install_default_flows
from mashang.unions.actions import posts, tree
from mashang.unions.actions.tree import Particulars
from mashang.unions.models import Union
from mashang.unions.roles import Role


class Command(OperatorCommand):
    help = (
        "一次开通两位系统管理员，各打印一个启用码；请两位本人都在场，各记各的。"
        " (Opens the accounts of two administrators and prints an enrolment code for each of them.)"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        for number, who in ((1, "第一位"), (2, "第二位")):
            parser.add_argument(f"username{number}", help=f"{who}的登录名 (sign-in name)")
            parser.add_argument(f"name{number}", help=f"{who}的姓名 (the person's name)")
        parser.add_argument(
            "--union", metavar="CODE", help="所在工会编号；不写则为省级工会 (default: the province)"
        )
        parser.add_argument(
            "--found",
            nargs=2,
            metavar=("REGION", "NAME"),
            help="还没有任何工会时：先建省级工会并装入默认审核流程，例如 --found 450000 广西壮族自治区总工会"
            " (with an empty tree: found the province's union first, with the default steps)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        people = [(options[f"username{n}"], options[f"name{n}"]) for n in (1, 2)]
        if people[0][1].strip() == people[1][1].strip():
            raise CommandError("两位管理员要是两个人：请写两个不同的姓名")
        try:
            union, enrolments = install(people, options["union"], options["found"])
        except DomainError as refusal:
            raise CommandError(_sentence(refusal)) from None
        self.stdout.write(f"已在“{union.name}”开通两位系统管理员：")
        for enrolment in enrolments:
            self.stdout.write(
                f"{enrolment.user.name}（登录名 {enrolment.user.username}）启用码：{enrolment.code}"
            )
        self.stdout.write(
            f"启用码 {ENROLMENT_DAYS} 天内有效，只显示这一次，请两位本人各记各的。\n"
            "请本人打开 /desk/enrol/ ，填登录名和启用码，设置密码和动态口令。"
        )


@transaction.atomic
def install(
    people: list[tuple[str, str]], code: str | None, found: list[str] | None
) -> tuple[Union, list[Enrolment]]:
    """Both accounts and their posts in one transaction: none without the other."""
    if found:
        province = tree.found_province(Particulars(name=found[1], region_code=found[0]))
        install_default_flows(province)
    unions = Union.objects.filter(code=code) if code else Union.objects.filter(parent=None)
    union = unions.first()
    if union is None:
        raise CommandError("没有找到这个工会；还没有任何工会时，请加 --found 450000 名称")
    users = [posts.invite(username, name, at=union, by=None) for username, name in people]
    posts.install_together(users, union, Role.ADMIN)
    return union, [staff.new_enrolment(user) for user in users]


def _sentence(refusal: DomainError) -> str:
    words = refusal.fields.values() if isinstance(refusal, Invalid) else ()
    return "；".join(words) or refusal.message
