"""What `mashang tick` runs for this room."""

from mashang.unions.actions.messages import tell_of_shortage
from mashang.unions.actions.posts import let_unconfirmed_sleep

TASKS = (let_unconfirmed_sleep, tell_of_shortage)
