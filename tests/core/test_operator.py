"""运维: who acted at the command line, and why, as it is kept for good."""

import os
import pwd

import pytest
from django.core.management import CommandError

from mashang.core.commandline import operator_name, reason_of


def test_the_name_is_the_systems_and_not_what_somebody_set(monkeypatch):
    monkeypatch.setenv("LOGNAME", "somebody-else")

    assert operator_name() == pwd.getpwuid(os.getuid()).pw_name


def test_a_containers_user_without_a_name_is_told_by_number(monkeypatch):
    monkeypatch.setattr(os, "getuid", lambda: 4_000_000_001)

    assert operator_name() == "uid 4000000001"


def test_a_reason_is_kept_whole_or_refused_in_words():
    assert reason_of(" 换了域名 ") == "换了域名"
    with pytest.raises(CommandError, match="最多 200 个字"):
        reason_of("换" * 201)
