"""The desk's addresses."""

from django.urls import URLPattern, URLResolver, path

from mashang.desk import accounts, assist, home, inbox, rules, unions

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
    path("account/relatives/", accounts.relatives, name="relatives"),
    path(
        "account/relatives/<uuid:relative_id>/withdraw/",
        accounts.withdraw_relative,
        name="withdraw-relative",
    ),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read-all/", inbox.read_all, name="read-all"),
    path("inbox/<uuid:notice_id>/", inbox.notice, name="notice"),
    # the tree and its posts
    path("unions/", unions.top, name="unions"),
    path("unions/<uuid:union_id>/", unions.union, name="union"),
    path("unions/<uuid:union_id>/found/", unions.found, name="found-union"),
    path("unions/<uuid:union_id>/correct/", unions.correct, name="correct-union"),
    path("unions/<uuid:union_id>/close/", unions.close, name="close-union"),
    path("unions/<uuid:union_id>/appoint/", unions.appoint, name="appoint"),
    path(
        "unions/<uuid:union_id>/people/<uuid:user_id>/reset/",
        unions.reset_account,
        name="reset-account",
    ),
    path("appointments/", unions.appointments, name="appointments"),
    path("appointments/<uuid:post_id>/confirm/", unions.confirm_post, name="confirm-post"),
    path("appointments/<uuid:post_id>/end/", unions.end_post, name="end-post"),
    # dated rules and dictionaries
    path("rules/", rules.rules, name="rules"),
    path("rules/standard/", rules.set_standard, name="set-standard"),
    path("rules/<uuid:card_id>/end/", rules.end_rule, name="end-rule"),
    path("rules/<slug:kind>/<slug:code>/", rules.set_rule, name="set-rule"),
    path("regions/", rules.region, name="regions"),
    path("regions/<slug:code>/", rules.region, name="region"),
    path("regions/<slug:code>/add/", rules.add_region, name="add-region"),
    path("regions/<slug:code>/end/", rules.end_region, name="end-region"),
]
