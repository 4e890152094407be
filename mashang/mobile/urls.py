"""The phone's addresses."""

from django.urls import URLPattern, URLResolver, path

from mashang.mobile import accounts, codes, families, home, own

app_name = "mobile"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    # signing in
    path("sign-in/", accounts.sign_in, name="sign-in"),
    path("confirm/", accounts.confirm, name="confirm"),
    path("sign-out/", accounts.sign_out, name="sign-out"),
    # the code
    path("S/<str:text>", codes.scan, name="scan"),
    path("code/", codes.my_code, name="code"),
    path("code/picture.svg", codes.my_code_picture, name="code-picture"),
    path("code/lost/", codes.report_lost, name="report-lost"),
    path("scan/", codes.scanner, name="scanner"),
    # what is behind it: the worker's own page, the helper's families
    path("own/", own.own, name="own"),
    path("own/aid/", own.aid, name="aid"),
    path("own/looks/", own.looks, name="looks"),
    path("own/cards/", own.cards, name="cards"),
    path("own/change/", own.change, name="change"),
    path("families/", families.families, name="families"),
    path("families/<uuid:case_id>/", families.family, name="family"),
    path("families/<uuid:case_id>/note/", families.note, name="note"),
    path("families/<uuid:case_id>/notes/", families.notes, name="notes"),
]
