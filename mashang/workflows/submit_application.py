"""提交申请: the application goes into review, and the household has its code."""

from mashang.accounts.models import User
from mashang.cases.models import Application
from mashang.cases.parts import applications
from mashang.codes import actions as codes
from mashang.core.db.action import action


@action
def submit_application(
    application: Application, *, by: User, seen: str | None = None
) -> Application:
    """提交申请: with the first submission the holder has a code, and keeps it ever after.

    Raises NotFilled (its fields name the steps), NoFlow, HasLiveApplication, ChangedMeanwhile.
    """
    submitted = applications.submit(application, by=by, seen=seen)
    codes.issue_for(submitted.holder, by=by)
    return submitted
