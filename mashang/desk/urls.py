"""The desk's addresses."""

from django.urls import URLPattern, URLResolver, path

from mashang.desk import accounts, assist, home

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    # doing it for a worker without a phone
    path("assist/", assist.begin, name="assist"),
    path("assist/<uuid:pk>/", assist.overview, name="assist-overview"),
    path("assist/<uuid:pk>/take-over/", assist.take_over, name="assist-take-over"),
    path("assist/<uuid:pk>/papers/", assist.paper, name="assist-papers"),
    path("assist/<uuid:pk>/withdraw/", assist.withdraw, name="assist-withdraw"),
    path(
        "assist/<uuid:pk>/members/<str:key>/remove/",
        assist.remove_member,
        name="assist-member-remove",
    ),
    path("assist/<uuid:pk>/members/<str:key>/<slug:part>/", assist.member, name="assist-member"),
    path("assist/<uuid:pk>/<slug:key>/", assist.step, name="assist-step"),
    # signing in, and one's own account
    path("sign-in/", accounts.sign_in, name="sign-in"),
    path("confirm/", accounts.confirm, name="confirm"),
    path("sign-out/", accounts.sign_out, name="sign-out"),
    path("enrol/", accounts.enrol, name="enrol"),
    path("account/", accounts.account, name="account"),
    path("account/password/", accounts.change_password, name="change-password"),
    path("account/spare-codes/", accounts.renew_spare_codes, name="renew-spare-codes"),
    path("account/sign-ins/end-others/", accounts.end_other_sign_ins, name="end-other-sign-ins"),
    path("account/sign-ins/<str:key>/end/", accounts.end_sign_in, name="end-sign-in"),
]
