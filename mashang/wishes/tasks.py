"""What is due in this room: claims whose last day is over lapse; givers are reminded before."""

from mashang.wishes.actions.claiming import lapse_overdue, remind

TASKS = (lapse_overdue, remind)
