"""离任以后: what waits at the union goes on elsewhere. Only `mashang.workflows` may import this."""

from mashang.cases.actions.turns import is_stranded, move_up
from mashang.reviews.models import Step
from mashang.unions.models import Union


def follow_leaving(union: Union) -> None:
    """The open steps of a union that has lost somebody; each goes up if nobody is left for it."""
    rows = Step.objects.unscoped(why="only asked whether somebody may still take them")
    waiting = rows.waiting().filter(union=union).select_related("flow_step", "union", "review")
    for step in waiting.order_by("pk"):
        if is_stranded(step):
            move_up(step)
