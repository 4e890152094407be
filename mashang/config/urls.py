"""Every address of the house, by door."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/", include("mashang.desk.urls")),
    path("api/v1/", include("mashang.api.urls")),
    path("", include("mashang.mobile.urls")),
]
if settings.MASHANG_DEMO:
    urlpatterns.insert(0, path("demo/", include("mashang.demo.urls")))
handler400 = "mashang.web.error_responses.bad_request"
handler500 = "mashang.web.plain_pages.server_error"
handler404 = "mashang.web.error_responses.not_found"
