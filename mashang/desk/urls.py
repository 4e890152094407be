"""The desk's addresses: its own first page, and what each room brings."""

from django.urls import URLPattern, URLResolver, path

from mashang.desk import home
from mashang.web.rooms import addresses

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    *addresses("desk"),
]
