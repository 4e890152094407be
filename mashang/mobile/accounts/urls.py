"""Addresses of the room `accounts` on the phone."""

from django.urls import URLPattern, URLResolver, path

from mashang.mobile.accounts import settings, sign_in, tokens

urlpatterns: list[URLPattern | URLResolver] = [
    # signing in
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("confirm/", sign_in.confirm, name="confirm"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    # one's own account
    path("me/", settings.me, name="me"),
    path("me/elder/", settings.elder, name="elder"),
    path("me/phone/", settings.change_phone, name="change-phone"),
    path("me/sign-ins/", settings.sign_ins, name="sign-ins"),
    path("me/sign-ins/end-others/", settings.end_other_sign_ins, name="end-other-sign-ins"),
    path("me/sign-ins/<str:key>/end/", settings.end_sign_in, name="end-sign-in"),
    path("me/tokens/new/", tokens.issue, name="issue-token"),
    path("me/tokens/<uuid:pk>/revoke/", tokens.revoke, name="revoke-token"),
    path("me/consents/", settings.my_consents, name="consents"),
    path("me/consents/<str:purpose>/give/", settings.give_consent, name="give-consent"),
    path("me/consents/<str:purpose>/withdraw/", settings.withdraw_consent, name="withdraw-consent"),
]
