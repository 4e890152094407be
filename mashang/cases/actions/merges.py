"""合并申请: one colleague finds that two files are one household's, another one confirms it.

The merge itself is `workflows.merge_households`.
"""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.cases import notices
from mashang.cases.actions.recusal import require_no_conflict
from mashang.cases.models import Application, Case, Holder, Merge
from mashang.cases.models.merges import STANDS_AS
from mashang.core.audit.trail import record
from mashang.core.db.action import action
from mashang.core.db.errors import refusing
from mashang.core.db.locks import locked
from mashang.core.errors import Invalid, NotAllowed, WrongState
from mashang.unions.roles import Permission

SHORTEST_REASON = 4


@action
def ask(duplicate: Holder, *, into: Holder, stands_as: str, why: str, by: User) -> Merge:
    """提出合并: nothing changes until a second person has looked.

    `stands_as`: `Merge.SAME` where both files are of one person, else what the other applicant is to
    this one (a code of `form.lists.RELATION`). `why`: what was seen (户口簿, 结婚证).
    """
    duplicate, into = lock_both(duplicate, into)
    require_both(duplicate, into, by=by)
    if stands_as not in STANDS_AS:
        raise Invalid(fields={"stands_as": N_("请选择两份档案的建档人是什么关系")})
    if len(why.strip()) < SHORTEST_REASON:
        words = _("请写明看过什么证明，至少 %(n)d 个字") % {"n": SHORTEST_REASON}
        raise Invalid(fields={"why": words})
    check_mergeable(duplicate, into, stands_as)
    with refusing():
        merge = Merge.objects.create(
            duplicate=duplicate, into=into, stands_as=stands_as, why=why.strip(), asked_by=by
        )
    record("merge.asked", merge, by=by, union=into.union)
    return merge


@action
def decline(merge: Merge, *, by: User) -> None:
    """不合并, and 撤回 by whoever asked: both files stay as they are."""
    require_no_conflict(by, Permission.CASE_TRANSFER, merge.into, at=merge.into.union)
    merge.transition_to(Merge.State.DECLINED, answered_by=by, answered_at=timezone.now())
    verb = "merge.withdrawn" if merge.asked_by_id == by.pk else "merge.declined"
    record(verb, merge, by=by, union=merge.into.union)
    notices.asker_refused(merge.into, merge.asked_by, notices.MERGE, by=by)


def lock_both(*holders: Holder) -> list[Holder]:
    """Both as they stand now with their files, so that two who merge, or one who closes, wait for each other."""
    list(locked(Case.objects.filter(holder__in=holders)))  # files first, as in a transfer
    keys = [holder.pk for holder in holders]
    rows = Holder.objects.filter(pk__in=keys).select_related("union", "user", "data_key")
    now = {row.pk: row for row in locked(rows)}
    return [now[key] for key in keys]


def require_both(*holders: Holder, by: User) -> None:
    for holder in holders:
        require_no_conflict(by, Permission.CASE_TRANSFER, holder, at=holder.union)


def check_mergeable(duplicate: Holder, into: Holder, stands_as: str) -> None:
    """Raises WrongState or NotAllowed with what stands in the way."""
    if duplicate.pk == into.pk or duplicate.merged_into_id or into.merged_into_id:
        raise WrongState(message=N_("这两份档案不能合并：其中一份已经合并过，请刷新后再看"))
    if duplicate.applications.filter(state__in=Application.LIVE).exists():
        raise WrongState(message=N_("另一份还有正在办理的申请，请先办结那份申请，再来合并"))
    if _is_active(duplicate) and not _is_active(into):
        raise WrongState(
            message=N_("要留下的那份不在档，另一份还在档；请反过来合并，或先恢复要留下的那份")
        )
    is_same = bool(duplicate.id_index) and duplicate.id_index == into.id_index
    if is_same != (stands_as == Merge.SAME):
        raise NotAllowed(message=_SAME if is_same else _NOT_THE_SAME)


_SAME = N_("两份档案的建档人是同一身份证号，请选“同一个人”")
_NOT_THE_SAME = N_(
    "两份档案的建档人不是同一身份证号：是一家人的，请选他们的关系；是同一个人的，请先更正身份证号"
)


def _is_active(holder: Holder) -> bool:
    return Case.objects.filter(holder=holder, state=Case.State.ACTIVE).exists()
