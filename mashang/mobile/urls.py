"""The phone's addresses."""

from django.urls import URLPattern, URLResolver, path

from mashang.mobile import home

app_name = "mobile"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
]
