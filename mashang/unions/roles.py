"""角色与权限: two tables that a union chair can read, and the one question asked in every action."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.core.errors import NotAllowed
from mashang.unions.scope import posts_of

if TYPE_CHECKING:
    from mashang.accounts.models import User
    from mashang.unions.models import Union


class Role(models.TextChoices):
    CLERK = "clerk", N_("经办人")
    REVIEWER = "reviewer", N_("复核人")
    APPROVER = "approver", N_("审批人")
    TREASURER = "treasurer", N_("财务")
    AUDITOR = "auditor", N_("监督（只读）")
    KEEPER = "keeper", N_("档案管理员")
    ADMIN = "admin", N_("系统管理员")


class Permission(models.TextChoices):
    APPLICATION_READ = "application.read", N_("查看申请")
    APPLICATION_ASSIST = "application.assist", N_("代办申请")
    REVIEW_ACCEPT = "review.accept", N_("受理与初审")
    REVIEW_CHECK = "review.check", N_("入户核查、评议与公示")
    REVIEW_RECHECK = "review.recheck", N_("上级复核与经济核对")
    REVIEW_APPROVE = "review.approve", N_("审批")
    CASE_READ = "case.read", N_("查看档案")
    CASE_CHANGE = "case.change", N_("变更档案")
    CASE_PAIR = "case.pair", N_("安排结对")
    CASE_TRANSFER = "case.transfer", N_("办理转移")
    CASE_BREAK_GLASS = "case.break_glass", N_("应急查阅")
    ALERT_READ = "alert.read", N_("查看异常提醒")
    CARD_MANAGE = "card.manage", N_("制卡与发卡")
    AID_PROPOSE = "aid.propose", N_("登记帮扶")
    AID_CONFIRM = "aid.confirm", N_("复核帮扶")
    BRANCH_READ = "branch.read", N_("查看本级及下级概况")
    TREE_MANAGE = "tree.manage", N_("管理组织与任职")
    POST_CONFIRM = "post.confirm", N_("确认任职")
    ACCOUNT_CLOSE = "account.close", N_("停用同事的账号")
    RULE_MANAGE = "rule.manage", N_("管理规则与流程")
    WISH_READ = "wish.read", N_("查看心愿与认领")
    WISH_ASSIST = "wish.assist", N_("代发心愿")
    WISH_CHECK = "wish.check", N_("心愿初审")
    WISH_OPEN = "wish.open", N_("心愿终审")
    WISH_FUND = "wish.fund", N_("工会兜底")
    CLAIM_MANAGE = "claim.manage", N_("认领与送达管理")
    GIVER_APPROVE = "giver.approve", N_("核实爱心单位")
    FAIR_MANAGE = "fair.manage", N_("办理专场活动")


_P = Permission

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.CLERK: frozenset({
        _P.APPLICATION_READ, _P.APPLICATION_ASSIST, _P.REVIEW_ACCEPT, _P.REVIEW_CHECK,
        _P.CASE_READ, _P.CASE_CHANGE, _P.CARD_MANAGE, _P.AID_PROPOSE,
        _P.WISH_READ, _P.WISH_ASSIST, _P.WISH_CHECK, _P.CLAIM_MANAGE, _P.FAIR_MANAGE,
    }),
    Role.REVIEWER: frozenset({
        _P.APPLICATION_READ, _P.REVIEW_CHECK, _P.REVIEW_RECHECK, _P.CASE_READ, _P.CASE_PAIR,
        _P.CASE_TRANSFER, _P.CASE_BREAK_GLASS, _P.WISH_READ, _P.WISH_OPEN, _P.GIVER_APPROVE,
    }),
    Role.APPROVER: frozenset({
        _P.APPLICATION_READ, _P.REVIEW_APPROVE, _P.CASE_READ, _P.CASE_PAIR, _P.CASE_TRANSFER,
        _P.CASE_BREAK_GLASS, _P.BRANCH_READ, _P.RULE_MANAGE, _P.POST_CONFIRM, _P.ALERT_READ,
        _P.WISH_READ, _P.WISH_OPEN, _P.WISH_FUND, _P.AID_PROPOSE, _P.GIVER_APPROVE,
    }),
    Role.TREASURER: frozenset({_P.CASE_READ, _P.AID_CONFIRM, _P.BRANCH_READ}),
    Role.AUDITOR: frozenset({_P.BRANCH_READ, _P.ALERT_READ}),
    Role.KEEPER: frozenset({
        _P.CASE_READ, _P.CASE_CHANGE, _P.CASE_TRANSFER, _P.CARD_MANAGE, _P.ALERT_READ,
        _P.BRANCH_READ, _P.ACCOUNT_CLOSE,
    }),
    Role.ADMIN: frozenset({_P.TREE_MANAGE, _P.POST_CONFIRM, _P.ACCOUNT_CLOSE}),
}  # fmt: skip


def permissions_at(user: "User", union: "Union") -> frozenset[Permission]:
    """What the user may do at this union: posts there or above it count."""
    granted = (
        ROLE_PERMISSIONS[Role(post.role)] for post in posts_of(user) if post.union.is_above(union)
    )
    return frozenset().union(*granted)


def holds(user: "User", permission: Permission) -> bool:
    """Whether the user holds the permission anywhere; for menus, never for data."""
    return any(permission in ROLE_PERMISSIONS[Role(post.role)] for post in posts_of(user))


def require(by: "User", permission: Permission, *, at: "Union") -> None:
    """Raise `NotAllowed` unless `by` holds the permission at the union or above it."""
    if permission not in permissions_at(by, at):
        words = _("您在“%(union)s”没有“%(permission)s”的权限，请联系该工会的管理员")
        raise NotAllowed(message=words % {"union": at.name, "permission": _(permission.label)})
