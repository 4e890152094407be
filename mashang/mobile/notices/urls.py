"""Addresses of the room `notices` on the phone."""

from django.urls import URLPattern, URLResolver, path

from mashang.mobile.notices import inbox

urlpatterns: list[URLPattern | URLResolver] = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read-all/", inbox.read_all, name="read-all"),
    path("inbox/<uuid:notice_id>/", inbox.notice, name="notice"),
]
