"""不丢内容：封好的表单只为本人、在半小时内打开."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.utils import timezone

from mashang.accounts.models import User
from mashang.accounts.sessions import SessionStore
from mashang.web import resume_form
from tests.builders import make_worker

pytestmark = pytest.mark.django_db


def posted(user: User | None = None, **fields: object):
    request = RequestFactory().post("/apply/step/?to=check", fields)
    request.user, request.session = user or AnonymousUser(), SessionStore()
    return request


def test_what_was_typed_comes_back_in_order(li) -> None:
    sealed = resume_form.stash(posted(li, kinds=["a", "b"], note="家里情况\n第二行"))

    restored = resume_form.restore(sealed, li)
    assert restored.path == "/apply/step/?to=check" and not restored.left_files
    assert restored.fields == [("kinds", "a"), ("kinds", "b"), ("note", "家里情况\n第二行")]


def test_nothing_can_be_read_or_changed_on_the_way(li) -> None:
    sealed = resume_form.stash(posted(li, note="家里情况"))

    assert resume_form.stash(posted(li, note="家里情况")) != sealed
    for broken in ("", "x", sealed[:-4] + "AAAA", sealed[4:], "é"):
        assert resume_form.restore(broken, li) is None


def test_it_opens_for_the_same_person_and_for_half_an_hour(li) -> None:
    sealed = resume_form.stash(posted(li, note="家里情况"))

    assert resume_form.restore(sealed, make_worker("王五")) is None
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert resume_form.restore(sealed, li) is None


def test_whoever_started_signed_out_may_go_on_signed_in(li) -> None:
    assert resume_form.restore(resume_form.stash(posted(note="家里情况")), li) is not None


def test_secrets_and_files_stay_behind(li) -> None:
    photo = SimpleUploadedFile("户口簿.jpg", b"jpeg")
    secrets = dict.fromkeys(("password", "sms_code", "second", "csrfmiddlewaretoken"), "123456")

    restored = resume_form.restore(
        resume_form.stash(posted(li, photo=photo, note="好", **secrets)), li
    )

    assert restored.left_files and restored.fields == [("note", "好")]


def test_what_is_too_large_does_not_travel(li) -> None:
    assert resume_form.stash(posted(li, note="好" * 400_000)) == ""
