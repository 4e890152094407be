"""Addresses of the room `stats` at the desk."""

from django.urls import URLPattern, URLResolver, path

from mashang.desk.stats import alerts, branch

urlpatterns: list[URLPattern | URLResolver] = [
    path("branch/", branch.branch, name="branch"),
    path("alerts/", alerts.alerts, name="alerts"),
    path("alerts/<uuid:alert_id>/", alerts.alert, name="alert"),
    path("branch/works.svg", branch.works_chart, name="branch-works"),
]
