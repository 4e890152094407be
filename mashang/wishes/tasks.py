"""What is due in this room.

Claims whose last day is over lapse, givers are reminded before, and what was handed over long ago
counts as received.
"""

from mashang.wishes.actions.claiming import lapse_overdue, remind
from mashang.wishes.actions.confirming import confirm_by_clock

TASKS = (lapse_overdue, remind, confirm_by_clock)
