"""Addresses of the room `wishes` on the phone."""

from django.urls import URLPattern, URLResolver, path

from mashang.mobile.wishes import certificates, claims, deliveries, fairs, honours, my_wishes, wall

urlpatterns: list[URLPattern | URLResolver] = [
    path("wishes/", wall.wall, name="wall"),
    path("wishes/figures/", wall.figures, name="wall-figures"),
    path("wishes/honours/", honours.honours, name="honours"),
    path("wishes/<str:number>/", wall.wish, name="wall-wish"),
    path("wishes/<str:number>/report/", wall.report, name="report-wish"),
    path("certificates/", certificates.verify, name="verify"),
    path("certificates/<str:number>/", certificates.certificate, name="certificate"),
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
    path(
        "giving/claims/<uuid:claim_id>/problem/", deliveries.giver_complaint, name="claim-complaint"
    ),
    path("my-wishes/<uuid:wish_id>/received/", deliveries.wish_received, name="wish-received"),
    path("my-wishes/<uuid:wish_id>/problem/", deliveries.wish_complaint, name="wish-complaint"),
    path("my-wishes/<uuid:wish_id>/thanks/", deliveries.wish_thanks, name="wish-thanks"),
    path("families/<uuid:case_id>/wish/", deliveries.family_received, name="family-received"),
    path(
        "families/<uuid:case_id>/wish/problem/",
        deliveries.family_complaint,
        name="family-complaint",
    ),
    # making a wish come true
    path("claim/<str:number>/", claims.claim_wish, name="claim-wish"),
    path("giving/claims/<uuid:claim_id>/", claims.my_claim, name="my-claim"),
    path("giving/claims/<uuid:claim_id>/address/", claims.claim_address, name="claim-address"),
    path("giving/claims/<uuid:claim_id>/extend/", claims.extend_claim, name="extend-claim"),
    path("giving/claims/<uuid:claim_id>/give-up/", claims.give_up_claim, name="give-up-claim"),
    # one's own wishes
    path("my-wishes/", my_wishes.my_wishes, name="my-wishes"),
    path("my-wishes/post/", my_wishes.post, name="post-wish"),
    path("my-wishes/<uuid:pk>/", my_wishes.my_wish, name="my-wish"),
    path("my-wishes/<uuid:pk>/correct/", my_wishes.correct, name="correct-wish"),
    path("my-wishes/<uuid:pk>/withdraw/", my_wishes.withdraw, name="withdraw-wish"),
    # at a fair
    path("events/w/<str:code>/", fairs.fair_wish, name="fair-wish"),
    path("events/w/<str:code>/claim/", fairs.fair_claim, name="fair-claim"),
    path("events/screen/<str:key>/", fairs.fair_screen, name="fair-screen"),
]
