"""工会组织: found, correct and close a union."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.errors import refusing
from mashang.core.errors import Invalid, WrongState
from mashang.core.privacy.identity import check_credit_code
from mashang.core.seen import require_seen
from mashang.unions.closure import closing_blockers
from mashang.unions.models import Post, Union
from mashang.unions.queries import union_shown
from mashang.unions.refusals import CodeTaken, StillAtWork, StillInUse
from mashang.unions.roles import Permission, require

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SEGMENT = 4
_ORDER = list(Union.Kind)


@dataclass(frozen=True)
class Particulars:
    """法定信息: what a union's certificate says, and how people reach it."""

    name: str
    region_code: str
    credit_code: str = ""
    address: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    hotline: str = "12351"

    def checked(self) -> dict[str, str]:
        """As columns. Raises Invalid with a sentence per field."""
        fields = {name: value.strip() for name, value in vars(self).items()}
        if not fields["name"]:
            raise Invalid(fields={"name": N_("请填写工会名称")})
        if fields["credit_code"]:
            fields["credit_code"] = _credit_code(fields["credit_code"])
        return fields


@action
def found_province(particulars: Particulars) -> Union:
    """建立省级工会: the root of a tree; only the set-up commands do this."""
    fields = particulars.checked()
    code = fields["region_code"]
    if Union.objects.filter(code=code).exists():
        raise CodeTaken(fields={"code": CodeTaken.message})
    union = Union.objects.create(path=code[:2], code=code, kind=Union.Kind.PROVINCE, **fields)
    record("union.founded", union, by=None, union=union, kind=union.kind, code=code)
    return union


@action
def found(
    parent: Union, kind: str, particulars: Particulars, *, by: User | None, code: str = ""
) -> Union:
    """建立工会: below `parent`, at any lower level (an industry's union may skip one).

    `by` is None for the set-up commands only. The parent's row is locked, so that two founded at
    once get two paths. Raises Invalid, CodeTaken, CreditCodeTaken, WrongState.
    """
    if by is not None:
        require(by, Permission.TREE_MANAGE, at=parent)
    fields = particulars.checked()
    parent = Union.objects.select_for_update().get(pk=parent.pk)
    _check_place(parent, kind)
    number = _next_number(parent)
    code = code.strip() or _usual_code(parent, kind, fields["region_code"], number)
    if Union.objects.filter(code=code).exists():
        raise CodeTaken(fields={"code": CodeTaken.message})
    with refusing():
        union = Union.objects.create(
            parent=parent, path=parent.path + _segment(number), code=code, kind=kind, **fields
        )
    record("union.founded", union, by=by, union=parent, kind=kind, code=code)
    return union


@action
def correct(union: Union, particulars: Particulars, *, by: User, seen: str | None = None) -> Union:
    """更正信息: name, region, credit code, address, contact, hotline. `seen` is the mark of those that were read."""
    require(by, Permission.TREE_MANAGE, at=union)
    fields = particulars.checked()
    union = Union.objects.select_for_update().get(pk=union.pk)
    require_seen(seen, union_shown(union))
    changed = [name for name, value in fields.items() if getattr(union, name) != value]
    for name in changed:
        setattr(union, name, fields[name])
    with refusing():
        union.save(update_fields=changed)
    if changed:
        record("union.corrected", union, by=by, union=union, fields=sorted(changed))
    return union


@action
def close(union: Union, *, by: User) -> Union:
    """撤销工会: from today on; its branches, posts, files and wishes have to be wound up before."""
    require(by, Permission.TREE_MANAGE, at=union.parent or union)
    union = Union.objects.select_for_update().get(pk=union.pk)
    if refusal := what_bars_closing(union):
        raise refusal
    union.closed_on = timezone.localdate()
    union.save(update_fields=["closed_on"])
    record("union.closed", union, by=by, union=union)
    return union


def what_bars_closing(union: Union) -> WrongState | None:
    """What has to be wound up before; None where nothing is left."""
    if union.closed_on:
        return WrongState(message=N_("这个工会已经撤销"))
    has_posts = Post.objects.current(timezone.localdate()).filter(union=union).exists()
    if has_posts or union.children.filter(closed_on=None).exists():
        return StillInUse()
    going_on = closing_blockers(union)
    return StillAtWork(going_on) if going_on else None


def _check_place(parent: Union, kind: str) -> None:
    if parent.closed_on:
        raise WrongState(message=N_("上级工会已经撤销，不能再在下面建立工会"))
    if _ORDER.index(Union.Kind(kind)) <= _ORDER.index(Union.Kind(parent.kind)):
        raise Invalid(fields={"kind": N_("下级工会的层级要低于上级，请重新选择")})


def _credit_code(text: str) -> str:
    try:
        return check_credit_code(text)
    except Invalid as refusal:
        raise Invalid(fields={"credit_code": refusal.message}) from None


def _next_number(parent: Union) -> int:
    """Behind the last child, closed ones too: a path is never given twice."""
    last = parent.children.order_by("-path").values_list("path", flat=True).first()
    return int(last[-_SEGMENT:], 36) + 1 if last else 1


def _segment(number: int) -> str:
    """Four base-36 characters, so that paths sort as numbers do."""
    text = ""
    for _ in range(_SEGMENT):
        number, digit = divmod(number, 36)
        text = _DIGITS[digit] + text
    if number:
        raise WrongState(message=N_("这一级下面的工会数量已到上限"))
    return text


def _usual_code(parent: Union, kind: str, region_code: str, number: int) -> str:
    """GB/T 2260 for cities and counties; below them the parent's code and a running number."""
    governs = kind in (Union.Kind.CITY, Union.Kind.COUNTY)
    if governs and not Union.objects.filter(code=region_code).exists():
        return region_code
    return f"{parent.code}-{number:02}"
