"""The phone's addresses."""

from django.urls import URLPattern, URLResolver, path

from mashang.mobile import accounts, home

app_name = "mobile"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    # signing in
    path("sign-in/", accounts.sign_in, name="sign-in"),
    path("confirm/", accounts.confirm, name="confirm"),
    path("sign-out/", accounts.sign_out, name="sign-out"),
]
