"""告知: who hears of a step that nobody may take."""

from django.utils import timezone

from mashang.notices import actions as notices
from mashang.notices.kinds import kind
from mashang.reviews.models import Step
from mashang.reviews.queries import paths_upwards
from mashang.unions.models import Post
from mashang.unions.roles import Role

NOBODY_MAY = kind(
    "review.nobody_may",
    "有一件申请没有人可以办",
    "{union}和上级工会现在都没有可以办“{step}”的人，有一件申请停在这里。请尽快任命或确认一位同志，任命后会自动接着办。",
    by_sms=False,
)


def nobody_may(step: Step) -> None:
    """The administrators on the line of the union, who alone can mend it."""
    line = Post.objects.current(timezone.localdate()).filter(
        role=Role.ADMIN, union__path__in=paths_upwards(step.union_path)
    )
    told = {post.user_id: post.user for post in line.select_related("user__data_key")}
    for user in told.values():
        notices.tell(
            user, NOBODY_MAY, url="/desk/unions/", union=step.union.name, step=step.flow_step.name
        )
