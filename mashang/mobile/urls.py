"""The phone's addresses: its own first pages, and what each room brings."""

from django.urls import URLPattern, URLResolver, path

from mashang.mobile import home
from mashang.web.rooms import addresses

app_name = "mobile"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("guide/", home.guide, name="guide"),
    path("language/", home.language, name="language"),
    *addresses("mobile"),
]
