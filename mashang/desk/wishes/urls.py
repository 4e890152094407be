"""Addresses of the room `wishes` at the desk."""

from django.urls import URLPattern, URLResolver, path

from mashang.desk.wishes import claims, deliveries, fairs, moderation, overdue, rules

urlpatterns: list[URLPattern | URLResolver] = [
    path("holders/<uuid:holder_id>/post-wish/", moderation.post_wish, name="post-wish"),
    # claims
    path("claims/", claims.claims, name="claims"),
    path("claims/<uuid:claim_id>/revoke/", claims.revoke_claim, name="revoke-claim"),
    path("claims/<uuid:claim_id>/reinstate/", claims.reinstate_claim, name="reinstate-claim"),
    # nobody is forgotten
    path("wishes/board/", overdue.wish_board, name="wish-board"),
    path("wishes/fund/", overdue.fund_wishes, name="fund-wishes"),
    path("claims/<uuid:claim_id>/put-back/", overdue.put_back, name="put-back"),
    # fairs
    path("events/", fairs.fair_list, name="fairs"),
    path("events/plan/", fairs.plan_fair, name="plan-fair"),
    path("events/place/", fairs.place_wishes, name="place-wishes"),
    path("events/find/", fairs.find_card, name="find-card"),
    path("events/w/<str:code>/", fairs.hand_out, name="hand-out"),
    path("events/offers/<uuid:offer_id>/remove/", fairs.remove_wish, name="remove-wish"),
    path("events/stock/<uuid:stock_id>/more/", fairs.restock, name="restock"),
    path("events/<uuid:fair_id>/", fairs.fair, name="fair"),
    path("events/<uuid:fair_id>/choose/", fairs.choose_wishes, name="choose-wishes"),
    path("events/<uuid:fair_id>/start/", fairs.start_fair, name="start-fair"),
    path("events/<uuid:fair_id>/end/", fairs.end_fair, name="end-fair"),
    path("events/<uuid:fair_id>/list/", fairs.printed_list, name="fair-list"),
    path("events/<uuid:fair_id>/cards.pdf", fairs.wish_cards, name="wish-cards"),
    path("events/<uuid:fair_id>/visits/", fairs.visits, name="fair-visits"),
    # wishes before they hang on the wall
    path("wishes/", moderation.wishes, name="wishes"),
    path("wishes/<uuid:pk>/", moderation.wish, name="wish"),
    path("wishes/<uuid:pk>/check/", moderation.check_wish, name="check-wish"),
    path("wishes/<uuid:pk>/open/", moderation.open_wish, name="open-wish"),
    path("wishes/<uuid:pk>/send-back/", moderation.send_back_wish, name="send-back-wish"),
    path("wishes/<uuid:pk>/close/", moderation.close_wish, name="close-wish"),
    path("wishes/<uuid:pk>/hide/", moderation.hide_wish, name="hide-wish"),
    path("wishes/<uuid:pk>/show-again/", moderation.show_wish_again, name="show-wish-again"),
    path("wishes/<uuid:pk>/correct/", moderation.correct_wish, name="correct-wish"),
    path("wishes/<uuid:pk>/withdraw/", moderation.withdraw_wish, name="withdraw-wish"),
    path("wishes/<uuid:pk>/take-back/", moderation.take_back_wish, name="take-back-wish"),
    path(
        "wishes/<uuid:pk>/take-back-address/",
        moderation.take_back_address,
        name="take-back-address",
    ),
    path("wish-rules/", rules.wish_rules, name="wish-rules"),
    path("wish-rules/items/", rules.list_item, name="list-item"),
    path("wish-rules/items/<uuid:item_id>/end/", rules.end_item, name="end-item"),
    path("wish-rules/<slug:code>/", rules.set_number, name="set-number"),
    # wishes on their way to the family
    path("deliveries/", deliveries.deliveries, name="deliveries"),
    path("deliveries/sheet/", deliveries.sheet, name="delivery-sheet"),
    path("parcels/<uuid:parcel_id>/", deliveries.parcel, name="parcel"),
    path("parcels/<uuid:parcel_id>/return/", deliveries.return_parcel, name="return-parcel"),
    path("claims/<uuid:claim_id>/take-in/", deliveries.take_in, name="take-in"),
    path("claims/<uuid:claim_id>/hand-over/", deliveries.hand_over, name="hand-over-goods"),
    path("claims/<uuid:claim_id>/ledger/", deliveries.enter_ledger, name="enter-ledger"),
    path("problems/<uuid:complaint_id>/", deliveries.complaint, name="complaint"),
    path("thanks/<uuid:thanks_id>/", deliveries.thanks, name="thanks"),
    path("goods-photos/<uuid:photo_id>/", deliveries.goods_photo, name="goods-photo"),
]
