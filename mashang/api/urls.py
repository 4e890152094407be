"""The addresses of the interface."""

from django.urls import URLPattern, URLResolver, path

from mashang.api import description
from mashang.api.operations import addresses

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("openapi.json", description.show, name="openapi"),
    *addresses(),
]
