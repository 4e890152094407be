"""A browser whose owner has just read the page: its forms carry the mark of what stands there now.

A test that wants an older page, or a form without a mark, says so: `{"seen": ...}`.
"""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.test import Client

from mashang.accounts.models import User
from mashang.aid.actions import payment_shown
from mashang.aid.models import AidProposal
from mashang.cases.models import Alert, Application, Case, ChannelChange, Objection
from mashang.cases.queries import shown
from mashang.cases.queries.versions import open_request
from mashang.core.seen import Parts, mark_of
from mashang.givers.models import Organisation
from mashang.givers.queries import organisation_shown
from mashang.reviews.queries import open_step_of
from mashang.unions.models import Union
from mashang.unions.queries import union_shown
from mashang.wishes.actions.complaints import complaint_shown
from mashang.wishes.models import Complaint, Wish
from mashang.wishes.words import words_shown

_KEY = "([0-9a-f]{8}-[0-9a-f-]{27})"


class Reader(Client):
    user: User | None = None

    def request(self, **request: Any) -> Any:
        answer = super().request(**request)
        if not answer.streaming and "html" in answer.get("Content-Type", ""):
            found = forms_without_token(answer.text)
            assert found == [], (request["PATH_INFO"], found)  # the server refuses them
        return answer

    def post(self, path: str, data: Any = None, *args: Any, **kwargs: Any) -> Any:
        is_form = data is None or isinstance(data, dict)
        if is_form and "content_type" not in kwargs and "seen" not in (data or {}):
            data = {**(data or {}), **_with_mark(path, self.user)}
        return super().post(path, data, *args, **kwargs)


def forms_without_token(page: str) -> list[str]:
    """The forms of a page that a browser sends and the server refuses, since no token stands in them (Django's test
    browser asks for none): so it is where `include … only` leaves the page's own token behind."""
    forms = re.findall(r"<form\b.*?</form>", page, re.DOTALL)
    return [
        form.split(">", 1)[0]
        for form in forms
        if re.search(r'\smethod="post"', form.split(">", 1)[0], re.IGNORECASE)
        and 'name="csrfmiddlewaretoken"' not in form
    ]


def _with_mark(path: str, user: User | None) -> dict[str, str]:
    mark = mark_at(path, user)
    return {} if mark is None else {"seen": mark}


def mark_at(path: str, user: User | None = None) -> str | None:
    """What the form that is sent there would carry; None where nothing of the kind stands there."""
    if path == "/apply/check/":
        rows = Application.objects.filter(holder__user=user, state__in=Application.LIVE)
        return _mark_of_draft(rows)
    if found := re.match(rf"/desk/assist/{_KEY}/$", path):
        return _mark_of_draft(Application.objects.filter(pk=found[1]))
    for pattern, shown_at in PAGES.items():
        if found := re.match(pattern, path):
            parts = shown_at(UUID(found[1]), *found.groups()[1:])
            return mark_of(parts) if parts is not None else None
    return None


def _mark_of_draft(rows: Any) -> str | None:
    draft = rows.select_related("holder__data_key", "union").first()
    return mark_of(shown.draft_shown(draft)) if draft else None


def _application(pk: UUID, rest: str) -> Parts | None:
    row = Application.objects.select_related("holder__data_key", "union").filter(pk=pk).first()
    if row is None:
        return None
    step = open_step_of(pk)
    if rest.startswith("home-check/sign") and step:
        return shown.home_check_shown(step.pk)
    if found := re.match(r"objections/([0-9a-f-]{36})/", rest):
        return shown.objection_shown(Objection.objects.get(pk=found[1]))
    return shown.application_shown(row)


def _file(pk: UUID, rest: str) -> Parts | None:
    rows = Case.objects.select_related("holder__data_key", "union").filter(holder_id=pk)
    case = rows.first()
    if case is None:
        return None
    if rest.startswith(("check/", "plan/")):
        key = rest.split("/")[1] if rest.startswith("check/") else "plan"
        return shown.facts_shown(case).get(key)
    if re.match("change/(accept|decline)/", rest) and (asked := open_request(case)):
        return shown.change_request_shown(asked, case)
    return shown.case_shown(case)


def _of(model: Any, parts_of: Callable[[Any], Parts]) -> Callable[..., Parts | None]:
    def parts(pk: UUID, rest: str = "") -> Parts | None:
        row = model.objects.filter(pk=pk).first()
        return parts_of(row) if row else None

    return parts


def _alert(pk: UUID) -> Parts | None:
    row = Alert.objects.filter(pk=pk).first()
    return shown.alert_shown(row) if row else None


def _channel_change(pk: UUID) -> Parts | None:
    row = ChannelChange.objects.select_related("holder").filter(pk=pk).first()
    return shown.channel_change_shown(row) if row else None


def _payment(pk: UUID) -> Parts | None:
    row = AidProposal.objects.select_related("application__holder__data_key").filter(pk=pk).first()
    return payment_shown(row, row.application) if row and row.application else None


PAGES: dict[str, Callable[..., Parts | None]] = {
    rf"/desk/alerts/{_KEY}/": _alert,
    rf"/desk/aid/{_KEY}/pay/": _payment,
    rf"/(?:desk/channels|own/numbers)/{_KEY}/": _channel_change,
    rf"/desk/applications/{_KEY}/(.*)": _application,
    rf"/desk/holders/{_KEY}/(.*)": _file,
    rf"/desk/wishes/{_KEY}/(.*)": _of(Wish, words_shown),
    rf"/desk/problems/{_KEY}/": _of(Complaint, complaint_shown),
    rf"/desk/organisations/{_KEY}/(.*)": _of(Organisation, organisation_shown),
    rf"/desk/unions/{_KEY}/(correct)/": _of(Union, union_shown),
}
