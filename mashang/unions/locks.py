"""在运行的工会: a union that goes on to stand until an act at it is over."""

from mashang.core.db.locks import locked
from mashang.unions.models import Union
from mashang.unions.refusals import UnionClosed


def lock_standing(union: Union) -> Union:
    """The union as it is now; nobody closes it before the act is over. Raises UnionClosed.

    For what makes a row that would keep it from closing: without this the two see nothing of each other.
    """
    union = locked(Union.objects.filter(pk=union.pk), no_key=True).get()
    if union.closed_on:
        raise UnionClosed
    return union
