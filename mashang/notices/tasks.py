"""What `mashang tick` runs for this room."""

from mashang.notices.actions import send_due

TASKS = (send_due,)
WHATEVER_THE_CLOCK = (send_due,)
