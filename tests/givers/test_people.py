"""经办人: invited by phone, in by their own hand, and never without an owner."""

import pytest

from mashang.core.errors import Invalid, Missing, TooMany, WrongState
from mashang.core.models import TrailEntry
from mashang.givers import actions
from mashang.givers.models import Invitation, Representative
from mashang.givers.queries import invitations_of, may_act_for, people_of
from mashang.givers.refusals import (
    AlreadyInvited,
    AlreadyMember,
    LastOwner,
    NotApproved,
    NotOwner,
    TooManyPeople,
)
from mashang.notices.models import Message
from tests.builders import make_phone, make_worker
from tests.crowd import press_at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def zhao():
    return make_worker("赵敏")


def invite(organisation, user, by):
    return actions.invite(organisation, phone=user.phone.reveal(), by=by)


def join(organisation, user, by):
    return actions.accept(invite(organisation, user, by), by=user)


def test_who_is_invited_by_phone_finds_it_after_signing_in(approved, wang, zhao):
    invitation = invite(approved, zhao, wang)
    assert list(invitations_of(zhao)) == [invitation] and not may_act_for(zhao, approved)

    actions.accept(invitation, by=zhao)

    assert may_act_for(zhao, approved) and not invitations_of(zhao).exists()
    assert TrailEntry.objects.filter(action="invitation.accepted").exists()


def test_a_phone_without_an_account_is_invited_all_the_same(approved, wang, zhao):
    """The answer and the text message are alike, so nobody learns who has an account."""
    invite(approved, zhao, wang)
    actions.invite(approved, phone=make_phone(), by=wang)

    told = Message.objects.filter(kind="organisation.invited")
    assert len({message.body.reveal() for message in told}) == 1 and told.count() == 2


def test_an_invitation_may_be_declined_or_taken_back(approved, wang, zhao):
    actions.decline(invite(approved, zhao, wang), by=zhao)
    second = invite(approved, zhao, wang)
    actions.withdraw_invitation(second, by=wang)

    with pytest.raises(WrongState):
        actions.accept(second, by=zhao)
    assert not may_act_for(zhao, approved)


def test_another_phone_cannot_answer(approved, wang, zhao):
    invitation = invite(approved, zhao, wang)

    for answer in (actions.accept, actions.decline):
        with pytest.raises(Missing):
            answer(invitation, by=make_worker("别人"))


def test_only_an_owner_of_an_approved_organisation_invites(applied, approver, wang, zhao):
    with pytest.raises(NotApproved):
        invite(applied, zhao, wang)
    actions.approve(applied, by=approver)
    join(applied, zhao, wang)
    with pytest.raises(NotOwner):
        actions.invite(applied, phone=make_phone(), by=zhao)
    with pytest.raises(Missing):
        actions.invite(applied, phone=make_phone(), by=make_worker("别人"))


def test_what_is_no_phone_gets_its_sentence(approved, wang):
    with pytest.raises(Invalid) as refusal:
        actions.invite(approved, phone="123", by=wang)
    assert "11 位" in refusal.value.fields["phone"]


def test_nobody_is_invited_twice(approved, wang, zhao):
    invitation = invite(approved, zhao, wang)
    with pytest.raises(AlreadyInvited):
        invite(approved, zhao, wang)
    actions.accept(invitation, by=zhao)
    with pytest.raises(AlreadyMember):
        invite(approved, zhao, wang)


def test_there_is_room_for_so_many(approved, wang, zhao, monkeypatch, settings):
    monkeypatch.setattr(actions, "MOST_PEOPLE", 1)
    with pytest.raises(TooManyPeople):
        invite(approved, zhao, wang)
    settings.MASHANG_LIMITS = {"invitations": 1}
    with pytest.raises(TooMany):
        invite(approved, zhao, wang)


def test_the_last_owner_stays_until_there_is_another(approved, wang, zhao):
    member = join(approved, zhao, wang)
    with pytest.raises(LastOwner):
        actions.leave(approved, by=wang)

    actions.make_owner(member, by=wang)
    actions.leave(approved, by=wang)

    assert [m.user for m in people_of(approved)] == [zhao]
    assert TrailEntry.objects.filter(action="membership.ended").exists()


def test_an_owner_removes_a_member_who_may_then_do_nothing(approved, wang, zhao):
    member = join(approved, zhao, wang)
    with pytest.raises(NotOwner):
        actions.remove(people_of(approved).get(user=wang), by=zhao)

    actions.remove(member, by=wang)

    assert not may_act_for(zhao, approved)
    for again in (actions.remove, actions.make_owner):
        with pytest.raises(Missing):
            again(member, by=wang)


def test_who_left_may_be_invited_again(approved, wang, zhao):
    join(approved, zhao, wang)
    actions.leave(approved, by=zhao)
    with pytest.raises(Missing):
        actions.leave(approved, by=zhao)

    assert join(approved, zhao, wang).left_at is None


@pytest.mark.django_db(transaction=True)
def test_two_owners_leaving_at_once_leave_one_behind(approved, wang, zhao):
    actions.make_owner(join(approved, zhao, wang), by=wang)

    press_at_once([lambda p=p: actions.leave(approved, by=p) for p in (wang, zhao)])

    assert people_of(approved).filter(role="owner").count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_invitation_accepted_ten_times_at_once_makes_one_member(approved, wang, zhao):
    invitation = invite(approved, zhao, wang)

    press_at_once(
        [
            lambda: actions.accept(Invitation.objects.get(pk=invitation.pk), by=zhao)
            for _ in range(10)
        ]
    )

    assert Representative.objects.filter(user=zhao, left_at=None).count() == 1
