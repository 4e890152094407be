"""The desk's addresses."""

from django.urls import URLPattern, URLResolver, path

from mashang.desk import home

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
]
