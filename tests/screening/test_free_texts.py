"""Which free texts are checked: every one that others read is refused at its action, or stands below with the reason.

The table is the house rule: a new text on a model of these rooms fails here until somebody has
decided which half it belongs to (docs/text_check.md).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps
from django.utils import timezone

from mashang.core.db.fields import PathField, SealedField, VisibleCharField
from mashang.core.errors import Invalid
from mashang.core.models import Record
from mashang.core.privacy.identity import credit_check_digit
from mashang.givers import actions as givers
from mashang.givers.actions import Particulars
from mashang.unions.models import Union
from mashang.unions.roles import Role
from mashang.wishes.actions import (
    catalogue,
    claims,
    complaints,
    deliveries,
    delivery_plans,
    fairs,
    moderation,
    thanks,
)
from mashang.wishes.actions.delivery_plans import Arrangement, Offer
from mashang.wishes.models import Wish
from tests.builders import make_staff, make_user, make_worker
from tests.cases import offices
from tests.house import HOUSE
from tests.pictures import make_jpeg
from tests.wishes import deliveries as on_their_way
from tests.wishes.builders import make_giver, make_organisation, make_wish
from tests.wishes.fairs import make_fair, make_offer, placed_at
from tests.wishes.families import make_wish_room

Branch = dict[str, Union]
Act = Callable[[str], object]

ROOMS = ("accounts", "unions", "notices", "reviews", "givers", "cases", "codes", "aid", "wishes")

PROBES = (
    "12038475610",
    "加V聊",
    "转账给我",
    "vx 同手机号",
    "www.example.com",
    "6222021234567890128",
)


# Marks that nobody sees or that turn words round: alone they are no words, among words they go.
UNSEEN = "\u2066\u200b\u200d\u2069"
TURNED = "请打\u202e01657483021\u202c谢谢"


# What is checked -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Checked:
    """A text that others read. `act` makes what has to be there, and gives the act that takes the text."""

    field: str
    name: str  # of the field in the refusal, and in the door's form
    ordinary: str
    act: Callable[[Branch], Act]


def _nickname(branch: Branch) -> Act:
    li = make_worker()
    return lambda text: givers.introduce(nickname=text, shown_as="nickname", by=li)


def _real_name(branch: Branch) -> Act:
    someone = make_user()
    return lambda text: givers.introduce(
        nickname="热心人", shown_as="real_name", name=text, by=someone
    )


def _organisation_name(branch: Branch) -> Act:
    first_17 = "91450100MA5K00001"
    told = Particulars(
        union=branch["county"],
        kind="enterprise",
        name="",
        credit_code=first_17 + credit_check_digit(first_17),
        contact_name="王丽",
        contact_phone="12000000001",
    )
    wang = make_worker("王丽")
    return lambda text: givers.apply_for(replace(told, name=text), licence=make_jpeg(), by=wang)


def _wish(part: str) -> Callable[[Branch], Act]:
    def ready(branch: Branch) -> Act:
        room = make_wish_room(branch)
        return lambda text: room.post(**{part: text})

    return ready


def _story(branch: Branch) -> Act:
    room = make_wish_room(branch)
    wish = room.post()
    moderation.check(wish, by=room.clerk)
    return lambda text: moderation.open_on_wall(
        Wish.objects.get(pk=wish.pk), by=room.reviewer, story=text
    )


def _catalogue(branch: Branch) -> Act:
    keeper = make_staff("规则", branch["county"], Role.APPROVER)
    values: dict[str, Any] = {"category": "goods", "price_fen": 100, "by": keeper}
    today = timezone.localdate()
    return lambda text: catalogue.list_item(branch["county"], name=text, valid_from=today, **values)


def _delivery_plan(branch: Branch) -> Act:
    wang, wishes = make_worker("王丽"), [make_wish(union=branch["own"])]
    organisation = make_organisation(branch["county"], wang)
    soon = timezone.localdate() + timedelta(days=3)
    return lambda text: delivery_plans.claim_together(
        wishes,
        organisation=organisation,
        arrangement=Arrangement("courier", soon, text),
        key=uuid4(),
        by=wang,
    )


def _pledge(part: str) -> Callable[[Branch], Act]:
    def ready(branch: Branch) -> Act:
        wang = make_worker("王丽")
        organisation = make_organisation(branch["county"], wang)
        offer = Offer(union=branch["county"], category="goods", item="棉被", quantity=2)
        return lambda text: delivery_plans.pledge(
            replace(offer, **{part: text}), organisation=organisation, by=wang
        )

    return ready


def _pledge_declined(branch: Branch) -> Act:
    wang, clerk = make_worker("王丽"), _clerk(branch)
    organisation = make_organisation(branch["county"], wang)
    offer = Offer(union=branch["county"], category="goods", item="棉被", quantity=2)
    offered = delivery_plans.pledge(offer, organisation=organisation, by=wang)
    return lambda text: delivery_plans.decline(offered, why=text, by=clerk)


def _revoked(branch: Branch) -> Act:
    claim, clerk = on_their_way.claimed(branch), _clerk(branch)
    return lambda text: claims.revoke(claim, why=text, by=clerk)


def _sent(branch: Branch) -> Act:
    claim = on_their_way.claimed(branch)
    return lambda text: on_their_way.sent(claim, goods=text)


def _taken_in(branch: Branch) -> Act:
    claim, clerk = on_their_way.claimed(branch), _clerk(branch)
    return lambda text: deliveries.take_in(claim, mode="in_person", goods=text, by=clerk)


def _handed_out(branch: Branch) -> Act:
    clerk = _clerk(branch)
    offer = make_offer(branch["county"], clerk, branch["own"])
    fairs.claim_on_the_spot(offer, by=make_giver())
    placed = placed_at(offer.fair, offer.wish)
    return lambda text: fairs.hand_out(placed, goods=text, by=clerk)


def _rejected(branch: Branch) -> Act:
    parcel = on_their_way.sent(on_their_way.claimed(branch))
    clerk = _clerk(branch)
    return lambda text: deliveries.reject_parcel(parcel, why=text, by=clerk)


def _thanks(branch: Branch) -> Act:
    claim = on_their_way.claimed(branch)
    on_their_way.handed_over(claim, _clerk(branch))
    return lambda text: thanks.write(claim, words=text, by=claim.wish.holder.user)


def _report(branch: Branch) -> Act:
    wish = make_wish(union=branch["own"])
    return lambda text: complaints.report(wish, kind="leak", words=text)


def _answer(branch: Branch) -> Act:
    claim = on_their_way.claimed(branch)
    complaint = complaints.raise_complaint(claim, kind="conduct", by=claim.giver)
    clerk = _clerk(branch)
    return lambda text: complaints.answer(complaint, words=text, by=clerk)


def _fair(part: str) -> Callable[[Branch], Act]:
    def ready(branch: Branch) -> Act:
        clerk, today = _clerk(branch), timezone.localdate()
        told = {"name": "金秋解忧超市", "place": "工人文化宫"}
        return lambda text: fairs.plan(
            branch["county"], **told | {part: text}, held_on=today, by=clerk
        )

    return ready


def _stock(branch: Branch) -> Act:
    clerk = _clerk(branch)
    fair = make_fair(branch["county"], clerk)
    return lambda text: fairs.add_stock(fair, item=text, price_fen=100, bought=1, by=clerk)


def _publicity(branch: Branch) -> Act:
    office = offices.make_office(branch)
    step = offices.bring_to("publicity", office)
    return lambda text: offices.publicity.publish(step, place=text, by=office.clerk)


def _clerk(branch: Branch) -> Any:
    return make_staff("陈静", branch["county"], Role.CLERK)


CHECKED = (
    # Everybody reads them, or may.
    Checked("givers.Giver.nickname", "nickname", "2号车间老李", _nickname),
    Checked("accounts.User.name", "name", "赵敏", _real_name),
    Checked("givers.Organisation.name", "name", "青山县人民路12号餐饮店", _organisation_name),
    Checked("wishes.Wish.item", "item", "电饭煲", _wish("item")),
    Checked("wishes.Wish.spec", "spec", "175/96A", _wish("spec")),
    Checked("wishes.Wish.reason", "reason", "家里的锅坏了", _wish("reason")),
    Checked("wishes.Wish.story", "story", "家里的锅坏了", _story),
    Checked("wishes.CatalogueItem.name", "name", "暖风机", _catalogue),
    Checked("wishes.Fair.name", "name", "“三八”专场", _fair("name")),
    Checked("wishes.Fair.place", "place", "人民路12号工人文化宫三楼", _fair("place")),
    Checked("cases.Publicity.place", "place", "和平小区2栋门口公告栏", _publicity),
    # From a giver to the union, and to whoever buys and hands over.
    Checked("wishes.DeliveryPlan.words", "words", "统一采购，每批20床，一次送到", _delivery_plan),
    Checked("wishes.Pledge.item", "item", "棉被", _pledge("item")),
    Checked("wishes.Pledge.words", "words", "10月前分三批送到", _pledge("words")),
    Checked("wishes.Parcel.goods", "goods", "电饭煲 3 升，全新一个", _sent),
    # From a passer-by, whom nobody knows.
    Checked("wishes.Complaint.words", "words", "写了学校的名字", _report),
    # From the family to its giver.
    Checked("wishes.Thanks.words", "words", "谢谢您，锅很好用", _thanks),
    # From the union to a giver, who may learn nothing about the family by this way either.
    Checked("wishes.Parcel.goods", "goods", "电饭煲", _taken_in),
    Checked("wishes.Parcel.goods", "goods", "电饭煲", _handed_out),
    Checked("wishes.Stock.item", "item", "电饭煲", _stock),
    Checked("wishes.Parcel.rejected_why", "why", "外壳有裂纹，请换一个", _rejected),
    Checked("wishes.Claim.ended_why", "why", "到期没有送达，也联系不上", _revoked),
    Checked("wishes.Pledge.declined_why", "why", "没有合适的家庭，请换一种物品", _pledge_declined),
    Checked("wishes.Complaint.answer", "words", "已和快递公司核实，明天重新送", _answer),
)


# Where a checked text is also marked for whoever looks at it before it goes on; else why not.
_BY_THE_UNION = "written by a colleague, who would be shown the marks on their own words"
MARKED = {
    "wishes.Wish.item": "desk/wishes/moderation.py",
    "wishes.Wish.spec": "desk/wishes/moderation.py",
    "wishes.Wish.reason": "desk/wishes/moderation.py",
    "wishes.Thanks.words": "desk/wishes/templates/desk/deliveries/_thanks.html",
    "wishes.Parcel.goods": "desk/wishes/templates/desk/deliveries/parcel.html",
    "wishes.Complaint.words": "desk/wishes/templates/desk/deliveries/complaint.html",
    "wishes.Pledge.item": "desk/givers/templates/desk/givers/pledge.html",
    "wishes.Pledge.words": "desk/givers/templates/desk/givers/pledge.html",
    "givers.Organisation.name": "desk/givers/templates/desk/givers/organisation.html",
}
NOT_MARKED = {
    "givers.Giver.nickname": "nobody moderates it; its own check is stricter than any mark",
    "accounts.User.name": "nobody moderates it; letters only",
    "wishes.Wish.story": _BY_THE_UNION + "; what tells whose family it is must be confirmed",
    "wishes.CatalogueItem.name": _BY_THE_UNION,
    "wishes.Fair.name": _BY_THE_UNION,
    "wishes.Fair.place": _BY_THE_UNION,
    "cases.Publicity.place": _BY_THE_UNION,
    "wishes.Stock.item": _BY_THE_UNION,
    "wishes.Parcel.rejected_why": _BY_THE_UNION,
    "wishes.Claim.ended_why": _BY_THE_UNION,
    "wishes.Pledge.declined_why": _BY_THE_UNION,
    "wishes.Complaint.answer": _BY_THE_UNION,
    "wishes.DeliveryPlan.words": "arranged with the union that reads it; no family does",
}


# What is not, and why --------------------------------------------------------------------------

_TO_THE_UNION = "from the family or a giver to the union alone, which may need a number to call"
_TO_THE_FAMILY = (
    "from the union to the family: names what has to go out of its own words, or whom to call"
)
_AMONG_COLLEAGUES = "read by colleagues at work on the file, who see its contacts anyway"
_OF_A_PERSON = "what a file or an account is made of; shown to nobody who has no business with it"
_BY_LAW = "an official wording or source, entered by those who keep the rules"
_A_TOKEN = "made by the house or taken from a list, never typed"
_A_NUMBER = "a number or code with a shape of its own, checked as such"

NOT_CHECKED = {
    # accounts
    "accounts.FailedSignIn.account": _A_TOKEN,
    "accounts.User.username": _OF_A_PERSON,
    "accounts.User.phone": _OF_A_PERSON,
    "accounts.User.phone_index": _A_TOKEN,
    "accounts.User.work_phone": _OF_A_PERSON,
    "accounts.User.work_phone_index": _A_TOKEN,
    "accounts.User.password": _A_TOKEN,
    "accounts.User.totp_secret": _A_TOKEN,
    "accounts.OneTimeCode.code_mac": _A_TOKEN,
    "accounts.PhoneCode.phone_index": _A_TOKEN,
    "accounts.PhoneCode.device": _A_TOKEN,
    "accounts.PhoneCode.code_mac": _A_TOKEN,
    "accounts.SignIn.session_key": _A_TOKEN,
    "accounts.SignIn.session_data": _A_TOKEN,
    "accounts.SignIn.device": "the name of one's own device, read by oneself",
    "accounts.ApiToken.token_mac": _A_TOKEN,
    "accounts.ApiToken.label": "the name of one's own program, read by oneself",
    "accounts.Relative.id_index": _A_TOKEN,
    "accounts.Relative.relation": "one's own declaration, read by oneself",
    "accounts.Consent.version": _A_TOKEN,
    # unions
    "unions.Union.code": _A_NUMBER,
    "unions.Union.name": "the legal name of a union, entered by the administrator above it",
    "unions.Union.region_code": _A_TOKEN,
    "unions.Union.credit_code": _A_NUMBER,
    "unions.Union.address": "how people find their union: it has to lead there",
    "unions.Union.contact_name": "whom to ask for at the union",
    "unions.Union.contact_phone": "how people reach their union",
    "unions.Union.hotline": "how people reach their union",
    "unions.RuleCard.kind": _A_TOKEN,
    "unions.RuleCard.code": _A_TOKEN,
    "unions.RuleCard.body": _BY_LAW,
    "unions.RuleCard.source": _BY_LAW,
    # notices
    "notices.Notice.kind": _A_TOKEN,
    "notices.Notice.title": "a sentence of the house",
    "notices.Notice.body": "a sentence of the house, filled with words checked where they were typed",
    "notices.Notice.url": _A_TOKEN,
    "notices.Message.phone": _OF_A_PERSON,
    "notices.Message.body": "a sentence of the house",
    "notices.Message.kind": _A_TOKEN,
    "notices.Message.error": _A_TOKEN,
    # reviews
    "reviews.Flow.source": _BY_LAW,
    "reviews.FlowStep.name": _BY_LAW,
    "reviews.FlowStep.papers": _A_TOKEN,
    "reviews.Decision.opinion": _AMONG_COLLEAGUES + "; the worker reads why, and whom to call",
    "reviews.Decision.reason_code": _A_TOKEN,
    "reviews.Decision.missing": _A_TOKEN,
    # givers
    "givers.Organisation.credit_code": _A_NUMBER,
    "givers.Organisation.licence": _A_TOKEN,
    "givers.Organisation.contact_name": "read beside the phone by the union that approves, each look recorded",
    "givers.Organisation.contact_phone": "read by the union that approves, each look recorded",
    "givers.Organisation.refused_why": "tells the organisation which papers to bring and where; of no family",
    "givers.Organisation.suspended_why": "tells the organisation whom to call; of no family",
    "givers.Invitation.phone_index": _A_TOKEN,
    "givers.Invitation.phone_tail": _A_TOKEN,
    # cases
    "cases.Holder.name": _OF_A_PERSON,
    "cases.Holder.id_number": _A_NUMBER,
    "cases.Holder.id_index": _A_TOKEN,
    "cases.Holder.id_tail": _A_TOKEN,
    "cases.Holder.phone": _A_NUMBER,
    "cases.Holder.phone_index": _A_TOKEN,
    "cases.Holder.phone_tail": _A_TOKEN,
    "cases.Holder.payee_index": _A_TOKEN,
    "cases.ChannelChange.new_value": _A_NUMBER,
    "cases.ChannelChange.new_index": _A_TOKEN,
    "cases.ChannelChange.bank": _A_NUMBER,
    "cases.HouseholdMark.index": _A_TOKEN,
    "cases.ChannelChange.old_value": _A_NUMBER,
    "cases.ChannelChange.old_index": _A_TOKEN,
    "cases.ChannelChange.why": _AMONG_COLLEAGUES + "; the family reads why its number is to change",
    "cases.Alert.why": _AMONG_COLLEAGUES,
    "cases.Alert.found": _AMONG_COLLEAGUES,
    "cases.Merge.stands_as": _A_TOKEN,
    "cases.Merge.why": _AMONG_COLLEAGUES,
    "unions.HolidayNotice.holidays": _AMONG_COLLEAGUES,
    "unions.HolidayNotice.make_up": _AMONG_COLLEAGUES,
    "unions.HolidayNotice.source": _AMONG_COLLEAGUES,
    "cases.Member.relation": _A_TOKEN,
    "cases.Member.name": _OF_A_PERSON,
    "cases.Member.id_number": _A_NUMBER,
    "cases.Member.id_index": _A_TOKEN,
    "cases.Member.details": _OF_A_PERSON,
    "cases.Access.what": _A_TOKEN,
    "cases.Access.reason": _AMONG_COLLEAGUES + "; the family reads who looked and why",
    "cases.Application.number": _A_TOKEN,
    "cases.Application.answers": _OF_A_PERSON,
    "cases.Application.step_reached": _A_TOKEN,
    "cases.Application.missing": _A_TOKEN,
    "cases.Application.assist_reason": _AMONG_COLLEAGUES,
    "cases.Application.main_cause": _A_TOKEN,
    "cases.Application.granted_category": _A_TOKEN,
    "cases.Application.granted_level": _A_TOKEN,
    "cases.Attachment.kind": _A_TOKEN,
    "cases.Attachment.blob": _A_TOKEN,
    "cases.Attachment.digest": _A_TOKEN,
    "cases.Assessment.proposal": _A_TOKEN,
    "cases.Assessment.lines": _A_TOKEN,
    "cases.HomeCheck.findings": _AMONG_COLLEAGUES,
    "cases.Evaluation.minutes": _AMONG_COLLEAGUES,
    "cases.Publicity.slug": _A_TOKEN,
    "cases.Publicity.text": "masked by the house from the checked file",
    "cases.Objection.body": _TO_THE_UNION,
    "cases.Objection.answer": _AMONG_COLLEAGUES,
    "cases.IncomeCheck.details": _AMONG_COLLEAGUES,
    "cases.Case.case_no": _A_TOKEN,
    "cases.Case.close_reason": _AMONG_COLLEAGUES,
    "cases.CaseVersion.body": _OF_A_PERSON,
    "cases.CaseVersion.changed": _A_TOKEN,
    "cases.CaseVersion.why": _AMONG_COLLEAGUES,
    "cases.Fact.body": _OF_A_PERSON,
    "cases.Pairing.ended_why": _AMONG_COLLEAGUES,
    "cases.HelperNote.body": "a helper's own notes, read by the helper and colleagues on the file",
    "cases.Transfer.why": _AMONG_COLLEAGUES,
    "cases.ChangeRequest.changes": _OF_A_PERSON,
    "cases.ChangeRequest.why": _TO_THE_UNION,
    "cases.ChangeRequest.answer": _TO_THE_FAMILY,
    # codes
    "codes.QrCode.lookup": _A_TOKEN,
    "codes.Card.serial": _A_TOKEN,
    "codes.Card.receipt": _A_TOKEN,
    "codes.Scan.reason": _A_TOKEN,
    # aid
    "aid.AidProposal.goods": "a line of the ledger; money is what it is about, two people stand behind it",
    "aid.AidProposal.why": _AMONG_COLLEAGUES,
    "aid.Aid.goods": "a line of the ledger; money is what it is about, two people stand behind it",
    # wishes
    "wishes.Wish.number": _A_TOKEN,
    "wishes.Wish.assist_reason": _AMONG_COLLEAGUES + "; the family knows it",
    "wishes.Wish.age_band": _A_TOKEN,
    "wishes.Wish.place": "a union's own region, as broad as enough families",
    "wishes.Wish.region_code": _A_TOKEN,
    "wishes.Wish.hidden_why": _TO_THE_FAMILY,
    "wishes.Wish.returned_why": _TO_THE_FAMILY,
    "wishes.Wish.closed_why": _TO_THE_FAMILY,
    "wishes.Wish.searchable": "put together from checked words",
    "wishes.Parcel.carrier": _TO_THE_UNION,
    "wishes.Parcel.tracking": "a number by nature: a card's cannot be told from it; to the union alone",
    "wishes.Handover.words": _AMONG_COLLEAGUES,
    "wishes.GoodsPhoto.blob": _A_TOKEN,
    "wishes.GoodsPhoto.digest": _A_TOKEN,
    "wishes.GoodsPhoto.likeness": _A_TOKEN,
    "wishes.Complaint.words": _TO_THE_UNION
    + " (raised by those concerned; a passer-by's are checked)",
    "wishes.Complaint.also_said": "a list of later words of passers-by, checked as the first ones are"
    " and marked beside them (tests/wishes/test_report.py)",
    "wishes.Complaint.answer": _TO_THE_FAMILY
    + " (what a giver asked is answered in checked words)",
    "wishes.Certificate.number": _A_TOKEN,
    "wishes.Certificate.shown_name": "a checked nickname, or the name of an approved organisation",
    "wishes.Certificate.item": "the item of a checked wish",
    "wishes.Certificate.union_name": "the legal name of a union",
    "wishes.Fair.screen_key": _A_TOKEN,
    "wishes.FairWish.code": _A_TOKEN,
    "wishes.WallFigures.figures": _A_TOKEN,
}


# The inspection --------------------------------------------------------------------------------


def texts_of(found: Iterable[type[models.Model]]) -> set[str]:
    """Every field into which words fit, as “wishes.Wish.item”; not paths, nor choices from a list."""
    return {
        f"{model._meta.app_label}.{model.__name__}.{field.name}"
        for model in found
        for field in model._meta.local_concrete_fields
        if _holds_words(field)
    }


def _holds_words(field: Any) -> bool:
    if isinstance(field, PathField) or field.choices:
        return False
    return isinstance(field, models.CharField | models.TextField | models.JSONField | SealedField)


def undecided(found: Iterable[type[models.Model]]) -> set[str]:
    return texts_of(found) - {row.field for row in CHECKED} - set(NOT_CHECKED)


def of_the_rooms() -> list[type[models.Model]]:
    return [model for room in ROOMS for model in apps.get_app_config(room).get_models()]


def test_every_text_stands_in_the_table():
    assert undecided(of_the_rooms()) == set()


def test_the_table_names_no_text_that_is_gone():
    assert ({row.field for row in CHECKED} | set(NOT_CHECKED)) - texts_of(of_the_rooms()) == set()


def test_each_checked_text_is_marked_for_whoever_moderates_or_says_why_not():
    assert {row.field for row in CHECKED} == set(MARKED) | set(NOT_MARKED)
    assert not set(MARKED) & set(NOT_MARKED)


@pytest.mark.parametrize("name", MARKED)
def test_the_page_that_is_named_marks_it(name):
    page, field = (HOUSE / MARKED[name]).read_text(), name.rsplit(".", 1)[1]

    assert f".{field}|marked" in page or "marks_on(text" in page


def test_a_new_text_is_asked_for():
    with isolate_apps("mashang.wishes"):

        class Sticker(Record):
            kind = models.CharField(max_length=4, choices=[("a", "甲")])
            words = models.CharField(max_length=40)
            letter = models.TextField()

            class Meta:
                app_label = "wishes"

    assert undecided([Sticker]) == {"wishes.Sticker.words", "wishes.Sticker.letter"}


# The actions -----------------------------------------------------------------------------------


def what_passes(act: Act, name: str, texts: Iterable[str]) -> list[str]:
    """The texts that the act takes, or refuses without a sentence at the field."""
    return [text for text in texts if not _is_refused(act, name, text)]


def _is_refused(act: Act, name: str, text: str) -> bool:
    try:
        act(text)
    except Invalid as refusal:
        return bool(refusal.fields.get(name))
    return False


@pytest.mark.django_db
@pytest.mark.parametrize("row", CHECKED, ids=lambda row: f"{row.field}-{row.act.__name__}")
def test_what_others_read_is_refused_at_its_field_and_ordinary_words_pass(row, branch_a):
    act = row.act(branch_a)

    assert what_passes(act, row.name, PROBES) == []
    act(row.ordinary)


@pytest.mark.django_db
@pytest.mark.parametrize("row", CHECKED, ids=lambda row: f"{row.field}-{row.act.__name__}")
def test_marks_that_nobody_sees_are_no_words_and_hide_no_number(row, branch_a):
    act = row.act(branch_a)

    assert what_passes(act, row.name, [UNSEEN, TURNED]) == []


@pytest.mark.django_db
@pytest.mark.parametrize("row", CHECKED, ids=lambda row: f"{row.field}-{row.act.__name__}")
def test_of_what_others_read_nothing_unseen_is_kept(row, branch_a):
    act = row.act(branch_a)

    act(f"\u202d{row.ordinary[0]}\u200b{row.ordinary[1:]}\u2069")

    assert row.ordinary in set(kept_in(row.field))


def kept_in(name: str) -> Iterable[str]:
    """Every text that stands in this field now."""
    label, field = name.rsplit(".", 1)
    rows = apps.get_model(label)._base_manager.values_list(field, flat=True)
    return [str(text) for text in rows]


def unguarded(fields: Iterable[str]) -> set[str]:
    """Checked texts whose column would keep what nobody sees."""
    return {
        name
        for name in fields
        if not isinstance(
            apps.get_model(name.rsplit(".", 1)[0])._meta.get_field(name.rsplit(".", 1)[1]),
            VisibleCharField,
        )
    }


def test_every_checked_text_stands_in_a_column_that_keeps_only_what_is_seen():
    assert unguarded({row.field for row in CHECKED}) == {
        "accounts.User.name"
    }  # a name: letters only


def test_a_column_that_keeps_anything_would_be_seen():
    assert unguarded(["wishes.Wish.number"]) == {"wishes.Wish.number"}


@pytest.mark.django_db
def test_the_family_is_told_in_any_words_what_became_of_its_complaint(branch_a):
    claim = on_their_way.claimed(branch_a)
    worker = claim.wish.holder.user
    complaint = complaints.raise_complaint(claim, kind="other", words="请打12038475610", by=worker)

    complaints.answer(complaint, words="快递员 12038475610 说由门卫代收", by=_clerk(branch_a))


def test_an_act_that_takes_everything_would_be_seen():
    assert what_passes(lambda text: None, "words", PROBES) == list(PROBES)


def test_a_refusal_beside_another_field_would_be_seen():
    def act(text: str) -> None:
        raise Invalid(fields={"other": "请改"})

    assert what_passes(act, "words", ["加V聊"]) == ["加V聊"]
