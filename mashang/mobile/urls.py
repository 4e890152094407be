"""The phone's addresses: its own first pages, and what each room brings."""

from django.urls import URLPattern, URLResolver, path

from mashang.mobile import demo, home
from mashang.web.rooms import addresses

app_name = "mobile"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("guide/", home.guide, name="guide"),
    path("language/", home.language, name="language"),
    # the demo only
    path("demo/", demo.demo, name="demo"),
    path("demo/step-in/<slug:key>/", demo.step_in, name="step-in"),
    *addresses("mobile"),
]
