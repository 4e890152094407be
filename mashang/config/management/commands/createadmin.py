"""`mashang createadmin`: opens an administrator's account on the server, and prints how to enter.

Roles that approve take two people, so an installation needs two administrators: run it twice.
"""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import transaction

from mashang.accounts.actions.staff import ENROLMENT_DAYS, Enrolment
from mashang.core.commandline import OperatorCommand
from mashang.core.errors import DomainError, Invalid
from mashang.reviews.actions import install_default_flows
from mashang.unions.actions import posts, tree
from mashang.unions.actions.tree import Particulars
from mashang.unions.models import Post, Union
from mashang.unions.roles import Role


class Command(OperatorCommand):
    help = (
        "开通系统管理员账号，打印启用码；至少开通两位，审批等角色要两人才能任命。"
        " (Opens an administrator's account and prints its enrolment code; open two.)"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="登录名 (sign-in name)")
        parser.add_argument("name", help="姓名 (the person's name)")
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
        try:
            union, enrolment = install(
                options["username"], options["name"], options["union"], options["found"]
            )
        except DomainError as refusal:
            raise CommandError(_sentence(refusal)) from None
        self.stdout.write(
            f"已在“{union.name}”开通系统管理员 {enrolment.user.username}。\n"
            f"启用码：{enrolment.code}（{ENROLMENT_DAYS} 天内有效，只显示这一次）\n"
            "请本人打开 /desk/enrol/ ，填登录名和启用码，设置密码和动态口令。"
        )
        if Post.objects.filter(role=Role.ADMIN, to_on=None).count() < 2:
            self.stdout.write("还差一位：审批、财务等角色要两位管理员先后办理，请再开通一位。")


@transaction.atomic
def install(
    username: str, name: str, code: str | None, found: list[str] | None
) -> tuple[Union, Enrolment]:
    """The account and its post in one transaction: none without the other."""
    if found:
        province = tree.found_province(Particulars(name=found[1], region_code=found[0]))
        install_default_flows(province)
    unions = Union.objects.filter(code=code) if code else Union.objects.filter(parent=None)
    union = unions.first()
    if union is None:
        raise CommandError("没有找到这个工会；还没有任何工会时，请加 --found 450000 名称")
    enrolment = posts.invite(username, name, at=union, by=None)
    posts.install(enrolment.user, union, Role.ADMIN)
    return union, enrolment


def _sentence(refusal: DomainError) -> str:
    words = refusal.fields.values() if isinstance(refusal, Invalid) else ()
    return "；".join(words) or refusal.message
