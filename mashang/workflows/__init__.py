"""办事: one verb of the field that several rooms follow, written top to bottom. One module, one verb.

The halves are parts of their rooms (`<room>/parts`), which nobody else may import; so no door can do
half of a thing. Who follows which verb stands in a table in tests/workflows/test_followers.py.
"""

from mashang.workflows.accept_transfer import accept_transfer
from mashang.workflows.approve_step import approve_step
from mashang.workflows.close_account import close_account
from mashang.workflows.close_case import close_case
from mashang.workflows.end_pairing import end_pairing
from mashang.workflows.end_post import end_post
from mashang.workflows.merge_households import merge_households
from mashang.workflows.publish_holidays import publish_holidays
from mashang.workflows.reopen_case import reopen_case
from mashang.workflows.submit_application import submit_application
from mashang.workflows.withdraw_consent import withdraw_consent

__all__ = [
    "accept_transfer",
    "approve_step",
    "close_account",
    "close_case",
    "end_pairing",
    "end_post",
    "merge_households",
    "publish_holidays",
    "reopen_case",
    "submit_application",
    "withdraw_consent",
]
