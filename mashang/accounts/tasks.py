"""What `mashang tick` runs for this room."""

from mashang.accounts.actions.devices import sweep_sign_ins
from mashang.accounts.actions.phones import sweep_codes
from mashang.accounts.actions.sign_ins import enter_failures

TASKS = (enter_failures, sweep_sign_ins, sweep_codes)
