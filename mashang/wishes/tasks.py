"""What is due in this room.

Claims whose last day is over lapse, givers are reminded before, what was handed over long ago
counts as received, fairs whose day is over end, and the wall is counted once an hour.
"""

from mashang.wishes.actions.claims import lapse_overdue, remind
from mashang.wishes.actions.confirmations import confirm_by_clock
from mashang.wishes.actions.fairs import end_past
from mashang.wishes.actions.wall_figures import count_wall_hourly

TASKS = (lapse_overdue, remind, confirm_by_clock, end_past, count_wall_hourly)
