"""The phone's addresses."""

from django.urls import URLPattern, URLResolver, path

from mashang.mobile import (
    accounts,
    apply,
    attachments,
    certificates,
    claims,
    codes,
    deliveries,
    demo,
    families,
    giving,
    home,
    inbox,
    matters,
    members,
    organisations,
    own,
    plans,
    publicity,
    selftest,
    settings,
    tokens,
    where,
)

app_name = "mobile"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    # what anyone may read
    path("publicity/<str:slug>/", publicity.notice, name="publicity"),
    path("guide/", home.guide, name="guide"),
    path("certificates/", certificates.verify, name="verify"),
    path("certificates/<str:number>/", certificates.certificate, name="certificate"),
    path("language/", home.language, name="language"),
    path("selftest/", selftest.page, name="selftest"),
    # applying
    path("apply/", apply.begin, name="apply"),
    path("apply/new/<str:kind>/", where.begin, name="apply-new"),
    path("apply/resume/", apply.resume, name="apply-resume"),
    path("apply/discard/", apply.discard, name="apply-discard"),
    path("apply/done/<uuid:pk>/", apply.done, name="apply-done"),
    path("apply/members/<str:key>/remove/", members.remove, name="apply-member-remove"),
    path("apply/members/<str:key>/<slug:part>/", members.part, name="apply-member"),
    path("apply/papers/<slug:kind>/", attachments.kind, name="apply-papers"),
    path("apply/<slug:key>/", apply.step, name="apply-step"),
    path("photos/<uuid:pk>/", attachments.photo, name="photo"),
    path("photos/<uuid:pk>/remove/", attachments.remove, name="photo-remove"),
    # what one has under way
    path("matters/", matters.index, name="matters"),
    path("matters/claim/", matters.claim, name="matters-claim"),
    path("matters/<uuid:pk>/", matters.matter, name="matter"),
    path("matters/<uuid:pk>/papers/", matters.add_papers, name="matter-papers"),
    path("matters/<uuid:pk>/withdraw/", matters.withdraw, name="matter-withdraw"),
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
    # bringing wishes to the family
    path(
        "giving/claims/<uuid:claim_id>/certificate.pdf",
        certificates.certificate_pdf,
        name="certificate-pdf",
    ),
    path("giving/claims/<uuid:claim_id>/send/", deliveries.send, name="send-goods"),
    path("giving/claims/<uuid:claim_id>/photos/", deliveries.goods_photos, name="goods-photos"),
    path(
        "giving/claims/<uuid:claim_id>/goods-photos/<uuid:photo_id>/",
        deliveries.goods_photo,
        name="goods-photo",
    ),
    path("giving/claims/<uuid:claim_id>/problem/", deliveries.giver_problem, name="claim-problem"),
    path("my-wishes/<uuid:wish_id>/received/", deliveries.wish_received, name="wish-received"),
    path("my-wishes/<uuid:wish_id>/problem/", deliveries.wish_problem, name="wish-problem"),
    path("my-wishes/<uuid:wish_id>/thanks/", deliveries.wish_thanks, name="wish-thanks"),
    path("families/<uuid:case_id>/wish/", deliveries.family_received, name="family-received"),
    path("families/<uuid:case_id>/wish/problem/", deliveries.family_problem, name="family-problem"),
    # givers, and the organisations that they act for
    path("wishes/honours/", giving.honours, name="honours"),
    path("giving/", giving.home, name="giving"),
    path("giving/introduce/", giving.introduce, name="introduce"),
    path(
        "giving/invitations/<uuid:invitation_id>/accept/",
        giving.accept_invitation,
        name="accept-invitation",
    ),
    path(
        "giving/invitations/<uuid:invitation_id>/decline/",
        giving.decline_invitation,
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
        "giving/organisations/<uuid:organisation_id>/memberships/<uuid:membership_id>/make-owner/",
        organisations.make_owner,
        name="make-owner",
    ),
    path(
        "giving/organisations/<uuid:organisation_id>/memberships/<uuid:membership_id>/remove/",
        organisations.remove,
        name="remove-membership",
    ),
    path("giving/organisations/<uuid:organisation_id>/leave/", organisations.leave, name="leave"),
    path("giving/organisations/<uuid:organisation_id>/choose/", plans.choose, name="choose-wishes"),
    path(
        "giving/organisations/<uuid:organisation_id>/plan/",
        plans.plan_together,
        name="plan-together",
    ),
    path("giving/organisations/<uuid:organisation_id>/pledge/", plans.pledge, name="pledge"),
    path("giving/plans/<uuid:plan_id>/", plans.plan, name="plan"),
    path("giving/plans/<uuid:plan_id>/list/", plans.plan_list, name="plan-list"),
    path(
        "giving/pledges/<uuid:pledge_id>/withdraw/", plans.withdraw_pledge, name="withdraw-pledge"
    ),
    # making a wish come true
    path("claim/<str:number>/", claims.claim_wish, name="claim-wish"),
    path("giving/claims/<uuid:claim_id>/", claims.my_claim, name="my-claim"),
    path("giving/claims/<uuid:claim_id>/extend/", claims.extend_claim, name="extend-claim"),
    path("giving/claims/<uuid:claim_id>/give-up/", claims.give_up_claim, name="give-up-claim"),
    # the demo only
    path("demo/", demo.demo, name="demo"),
    path("demo/step-in/<slug:key>/", demo.step_in, name="step-in"),
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
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read-all/", inbox.read_all, name="read-all"),
    path("inbox/<uuid:notice_id>/", inbox.notice, name="notice"),
]
