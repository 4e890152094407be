"""清理草稿: thirty days, and not a day less."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from mashang import workflows
from mashang.accounts.models import User
from mashang.cases import tasks
from mashang.cases.actions import papers
from mashang.cases.models import Application
from mashang.core.privacy import store
from mashang.unions.models import Union
from tests.cases.answers import begin, current, fill_in, make_ready
from tests.pictures import make_jpeg


def test_a_draft_of_thirty_one_days_is_cleared_with_its_photos(
    li: User, branch_a: dict[str, Union], django_capture_on_commit_callbacks: object
) -> None:
    application = fill_in(begin(li, branch_a["own"]), by=li)
    paper = papers.add(application, kind="id_card", data=make_jpeg(), by=li)

    with (
        time_machine.travel(timezone.now() + timedelta(days=31)),
        django_capture_on_commit_callbacks(execute=True),
    ):
        assert tasks.clear_old_drafts() == 1
        assert tasks.clear_old_drafts() == 0

    gone = current(application)
    assert (gone.state, gone.ending) == ("ended", Application.Ending.EXPIRED)
    assert gone.answers.reveal() == {} and not store._path(paper.blob).exists()


def test_a_draft_of_twenty_nine_days_stays(li: User, branch_a: dict[str, Union]) -> None:
    begin(li, branch_a["own"])

    with time_machine.travel(timezone.now() + timedelta(days=29)):
        assert tasks.clear_old_drafts() == 0


def test_what_was_submitted_is_never_cleared(li: User, branch_a: dict[str, Union]) -> None:
    application = workflows.submit_application(make_ready(li, branch_a), by=li)

    with time_machine.travel(timezone.now() + timedelta(days=99)):
        tasks.clear_old_drafts()

    assert current(application).state == Application.State.SUBMITTED
