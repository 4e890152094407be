"""Addresses of the room `unions` at the desk."""

from django.urls import URLPattern, URLResolver, path

from mashang.desk.unions import flows, holidays, rules, tree

urlpatterns: list[URLPattern | URLResolver] = [
    # the tree and its posts
    path("unions/", tree.top, name="unions"),
    path("unions/<uuid:union_id>/", tree.union, name="union"),
    path("unions/<uuid:union_id>/found/", tree.found, name="found-union"),
    path("unions/<uuid:union_id>/correct/", tree.correct, name="correct-union"),
    path("unions/<uuid:union_id>/close/", tree.close, name="close-union"),
    path("unions/<uuid:union_id>/appoint/", tree.appoint, name="appoint"),
    path(
        "unions/<uuid:union_id>/people/<uuid:user_id>/reset/",
        tree.reset_account,
        name="reset-account",
    ),
    path(
        "unions/<uuid:union_id>/people/<uuid:user_id>/close/",
        tree.close_account,
        name="close-account",
    ),
    path("appointments/", tree.appointments, name="appointments"),
    path("appointments/<uuid:post_id>/confirm/", tree.confirm_post, name="confirm-post"),
    path("appointments/<uuid:post_id>/end/", tree.end_post, name="end-post"),
    # dated rules and dictionaries
    path("flows/", flows.flows, name="flows"),
    path("flows/<slug:kind>/", flows.retime_flow, name="retime-flow"),
    path("rules/", rules.rules, name="rules"),
    path("rules/standard/", rules.set_standard, name="set-standard"),
    path("rules/<uuid:card_id>/end/", rules.end_rule, name="end-rule"),
    path("rules/<slug:kind>/<slug:code>/", rules.set_rule, name="set-rule"),
    path("holidays/", holidays.holidays, name="holidays"),
    path("holidays/enter/", holidays.propose_holidays, name="propose-holidays"),
    path("holidays/<uuid:notice_id>/publish/", holidays.publish_holidays, name="publish-holidays"),
    path("holidays/<uuid:notice_id>/decline/", holidays.decline_holidays, name="decline-holidays"),
    path("regions/", rules.region, name="regions"),
    path("regions/<slug:code>/", rules.region, name="region"),
    path("regions/<slug:code>/add/", rules.add_region, name="add-region"),
    path("regions/<slug:code>/end/", rules.end_region, name="end-region"),
]
