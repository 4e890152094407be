"""Addresses of the room `notices` at the desk."""

from django.urls import URLPattern, URLResolver, path

from mashang.desk.notices import inbox

urlpatterns: list[URLPattern | URLResolver] = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read-all/", inbox.read_all, name="read-all"),
    path("inbox/<uuid:notice_id>/", inbox.notice, name="notice"),
]
