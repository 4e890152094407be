"""The addresses of the interface."""

from django.urls import URLPattern, URLResolver

from mashang.api import claims, wishes
from mashang.api.operations import addresses

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = list(addresses())
OPERATIONS = (wishes, claims)  # importing them declares their operations
