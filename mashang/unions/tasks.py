"""What `mashang tick` runs for this room."""

from mashang.unions.actions.messages import tell_of_shortage

TASKS = (tell_of_shortage,)
