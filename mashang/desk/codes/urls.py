"""Addresses of the room `codes` at the desk."""

from django.urls import URLPattern, URLResolver, path

from mashang.desk.codes import cards

urlpatterns: list[URLPattern | URLResolver] = [
    # cards
    path("cards/", cards.cards, name="cards"),
    path("cards/print/", cards.print_run, name="print-cards"),
    path("cards/<uuid:card_id>/hand-over/", cards.hand_over, name="hand-over"),
    path("cards/<uuid:card_id>/lost/", cards.report_lost, name="report-lost"),
]
