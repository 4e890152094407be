"""What `mashang tick` runs for this room."""

from mashang.notices.actions import send_due, send_lasting

TASKS = (send_due,)
WHATEVER_THE_CLOCK = (send_lasting,)
