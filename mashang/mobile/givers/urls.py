"""Addresses of the room `givers` on the phone."""

from django.urls import URLPattern, URLResolver, path

from mashang.mobile.givers import delivery_plans, home, organisations

urlpatterns: list[URLPattern | URLResolver] = [
    # givers, and the organisations that they act for
    path("giving/", home.home, name="giving"),
    path("giving/introduce/", home.introduce, name="introduce"),
    path(
        "giving/invitations/<uuid:invitation_id>/accept/",
        home.accept_invitation,
        name="accept-invitation",
    ),
    path(
        "giving/invitations/<uuid:invitation_id>/decline/",
        home.decline_invitation,
        name="decline-invitation",
    ),
    path("giving/organisations/apply/", organisations.apply_for, name="apply-for-organisation"),
    path(
        "giving/organisations/<uuid:organisation_id>/",
        organisations.organisation,
        name="organisation",
    ),
    path(
        "giving/organisations/<uuid:organisation_id>/invite/", organisations.invite, name="invite"
    ),
    path(
        "giving/organisations/<uuid:organisation_id>/invitations/<uuid:invitation_id>/withdraw/",
        organisations.withdraw_invitation,
        name="withdraw-invitation",
    ),
    path(
        "giving/organisations/<uuid:organisation_id>/representatives/<uuid:representative_id>/make-owner/",
        organisations.make_owner,
        name="make-owner",
    ),
    path(
        "giving/organisations/<uuid:organisation_id>/representatives/<uuid:representative_id>/remove/",
        organisations.remove,
        name="remove-representative",
    ),
    path("giving/organisations/<uuid:organisation_id>/leave/", organisations.leave, name="leave"),
    path(
        "giving/organisations/<uuid:organisation_id>/choose/",
        delivery_plans.choose,
        name="choose-wishes",
    ),
    path(
        "giving/organisations/<uuid:organisation_id>/plan/",
        delivery_plans.plan_together,
        name="plan-together",
    ),
    path(
        "giving/organisations/<uuid:organisation_id>/pledge/", delivery_plans.pledge, name="pledge"
    ),
    path(
        "giving/plans/<uuid:delivery_plan_id>/", delivery_plans.delivery_plan, name="delivery-plan"
    ),
    path(
        "giving/plans/<uuid:delivery_plan_id>/list/",
        delivery_plans.delivery_plan_list,
        name="delivery-plan-list",
    ),
    path(
        "giving/pledges/<uuid:pledge_id>/withdraw/",
        delivery_plans.withdraw_pledge,
        name="withdraw-pledge",
    ),
]
