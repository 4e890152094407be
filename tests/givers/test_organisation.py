"""爱心单位: applies with a true credit code, and a union that is not itself looks at it."""

from dataclasses import replace

import pytest

from mashang.core.errors import Invalid, Missing, NotAllowed, WrongState
from mashang.core.models import TrailEntry
from mashang.core.privacy.photos import BadPhoto
from mashang.givers import actions
from mashang.givers.models import Organisation, Representative
from mashang.givers.queries import may_act_for, people_of
from mashang.givers.refusals import AlreadyRegistered, OwnOrganisation, TooManyApplications
from mashang.notices.models import Notice
from mashang.unions.roles import Role
from tests.builders import make_staff, make_worker
from tests.crowd import press_at_once
from tests.pictures import make_jpeg

pytestmark = pytest.mark.django_db


def test_an_application_waits_for_the_union_and_may_not_claim(applied, wang, told):
    assert applied.state == "applied" and applied.credit_code == told.credit_code
    assert [m.role for m in people_of(applied)] == ["owner"]
    assert not may_act_for(wang, applied)
    assert TrailEntry.objects.filter(action="organisation.applied").exists()


def test_a_full_width_code_in_small_letters_is_the_same_code(told, wang):
    wide = "".join(chr(ord(c) + 0xFEE0) for c in told.credit_code.lower())

    organisation = actions.apply_for(replace(told, credit_code=wide), licence=make_jpeg(), by=wang)

    assert organisation.credit_code == told.credit_code


@pytest.mark.parametrize(
    ("change", "field", "word"),
    [
        ({"credit_code": "91450100MA5K00001"}, "credit_code", "18 位"),
        ({"credit_code": "91450100MA5K000010"}, "credit_code", "有一位不对"),
        ({"credit_code": "9145010OMA5K00001A"}, "credit_code", "字母"),
        ({"credit_code": ""}, "credit_code", "请填写"),
        ({"contact_phone": "12345"}, "contact_phone", "11 位"),
    ],
)
def test_what_is_written_wrongly_gets_its_sentence(told, wang, change, field, word):
    with pytest.raises(Invalid) as refusal:
        actions.apply_for(replace(told, **change), licence=make_jpeg(), by=wang)
    assert word in refusal.value.fields[field]
    assert not Organisation.objects.exists()


def test_a_grass_roots_union_does_not_approve_organisations(told, wang, branch_a):
    with pytest.raises(Invalid) as refusal:
        actions.apply_for(replace(told, union=branch_a["own"]), licence=make_jpeg(), by=wang)
    assert "县级以上" in refusal.value.fields["union"]


def test_a_licence_that_is_no_picture_is_refused(told, wang):
    with pytest.raises(BadPhoto):
        actions.apply_for(told, licence=b"%PDF-1.7 licence", by=wang)


def test_the_same_thumb_twice_makes_one(applied, told, wang):
    assert actions.apply_for(told, licence=make_jpeg(), by=wang) == applied


def test_a_code_that_is_registered_is_not_registered_again(applied, told, approver):
    stranger = make_worker("别人")

    with pytest.raises(AlreadyRegistered):
        actions.apply_for(told, licence=make_jpeg(), by=stranger)
    actions.approve(applied, by=approver)
    with pytest.raises(AlreadyRegistered):
        actions.apply_for(told, licence=make_jpeg(), by=stranger)


def test_whoever_sends_many_applications_waits_for_the_first(told, wang, monkeypatch):
    monkeypatch.setattr(actions, "MOST_WAITING", 0)

    with pytest.raises(TooManyApplications):
        actions.apply_for(told, licence=make_jpeg(), by=wang)


@pytest.mark.django_db(transaction=True)
def test_two_who_apply_at_once_with_one_code_make_one(told):
    people = [make_worker(f"申请人{n}") for n in range(6)]

    press_at_once([lambda p=p: actions.apply_for(told, licence=make_jpeg(), by=p) for p in people])

    assert Organisation.objects.count() == 1
    assert Representative.objects.filter(left_at=None).count() == 1


def test_the_union_approves_and_the_owner_is_told(approved, approver, wang):
    assert approved.state == "approved" and approved.decided_by == approver
    assert may_act_for(wang, approved)
    assert Notice.objects.filter(user=wang, kind="organisation.approved").exists()
    assert TrailEntry.objects.filter(action="organisation.approved").exists()


def test_only_the_own_branch_approves(applied, chen, branch_b):
    elsewhere = make_staff("别县审批", branch_b["county"], Role.APPROVER)
    for by in (elsewhere, chen, make_worker()):
        with pytest.raises(NotAllowed):
            actions.approve(applied, by=by)


def test_nobody_approves_an_organisation_of_their_own(told, branch_a):
    both = make_staff("身兼两职", branch_a["county"], Role.APPROVER)
    applied = actions.apply_for(told, licence=make_jpeg(), by=both)

    for decide in (
        lambda: actions.approve(applied, by=both),
        lambda: actions.refuse(applied, why="不行", by=both),
    ):
        with pytest.raises(OwnOrganisation):
            decide()


def test_who_left_it_still_does_not_approve_it(applied, branch_a):
    once = make_staff("离开的人", branch_a["county"], Role.APPROVER)
    Representative.objects.create(
        organisation=applied, user=once, role="member", left_at=applied.created_at
    )

    with pytest.raises(OwnOrganisation):
        actions.approve(applied, by=once)


def test_a_refusal_says_why_and_the_organisation_may_apply_again(applied, told, approver, wang):
    with pytest.raises(Invalid):
        actions.refuse(applied, why=" ", by=approver)
    actions.refuse(applied, why="执照照片看不清", by=approver)
    applied.refresh_from_db()
    assert applied.refused_why == "执照照片看不清"
    assert Notice.objects.filter(user=wang, kind="organisation.refused").exists()

    again = actions.apply_for(replace(told, name="青山食品公司"), licence=make_jpeg(), by=wang)

    assert again.pk == applied.pk and again.state == "applied"
    assert (again.name, again.refused_why, again.decided_by) == ("青山食品公司", "", None)


@pytest.mark.django_db(transaction=True)
def test_the_picture_of_the_first_try_is_not_kept(applied, told, approver, wang, settings):
    actions.refuse(applied, why="执照照片看不清", by=approver)

    again = actions.apply_for(told, licence=make_jpeg(700, 500), by=wang)

    kept = [path.name for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert kept == [again.licence]


def test_a_code_that_somebody_made_use_of_is_not_lost_to_its_holder(applied, told, approver, wang):
    actions.refuse(applied, why="不是本单位的人", by=approver)
    true_one = make_worker("真正的经办人")

    again = actions.apply_for(told, licence=make_jpeg(), by=true_one)

    assert [m.user for m in people_of(again)] == [true_one]
    assert not Organisation.objects.of_member(wang).exists()


def test_a_suspended_organisation_claims_nothing_until_it_is_restored(approved, approver, wang):
    with pytest.raises(Invalid):
        actions.suspend(approved, why="", by=approver)
    actions.suspend(approved, why="多次逾期", by=approver)
    assert not may_act_for(wang, approved)

    actions.restore(approved, by=approver)
    assert may_act_for(wang, approved) and approved.suspended_why == ""
    assert Notice.objects.filter(user=wang, kind="organisation.restored").exists()


def test_a_decision_is_taken_once(approved, approver):
    stale = Organisation.objects.get(pk=approved.pk)

    with pytest.raises(WrongState):
        actions.approve(stale, by=approver)
    with pytest.raises(WrongState):
        actions.refuse(stale, why="晚了", by=approver)
    with pytest.raises(WrongState):
        actions.restore(stale, by=approver)


@pytest.mark.django_db(transaction=True)
def test_ten_decisions_at_once_are_one(applied, approver):
    press_at_once(
        [
            lambda: actions.approve(Organisation.objects.get(pk=applied.pk), by=approver)
            for _ in range(10)
        ]
    )

    assert Notice.objects.filter(kind="organisation.approved").count() == 1


def test_a_look_at_the_licence_is_written_down(applied, approver, chen):
    with pytest.raises(NotAllowed):
        actions.licence_of(applied, by=chen)
    assert not TrailEntry.objects.filter(action="organisation.looked_at").exists()

    assert actions.licence_of(applied, by=approver).startswith(b"\xff\xd8")
    assert TrailEntry.objects.filter(action="organisation.looked_at").count() == 1


def test_an_organisation_without_a_licence_has_none_to_show(applied, approver):
    Organisation.objects.filter(pk=applied.pk).update(licence="")
    applied.refresh_from_db()

    with pytest.raises(Missing):
        actions.licence_of(applied, by=approver)
