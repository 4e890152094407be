"""Addresses of the room `codes` on the phone."""

from django.urls import URLPattern, URLResolver, path

from mashang.mobile.codes import codes

urlpatterns: list[URLPattern | URLResolver] = [
    # the code
    path("S/<str:text>", codes.scan, name="scan"),
    path("code/", codes.my_code, name="code"),
    path("code/picture.svg", codes.my_code_picture, name="code-picture"),
    path("code/lost/", codes.report_lost, name="report-lost"),
    path("scan/", codes.scanner, name="scanner"),
]
