"""What `mashang tick` runs for this room."""

from mashang.unions.actions.late_confirmations import (
    ask_for_second_person,
    let_unconfirmed_sleep,
)
from mashang.unions.actions.messages import tell_of_shortage

TASKS = (ask_for_second_person, let_unconfirmed_sleep, tell_of_shortage)
