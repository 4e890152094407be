"""Addresses of the room `cases` at the desk."""

from django.urls import URLPattern, URLResolver, path, register_converter
from django.urls.converters import StringConverter

from mashang.desk.cases import (
    applications,
    assist,
    casework,
    channels,
    files,
    merges,
    phones,
    publicity,
    reviews,
    search,
    transfers,
    worklist,
)


class CaseTab(StringConverter):
    """A tab of the file, and no other word: what other rooms hang on a holder is not caught here."""

    regex = "|".join(files.TABS)


register_converter(CaseTab, "case_tab")
urlpatterns: list[URLPattern | URLResolver] = [
    # reviewing applications
    path("work/", worklist.work_list, name="work-list"),
    path("search/", search.search, name="search"),
    path("applications/<uuid:pk>/", applications.application, name="application"),
    path("applications/<uuid:pk>/form/", applications.approval_form, name="approval-form"),
    path("applications/<uuid:pk>/approve/", reviews.approve, name="approve"),
    path("applications/<uuid:pk>/send-back/", reviews.send_back, name="send-back"),
    path("applications/<uuid:pk>/refuse/", reviews.refuse, name="refuse"),
    path("applications/<uuid:pk>/home-check/", reviews.home_check, name="home-check"),
    path(
        "applications/<uuid:pk>/home-check/sign/",
        reviews.sign_home_check,
        name="sign-home-check",
    ),
    path("applications/<uuid:pk>/evaluation/", reviews.evaluation, name="evaluation"),
    path("applications/<uuid:pk>/publicity/", publicity.publicity, name="publicity"),
    path("applications/<uuid:pk>/publicity/notice/", publicity.notice, name="publicity-notice"),
    path(
        "applications/<uuid:pk>/objections/<uuid:objection_id>/answer/",
        publicity.answer,
        name="answer-objection",
    ),
    path("applications/<uuid:pk>/income-check/", reviews.income_check, name="income-check"),
    path("applications/<uuid:pk>/reveal/<str:key>/", applications.reveal, name="reveal"),
    path("applications/<uuid:pk>/<slug:tab>/", applications.application, name="application-tab"),
    path("papers/<uuid:pk>/", applications.paper, name="paper"),
    path("households/<uuid:holder_id>/break-glass/", applications.break_glass, name="break-glass"),
    # files
    path("cases/", files.cases, name="cases"),
    path("holders/<uuid:holder_id>/", files.holder, name="holder"),
    path("holders/<uuid:holder_id>/versions/<int:number>/", files.compare, name="version"),
    path("holders/<uuid:holder_id>/reveal/<slug:key>/", files.reveal, name="reveal-holder"),
    path("holders/<uuid:holder_id>/check/<slug:key>/", casework.check_fact, name="check-fact"),
    path("holders/<uuid:holder_id>/plan/", casework.set_plan, name="set-plan"),
    path("holders/<uuid:holder_id>/change/", casework.change, name="change"),
    path("holders/<uuid:holder_id>/change/accept/", casework.accept_change, name="accept-change"),
    path(
        "holders/<uuid:holder_id>/change/decline/", casework.decline_change, name="decline-change"
    ),
    path("holders/<uuid:holder_id>/members/add/", casework.add_member, name="add-member"),
    path(
        "holders/<uuid:holder_id>/members/<uuid:member_id>/remove/",
        casework.remove_member,
        name="remove-member",
    ),
    path("holders/<uuid:holder_id>/close/", casework.close, name="close-case"),
    path("holders/<uuid:holder_id>/reopen/", casework.reopen, name="reopen-case"),
    path("holders/<uuid:holder_id>/pair/", casework.propose_pairing, name="propose-pairing"),
    path(
        "holders/<uuid:holder_id>/pairings/<uuid:pairing_id>/confirm/",
        casework.confirm_pairing,
        name="confirm-pairing",
    ),
    path(
        "holders/<uuid:holder_id>/pairings/<uuid:pairing_id>/end/",
        casework.end_pairing,
        name="end-pairing",
    ),
    path("holders/<uuid:holder_id>/aid/propose/", casework.propose_aid, name="propose-aid"),
    path("holders/<uuid:holder_id>/transfer/ask/", casework.ask_transfer, name="ask-transfer"),
    path("holders/<uuid:holder_id>/merge/", merges.merge, name="merge"),
    path(
        "holders/<uuid:holder_id>/merges/<uuid:merge_id>/confirm/",
        merges.confirm_merge,
        name="confirm-merge",
    ),
    path(
        "holders/<uuid:holder_id>/merges/<uuid:merge_id>/decline/",
        merges.decline_merge,
        name="decline-merge",
    ),
    path("holders/<uuid:holder_id>/<case_tab:tab>/", files.holder, name="holder-tab"),
    # what waits for the second person
    path(
        "holders/<uuid:holder_id>/lines/<uuid:line_id>/reverse/",
        casework.reverse_aid,
        name="reverse-aid",
    ),
    path("transfers/", transfers.transfers, name="transfers"),
    path("transfers/<uuid:transfer_id>/accept/", transfers.accept_transfer, name="accept-transfer"),
    path(
        "transfers/<uuid:transfer_id>/decline/", transfers.decline_transfer, name="decline-transfer"
    ),
    path(
        "transfers/<uuid:transfer_id>/withdraw/",
        transfers.withdraw_transfer,
        name="withdraw-transfer",
    ),
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
    # new phones and accounts, asked by one and confirmed by another
    path("households/<uuid:holder_id>/phone/", phones.replace, name="replace-phone"),
    path("channels/", channels.channels, name="channels"),
    path("channels/<uuid:change_id>/", channels.decide, name="channel"),
]
