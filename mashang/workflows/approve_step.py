"""通过: one office approves, and with the last one what was granted begins."""

from typing import Any

from mashang.accounts.models import User
from mashang.aid import parts as aid
from mashang.cases.actions import reviews
from mashang.cases.models import Application
from mashang.core.db.action import action
from mashang.reviews.models import Step


@action
def approve_step(step: Step, *, by: User, **decided: Any) -> Application:
    """通过一个环节: `decided` as in `reviews.approve`. A granted sum waits for the treasurer at once."""
    application = reviews.approve(step, by=by, **decided)
    if application.ending == Application.Ending.AIDED:
        aid.propose_granted(application, by=by)
    return application
