"""离任以后: what waits at the union goes on elsewhere. Only `mashang.workflows` may import this."""

from mashang.cases.actions.turns import is_stranded, move_up
from mashang.reviews.models import Step
from mashang.unions.models import Post
from mashang.unions.roles import ROLE_PERMISSIONS, Role

AT_ONCE = 20


def follow_leaving(post: Post) -> None:
    """The open steps that this post could take; each goes up if nobody is left for it. A large office's are
    looked at by the clock within the minute: leaving waits for nobody."""
    rows = Step.objects.unscoped(why="only asked whether somebody may still take them")
    theirs = rows.waiting().filter(
        union=post.union, flow_step__permission__in=ROLE_PERMISSIONS[Role(post.role)]
    )
    first = list(theirs.select_related("flow_step", "union", "review").order_by("pk")[:AT_ONCE])
    if len(first) == AT_ONCE:
        theirs.update(looked_at=None)
    for step in first:
        if is_stranded(step):
            move_up(step)
