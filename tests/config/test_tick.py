"""Due work of every room is run; one failure does not keep the others from running."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from mashang.config.management.commands import tick


@pytest.fixture
def ran(monkeypatch):
    done: list[str] = []

    def breaks() -> None:
        raise RuntimeError("no network")

    tasks = [lambda: done.append("first"), breaks, lambda: done.append("last")]
    monkeypatch.setattr(tick, "tasks", lambda which: iter(tasks))
    return done


@pytest.mark.django_db(transaction=True)
def test_one_failure_is_told_and_the_rest_is_done(ran):
    with pytest.raises(CommandError, match="1 项没有办成"):
        call_command("tick")

    assert ran == ["first", "last"]


def test_the_rooms_tasks_are_found():
    assert {task.__name__ for task in tick.tasks()} >= {"seal_roots", "send_due"}


@pytest.mark.django_db(transaction=True)
def test_nothing_due_is_no_failure():
    call_command("tick")
