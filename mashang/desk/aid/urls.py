"""Addresses of the room `aid` at the desk."""

from django.urls import URLPattern, URLResolver, path

from mashang.desk.aid import granted, queue

urlpatterns: list[URLPattern | URLResolver] = [
    path("aid/", queue.aid_queue, name="aid-queue"),
    path("aid/<uuid:proposal_id>/confirm/", queue.confirm_aid, name="confirm-aid"),
    path("aid/<uuid:proposal_id>/reject/", queue.reject_aid, name="reject-aid"),
    path("aid/<uuid:proposal_id>/withdraw/", queue.withdraw_aid, name="withdraw-aid"),
    path("aid/<uuid:proposal_id>/pay/", granted.pay, name="pay-aid"),
    path("aid/<uuid:proposal_id>/account/", granted.name_account, name="name-account"),
    path(
        "aid/<uuid:proposal_id>/account/<str:key>/", granted.reveal_account, name="reveal-account"
    ),
]
