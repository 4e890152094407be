"""Addresses of the room `givers` at the desk."""

from django.urls import URLPattern, URLResolver, path

from mashang.desk.givers import organisations, pledges

urlpatterns: list[URLPattern | URLResolver] = [
    # givers
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/<uuid:organisation_id>/", organisations.organisation, name="organisation"),
    path("organisations/<uuid:organisation_id>/licence/", organisations.licence, name="licence"),
    path(
        "organisations/<uuid:organisation_id>/approve/",
        organisations.approve_organisation,
        name="approve-organisation",
    ),
    path(
        "organisations/<uuid:organisation_id>/refuse/",
        organisations.refuse_organisation,
        name="refuse-organisation",
    ),
    path(
        "organisations/<uuid:organisation_id>/suspend/",
        organisations.suspend_organisation,
        name="suspend-organisation",
    ),
    path(
        "organisations/<uuid:organisation_id>/restore/",
        organisations.restore_organisation,
        name="restore-organisation",
    ),
    path("pledges/", pledges.pledges, name="pledges"),
    path("pledges/<uuid:pledge_id>/", pledges.pledge, name="pledge"),
    path("pledges/<uuid:pledge_id>/match/", pledges.match_pledge, name="match-pledge"),
    path("pledges/<uuid:pledge_id>/decline/", pledges.decline_pledge, name="decline-pledge"),
]
