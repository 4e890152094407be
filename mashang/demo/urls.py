"""Addresses of the demo."""

from django.urls import URLPattern, URLResolver, path

from mashang.demo import views

app_name = "demo"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.demo, name="entrances"),
    path("step-in/<slug:key>/", views.step_in, name="step-in"),
]
