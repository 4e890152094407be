"""心愿清单: what a union adds to the usual things, with its price, from a day on."""

from datetime import date, timedelta

from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.errors import refusing
from mashang.core.errors import Invalid
from mashang.screening.shared_words import check_shared
from mashang.unions.models import Union
from mashang.unions.roles import Permission, require
from mashang.wishes.eligibility import goods_refused
from mashang.wishes.models import CatalogueItem
from mashang.wishes.rules import rules_at


@action
def list_item(
    union: Union, *, category: str, name: str, price_fen: int, valid_from: date, by: User
) -> CatalogueItem:
    """列入清单: for the union and its branch; its earlier entry of this name ends on the eve."""
    require(by, Permission.RULE_MANAGE, at=union)
    if refused := goods_refused(name, price_fen, rules_at(union, valid_from)):
        fields = {"item": "name", "price_fen": "price"}
        raise Invalid(fields={fields[part]: words for part, words in refused.items()})
    check_shared(name=name)
    if price_fen <= 0:
        raise Invalid(fields={"price": N_("参考价要大于 0 元")})
    before = CatalogueItem.objects.filter(union=union, name=name, valid_from__lt=valid_from)
    before.filter(valid_to=None).update(valid_to=valid_from - timedelta(days=1))
    with refusing():
        item = CatalogueItem.objects.create(
            union=union, category=category, name=name, price_fen=price_fen, valid_from=valid_from
        )
    record("catalogue.listed", item, by=by, union=union, price_fen=price_fen)
    return item


@action
def end_item(item: CatalogueItem, *, last_day: date, by: User) -> None:
    """停用: after that day the entry of the union above, or the bundled one, holds again."""
    require(by, Permission.RULE_MANAGE, at=item.union)
    if last_day < item.valid_from:
        raise Invalid(fields={"last_day": N_("停用日期不能早于生效日期")})
    CatalogueItem.objects.filter(pk=item.pk).update(valid_to=last_day)
    record("catalogue.ended", item, by=by, union=item.union, last_day=last_day)
