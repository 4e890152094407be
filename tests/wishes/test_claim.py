"""认领: first come, first served; one live claim per wish, no giver beyond their limit."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from mashang.accounts.models import Relative, User
from mashang.core.errors import Missing
from mashang.core.models import TrailEntry
from mashang.givers.models import Organisation
from mashang.givers.refusals import NotApproved
from mashang.notices.models import Notice
from mashang.reference.workdays import add_workdays
from mashang.unions.roles import Role
from mashang.wishes.actions.claims import claim
from mashang.wishes.models import Claim, Wish
from mashang.wishes.refusals import (
    HasOverdueClaim,
    NeedsGiver,
    OwnWish,
    StaffClaimAsPersons,
    TooManyClaims,
    WishOffWall,
    WishTaken,
)
from tests.builders import make_staff, make_worker
from tests.crowd import lock_off, press_at_once
from tests.wishes.builders import make_claim, make_giver, make_organisation, make_wish

pytestmark = pytest.mark.django_db
ONE_LIVE_CLAIM = next(
    rule for rule in Claim._meta.constraints if rule.name == "wish_has_one_live_claim"
)


@pytest.fixture
def wish(branch_a):
    return make_wish(union=branch_a["own"])


def fresh(wish):
    return Wish.objects.get(pk=wish.pk)


def test_a_giver_has_ten_working_days(wish):
    giver = make_giver()

    made = claim(wish, by=giver)

    assert made.due_on == add_workdays(timezone.localdate(), 10)
    assert made.kind == Claim.Kind.PERSON and made.union == wish.union
    assert fresh(wish).state == Wish.State.CLAIMED
    assert TrailEntry.objects.get(action="claim.made").facts == {"wish": str(wish.pk)}


def test_the_family_is_told_and_does_not_learn_who(wish):
    claim(wish, by=make_giver("大山里的人"))

    notice = Notice.objects.get(user=wish.holder.user, kind="claim.made")
    assert "有人认领" in notice.body and "大山" not in notice.body


def test_the_days_to_fulfil_are_a_card_of_the_union(wish, branch_a):
    branch_a["county"].rule_cards.create(
        kind="wish", code="workdays_to_fulfil", body={"value": 5}, source="x",
        valid_from=date(2026, 1, 1),
    )  # fmt: skip

    assert claim(wish, by=make_giver()).due_on == add_workdays(timezone.localdate(), 5)


def test_the_late_one_is_told_so(wish):
    late = fresh(wish)
    claim(wish, by=make_giver())

    with pytest.raises(WishTaken, match="来晚一步"):
        claim(late, by=make_giver())
    assert Claim.objects.count() == 1


def test_the_same_thumb_twice_is_one_claim(wish):
    giver, again = make_giver(), fresh(wish)

    assert claim(wish, by=giver) == claim(again, by=giver)
    assert TrailEntry.objects.filter(action="claim.made").count() == 1


def test_who_has_not_said_how_to_be_named_does_so_first(wish):
    with pytest.raises(NeedsGiver):
        claim(wish, by=make_worker("路人"))
    assert fresh(wish).state == Wish.State.OPEN


@pytest.mark.parametrize("state", ["withdrawn", "submitted", "fulfilled"])
def test_what_does_not_hang_on_the_wall_is_not_claimed(branch_a, state):
    wish = make_wish(union=branch_a["own"], state=state)

    with pytest.raises(WishTaken if state == "fulfilled" else WishOffWall):
        claim(wish, by=make_giver())


def test_a_hidden_wish_is_not_claimed(branch_a):
    with pytest.raises(WishOffWall):
        claim(make_wish(union=branch_a["own"], is_hidden=True), by=make_giver())


def test_nobody_claims_the_wish_of_their_own_household_or_kin(wish):
    owner = wish.holder.user
    owner.giver = make_giver().giver
    relative = make_giver()
    Relative.objects.create(user=relative, id_index=wish.holder.id_index, relation="sibling")

    for person in (owner, relative):
        with pytest.raises(OwnWish):
            claim(wish, by=person)


def test_three_at_a_time_and_the_fourth_waits(branch_a):
    giver = make_giver()
    for _ in range(3):
        claim(make_wish(union=branch_a["own"]), by=giver)

    with pytest.raises(TooManyClaims, match="同时最多认领 3 个"):
        claim(make_wish(union=branch_a["own"]), by=giver)


def test_what_the_union_has_received_is_no_longer_owed(branch_a):
    giver = make_giver()
    for state in ("received", "handed_over", "fulfilled"):
        make_claim(make_wish(union=branch_a["own"]), giver, state=state)

    assert claim(make_wish(union=branch_a["own"]), by=giver)


def test_none_while_one_is_overdue(wish, branch_a):
    giver = make_giver()
    yesterday = timezone.localdate() - timedelta(days=1)
    make_claim(make_wish(union=branch_a["own"]), giver, due_on=yesterday)

    with pytest.raises(HasOverdueClaim):
        claim(wish, by=giver)


def test_an_organisation_claims_by_one_of_its_people(wish, branch_a):
    member = make_worker("经办人")
    organisation = make_organisation(branch_a["county"], member)

    made = claim(wish, by=member, organisation=organisation)

    assert (made.kind, made.organisation) == ("organisation", organisation)


def test_a_claim_for_an_organisation_does_not_count_as_ones_own(branch_a):
    member = make_giver()
    organisation = make_organisation(branch_a["county"], member)
    for _ in range(3):
        claim(make_wish(union=branch_a["own"]), by=member, organisation=organisation)

    assert claim(make_wish(union=branch_a["own"]), by=member).kind == Claim.Kind.PERSON


def test_an_outsider_and_one_who_left_do_not_act_for_it(wish, branch_a):
    member = make_worker("经办人")
    organisation = make_organisation(branch_a["county"], member)
    organisation.representatives.update(left_at=timezone.now())

    for person in (member, make_giver()):
        with pytest.raises(Missing):
            claim(wish, by=person, organisation=organisation)


@pytest.mark.parametrize("state", ["applied", "suspended"])
def test_an_organisation_must_be_approved(wish, branch_a, state):
    member = make_worker("经办人")
    organisation = make_organisation(branch_a["county"], member)
    Organisation.objects.filter(pk=organisation.pk).update(state=state, suspended_why="逾期")

    with pytest.raises(NotApproved):
        claim(wish, by=member, organisation=organisation)


def test_staff_claim_as_persons_only(wish, branch_a, chen):
    organisation = make_organisation(branch_a["county"], chen)

    with pytest.raises(StaffClaimAsPersons):
        claim(wish, by=chen, organisation=organisation)


def test_a_colleague_who_came_in_by_phone_code_is_one_all_the_same(wish, branch_a, chen):
    organisation = make_organisation(branch_a["county"], chen)
    chen.is_staff, chen.needs_second_factor = False, True

    with pytest.raises(StaffClaimAsPersons):
        claim(wish, by=chen, organisation=organisation)


def test_staff_with_a_name_among_the_givers_claim_like_anybody(wish, branch_a):
    colleague = make_staff("热心同事", branch_a["county"], Role.CLERK)
    colleague.giver = make_giver().giver
    colleague.giver.user = colleague
    colleague.giver.save()

    assert claim(wish, by=colleague).kind == Claim.Kind.PERSON


@pytest.mark.django_db(transaction=True)
def test_twenty_people_pressing_at_once_make_one_claim(wish):
    people = [make_giver() for _ in range(20)]

    answers = _all_press([(wish, person) for person in people])

    assert [type(answer) for answer in answers].count(Claim) == 1
    assert [type(answer) for answer in answers].count(WishTaken) == 19
    assert Claim.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_with_the_lock_off_the_constraint_has_the_last_word(wish):
    people = [make_giver() for _ in range(20)]

    with lock_off():
        answers = _all_press([(wish, person) for person in people])

    assert Claim.objects.count() == [type(answer) for answer in answers].count(Claim) == 1


@pytest.mark.django_db(transaction=True)
def test_with_lock_and_constraint_off_a_wish_is_given_twice(wish):
    """The control: what the two guards above are for."""
    seen = [(fresh(wish), make_giver()) for _ in range(20)]  # all saw it open
    with connection.schema_editor() as tables:
        tables.remove_constraint(Claim, ONE_LIVE_CLAIM)
    try:
        with lock_off():
            made = {claim(open_wish, by=person).pk for open_wish, person in seen}
        assert len(made) == 20
    finally:
        Claim.objects.all().delete()
        with connection.schema_editor() as tables:
            tables.add_constraint(Claim, ONE_LIVE_CLAIM)


@pytest.mark.django_db(transaction=True)
def test_one_giver_pressing_many_wishes_at_once_exceeds_no_limit(branch_a):
    giver = make_giver()
    wishes = [make_wish(union=branch_a["own"]) for _ in range(8)]

    answers = _all_press([(wish, giver) for wish in wishes])

    assert [type(answer) for answer in answers].count(Claim) == 3
    assert Wish.objects.filter(state="claimed").count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_hundred_people_press_fifty_wishes(branch_a):
    wishes = [make_wish(union=branch_a["own"]) for _ in range(50)]
    people = [make_giver() for _ in range(200)]

    answers: list[object] = []
    for start in range(0, 200, 50):  # fifty connections at a time, each wave over all wishes
        answers += _all_press(list(zip(wishes, people[start : start + 50], strict=True)))

    assert [type(answer) for answer in answers].count(Claim) == 50
    assert {type(answer) for answer in answers} == {Claim, WishTaken}
    assert Claim.objects.values("wish").distinct().count() == 50


@pytest.mark.django_db(transaction=True)
def test_withdrawn_while_being_claimed_ends_one_way_or_the_other(wish):
    giver, mine, theirs = make_giver(), fresh(wish), fresh(wish)

    claimed, withdrawn = press_at_once(
        [lambda: claim(mine, by=giver), lambda: theirs.transition_to(Wish.State.WITHDRAWN)]
    )

    if isinstance(claimed, Claim):
        assert fresh(wish).state == "claimed" and isinstance(withdrawn, Exception)
    else:
        assert fresh(wish).state == "withdrawn" and isinstance(claimed, WishOffWall)


def _all_press(pairs: list[tuple[Wish, User]]) -> list[object]:
    """Each person presses their wish, as they saw it on the wall."""
    seen = [(fresh(wish), person) for wish, person in pairs]
    return press_at_once(
        [lambda wish=wish, person=person: claim(wish, by=person) for wish, person in seen]
    )
