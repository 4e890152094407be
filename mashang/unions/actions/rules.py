"""规则卡: dated rules of a union for itself and its branch, each with the document it comes from."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.errors import refusing
from mashang.core.errors import Invalid, WrongState
from mashang.unions.models import RuleCard, Union
from mashang.unions.roles import Permission, require


@action
def set_rule(
    union: Union,
    kind: str,
    code: str,
    body: dict[str, Any],
    *,
    by: User,
    source: str,
    valid_from: date,
) -> RuleCard:
    """登记规则卡: from that day on; the union's earlier card of this code ends on its eve."""
    require(by, Permission.RULE_MANAGE, at=union)
    if not source.strip():
        raise Invalid(fields={"source": N_("请写明依据的文件和条款")})
    Union.objects.select_for_update().get(pk=union.pk)
    own = RuleCard.objects.filter(union=union, code=code)
    if own.filter(valid_from__gt=valid_from).exists():
        raise WrongState(message=N_("这条规则已有更晚生效的卡，请先停用它"))
    own.filter(valid_from__lt=valid_from, valid_to=None).update(
        valid_to=valid_from - timedelta(days=1)
    )
    with refusing():
        card = RuleCard.objects.create(
            union=union,
            kind=kind,
            code=code,
            body=body,
            source=source.strip(),
            valid_from=valid_from,
        )
    record("rule.set", card, by=by, union=union, code=code, since=valid_from)
    return card


@action
def end_rule(card: RuleCard, *, by: User, last_day: date) -> RuleCard:
    """停用规则卡: after that day the rule of the union above, or of the house, holds again."""
    require(by, Permission.RULE_MANAGE, at=card.union)
    if last_day < card.valid_from:
        raise Invalid(fields={"last_day": N_("停用日期不能早于生效日期")})
    card = RuleCard.objects.select_for_update().get(pk=card.pk)
    card.valid_to = last_day
    card.save(update_fields=["valid_to"])
    record("rule.ended", card, by=by, union=card.union, code=card.code, last_day=last_day)
    return card
