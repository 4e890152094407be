"""Addresses of the room `accounts` at the desk."""

from django.urls import URLPattern, URLResolver, path

from mashang.desk.accounts import relatives, views

urlpatterns: list[URLPattern | URLResolver] = [
    # signing in, and one's own account
    path("sign-in/", views.sign_in, name="sign-in"),
    path("confirm/", views.confirm, name="confirm"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("enrol/", views.enrol, name="enrol"),
    path("account/", views.account, name="account"),
    path("account/password/", views.change_password, name="change-password"),
    path("account/recovery-codes/", views.renew_recovery_codes, name="renew-recovery-codes"),
    path("account/sign-ins/end-others/", views.end_other_sign_ins, name="end-other-sign-ins"),
    path("account/sign-ins/<str:key>/end/", views.end_sign_in, name="end-sign-in"),
    path("declare-kin/", relatives.declare_kin, name="declare-kin"),
    path("account/relatives/", relatives.relatives, name="relatives"),
    path(
        "account/relatives/<uuid:relative_id>/withdraw/",
        relatives.withdraw_relative,
        name="withdraw-relative",
    ),
]
