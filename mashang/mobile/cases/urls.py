"""Addresses of the room `cases` on the phone."""

from django.urls import URLPattern, URLResolver, path

from mashang.mobile.cases import (
    apply,
    attachments,
    channels,
    choose_union,
    families,
    members,
    my_applications,
    own,
    payees,
    publicity,
    selftest,
)

urlpatterns: list[URLPattern | URLResolver] = [
    # what anyone may read
    path("publicity/<str:slug>/", publicity.notice, name="publicity"),
    path("selftest/", selftest.page, name="selftest"),
    # applying
    path("apply/", apply.begin, name="apply"),
    path("apply/new/<str:kind>/", choose_union.begin, name="apply-new"),
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
    path("matters/", my_applications.index, name="matters"),
    path("matters/link/", my_applications.link_account, name="link-account"),
    path("matters/claim/", my_applications.link_account_moved, name="link-account-moved"),
    path("matters/<uuid:pk>/", my_applications.matter, name="matter"),
    path("matters/<uuid:pk>/papers/", my_applications.add_papers, name="matter-papers"),
    path("matters/<uuid:pk>/withdraw/", my_applications.withdraw, name="matter-withdraw"),
    # what is behind it: the worker's own page, the helper's families
    path("own/", own.own, name="own"),
    path("own/aid/", own.aid, name="aid"),
    path("own/granted/<uuid:proposal_id>/account/", payees.name_account, name="name-account"),
    path("own/looks/", own.looks, name="looks"),
    path("own/cards/", own.cards, name="cards"),
    path("own/change/", own.change, name="change"),
    path("own/numbers/", channels.numbers, name="numbers"),
    path("own/numbers/<uuid:change_id>/confirm/", channels.confirm, name="confirm-number"),
    path("own/numbers/<uuid:change_id>/stop/", channels.stop, name="stop-number"),
    path("families/", families.families, name="families"),
    path("families/<uuid:case_id>/", families.family, name="family"),
    path("families/<uuid:case_id>/note/", families.note, name="note"),
    path("families/<uuid:case_id>/notes/", families.notes, name="notes"),
]
