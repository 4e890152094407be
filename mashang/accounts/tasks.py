"""What `mashang tick` runs for this room."""

from mashang.accounts.actions.devices import sweep_sign_ins
from mashang.accounts.actions.phones import sweep_codes

TASKS = (sweep_sign_ins, sweep_codes)
