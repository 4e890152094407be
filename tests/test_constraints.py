"""Every rule that a table holds is broken here on purpose; the rules that Python alone holds are named.

The database has the last word: whatever the program forgets, these rows cannot be written.
"""

from datetime import date
from pathlib import Path
from pkgutil import resolve_name

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, models, transaction
from django.utils import timezone

from mashang.accounts.models import User
from mashang.cases.models import Holder
from mashang.core.db import errors
from mashang.core.db.states import Stateful
from mashang.wishes.models import Stock
from tests.rows import any_row

pytestmark = pytest.mark.django_db
OURS = [model for model in apps.get_models() if model.__module__.startswith("mashang.")]
CONSTRAINTS = {
    constraint.name: (model, constraint) for model in OURS for constraint in model._meta.constraints
}
UNIQUE = [
    name for name, (_, rule) in CONSTRAINTS.items() if isinstance(rule, models.UniqueConstraint)
]
CHECKS = [
    name for name, (_, rule) in CONSTRAINTS.items() if isinstance(rule, models.CheckConstraint)
]
STATES = {name for name in CHECKS if name.endswith("_state_is_known")}

NOW, EARLIER, LATER = timezone.now(), date(2020, 1, 1), date(2026, 1, 1)


def person():
    return any_row(User, phone_index=None)


def one_person_twice(*names):
    same = person()
    return dict.fromkeys(names, same)


# What a row must be like for a partial unique rule to look at it.
WITHIN = {
    "work_phone_is_of_one_colleague": {"work_phone_index": "a" * 64},
    "person_is_on_one_live_file": {"is_on_live_file": True, "id_index": "a" * 64},
    "review_has_one_open_step": {"state": "open"},
    "nobody_decides_two_steps": {"has_filled_in": True},
    "union_credit_code_is_unique": {"credit_code": "81450000MC0000000X"},
    "code_generation_is_unique": {"revoked_at": NOW},
}

# What each check refuses.
REFUSED = {
    "seat_says_how_one_took_part": lambda: {"flow_step": None, "has_filled_in": False},
    "aid_has_two_people": lambda: one_person_twice("first_by", "second_by"),
    "aid_proposal_gives_something": lambda: {"amount_fen": 0, "goods": ""},
    "answered_complaint_has_its_answer": lambda: {"state": "answered", "answer": ""},
    "approved_organisation_has_who_approved": lambda: {"state": "approved", "decided_by": None},
    "assessment_has_persons": lambda: {"persons": 0},
    "break_glass_gives_its_reason": lambda: {"basis": "break_glass", "reason": ""},
    "catalogue_item_has_a_price": lambda: {"price_fen": 0},
    "claim_of_an_organisation_names_it": lambda: {"kind": "organisation", "organisation": None},
    "closed_case_has_its_day": lambda: {"state": "closed", "closed_on": None},
    "closed_wish_says_why": lambda: {"state": "closed", "closed_why": ""},
    "confirmed_handover_says_by_whom": lambda: {"confirmed_at": NOW, "answered_by": ""},
    "confirmed_handover_stands": lambda: {"confirmed_at": NOW, "undone_at": NOW},
    "core_datakey_destroyed_is_empty": lambda: {"destroyed_at": NOW, "wrapped": b"key"},
    "core_installation_is_one": lambda: {"id": 2},
    "core_tick_is_one": lambda: {"id": 2},
    "core_operatoract_gives_its_reason": lambda: {"reason": ""},
    "core_trailhead_sealed_within": lambda: {"number": 1, "sealed_number": 2},
    "ended_application_says_why": lambda: {"state": "ended", "ending": ""},
    "declined_pledge_says_why": lambda: {"state": "declined", "declined_why": ""},
    "fair_wish_is_given_or_removed": lambda: {"handed_at": NOW, "removed_at": NOW},
    "evaluation_votes_add_up": lambda: {"entitled": 9, "present": 5, "agreed": 5, "against": 1},
    "wish_that_the_union_took_down_is_hidden": lambda: {
        "hidden_why": "露了学校",
        "is_hidden": False,
    },
    "complaint_of_a_claim_names_who_raised_it": lambda: {
        "raised_by": None,
        "claim": any_row(apps.get_model("wishes.Claim")),
    },
    "flow_step_needs_someone": lambda: {"people": 0},
    "handed_over_card_has_its_receipt": lambda: {"state": "handed_over", "receipt": ""},
    "income_check_result_has_its_day": lambda: {"result": "matches", "answered_on": None},
    "living_standard_ends_after_it_begins": lambda: {"valid_from": LATER, "valid_to": EARLIER},
    "living_standard_is_positive": lambda: {"monthly_fen": 0},
    "pairing_has_two_people": lambda: one_person_twice("proposed_by", "confirmed_by"),
    "matched_pledge_has_its_delivery_plan": lambda: {"state": "matched", "delivery_plan": None},
    "passed_parcel_is_what_was_wished": lambda: {"state": "passed", "is_new": False},
    "pledge_offers_something": lambda: {"quantity": 0},
    "given_aid_says_when_and_from_what": lambda: {"state": "confirmed", "given_on": None},
    "merge_has_two_people": lambda: {
        "state": "done",
        **one_person_twice("asked_by", "answered_by"),
    },
    "settled_alert_says_what_was_found": lambda: {
        "state": "settled",
        "settled_by": person(),
        "found": "",
    },
    "alert_is_settled_by_another": lambda: one_person_twice("about", "settled_by"),
    "channel_change_has_two_people": lambda: {
        "state": "done",
        **one_person_twice("asked_by", "confirmed_by"),
    },
    "holiday_notice_takes_two": lambda: {
        "state": "published",
        **one_person_twice("proposed_by", "decided_by"),
    },
    "holiday_notice_is_decided_by_somebody": lambda: {"state": "published", "decided_by": None},
    "post_ends_after_it_begins": lambda: {"from_on": LATER, "to_on": EARLIER},
    "post_is_confirmed_by_another": lambda: one_person_twice("user", "confirmed_by"),
    "post_is_not_taken_by_oneself": lambda: one_person_twice("user", "appointed_by"),
    "account_is_not_reset_by_oneself": lambda: one_person_twice("user", "by"),
    "proposed_reversal_says_why": lambda: {
        "reverses": any_row(apps.get_model("aid.Aid")),
        "why": "",
    },
    "publicity_ends_after_it_starts": lambda: {"starts_at": NOW, "ends_at": NOW},
    "refusal_gives_its_reason": lambda: {"outcome": "refuse", "reason_code": ""},
    "refused_organisation_says_why": lambda: {"state": "refused", "refused_why": ""},
    "region_ends_after_it_begins": lambda: {"valid_from": LATER, "valid_to": EARLIER},
    "rejected_parcel_says_why": lambda: {"state": "rejected", "rejected_why": ""},
    "revoked_claim_says_why": lambda: {"state": "revoked", "ended_why": ""},
    "rule_card_ends_after_it_begins": lambda: {"valid_from": LATER, "valid_to": EARLIER},
    "stock_is_never_below_nothing": lambda: {"bought": 1, "taken": 2},
    "stock_goes_to_a_wish_that_was_given": lambda: {"stock": any_row(Stock), "handed_at": None},
    "submitted_application_has_its_time": lambda: {"state": "submitted", "submitted_at": None},
    "union_claim_goes_through_the_ledger": lambda: {"kind": "union", "proposal": None},
    "suspended_organisation_says_why": lambda: {
        "state": "suspended",
        "decided_by": person(),
        "suspended_why": "",
    },
    "wish_has_a_price": lambda: {"price_fen": 0},
    "wish_is_checked_by_two_people": lambda: one_person_twice("checked_by", "opened_by"),
    "wish_on_the_wall_was_checked_twice": lambda: {"state": "open", "opened_at": None},
}

# What a row of no known state needs so that it breaks that one rule alone.
BESIDE = {"holiday_notice_state_is_known": lambda: {"decided_by": person()}}

# Rules that no table holds: where each is kept, and the file that tests it.
IN_PYTHON_ALONE = {
    "a state follows the table of moves": ("core.db.states.Stateful", "core/test_moves.py"),
    "a deadline counts working days": (
        "reference.workdays.add_workdays",
        "reference/test_workdays.py",
    ),
    "a giver has no more claims than their union's card allows, and none beside an overdue one": (
        "wishes.actions.claims.claim",
        "wishes/test_claim.py",
    ),
    "nobody claims the wish of their own household": (
        "wishes.actions.claims.claim",
        "wishes/test_claim.py",
    ),
    "a claim is extended once": ("wishes.actions.claims.extend", "wishes/test_claim_ends.py"),
    "a pledge is matched up to its number": (
        "wishes.actions.delivery_plans.match",
        "wishes/test_pledge.py",
    ),
    "an organisation keeps an owner": ("givers.actions.leave", "givers/test_people.py"),
    "nobody approves an organisation of their own": (
        "givers.actions.approve",
        "givers/test_organisation.py",
    ),
    "a publicity stays for five working days": (
        "cases.actions.publicity.publish",
        "cases/test_publicity.py",
    ),
    "an ID number has its check digit": (
        "core.privacy.identity.parse_id_number",
        "core/test_identity.py",
    ),
    "a credit code has its check character": (
        "core.privacy.identity.check_credit_code",
        "core/test_identity.py",
    ),
    "a union's path begins with its parent's": (
        "unions.actions.tree.found",
        "unions/test_found.py",
    ),
    "an approving post counts with a second person only": (
        "unions.actions.posts.appoint",
        "unions/test_appoint.py",
    ),
    "a step belongs to who holds its permission": (
        "reviews.actions.decide",
        "reviews/test_decide.py",
    ),
    "nobody decides on a relative or on themselves": (
        "cases.actions.recusal.refuse_kin",
        "cases/test_kin.py",
    ),
    "whoever filled in for the worker decides no step, and nobody refuses alone on what they wrote down": (
        "cases.actions.reviews.refuse",
        "cases/test_who_decides.py",
    ),
    "whoever posted a wish for the worker moderates it at no step": (
        "wishes.actions.moderation.open_on_wall",
        "wishes/test_moderate.py",
    ),
    "two people see the home, two thirds agree": ("cases.preconditions", "cases/test_checks.py"),
    "an unanswered objection holds the decision": (
        "cases.preconditions",
        "cases/test_publicity.py",
    ),
    "a form is complete before it is submitted": (
        "cases.queries.drafts.lacks_of",
        "cases/test_submit.py",
    ),
    "a reason for breaking the glass has six characters": (
        "cases.actions.access.break_glass",
        "cases/test_access.py",
    ),
    "a look is written down before the page leaves": (
        "cases.actions.access.log_access",
        "cases/test_access.py",
    ),
    "a helper reads only while the family agrees": (
        "codes.queries.relation_to",
        "codes/test_scan.py",
    ),
    "a file moves only when both sides agree": (
        "cases.parts.transfers.accept",
        "cases/test_transfer.py",
    ),
    "a wrong line is reversed by its own amount": ("aid.actions.confirm", "aid/test_ledger.py"),
    "two wishes come true in a year, within the cap": (
        "wishes.actions.wishes.post",
        "wishes/test_post.py",
    ),
    "who let somebody in does not count as two with them": (
        "unions.queries.are_two",
        "unions/test_appoint.py",
    ),
    "a wish leads to nobody: its text is checked, its words fit several households": (
        "wishes.actions.moderation.open_on_wall",
        "wishes/test_moderate.py",
    ),
    "the file's union checks a wish, the county opens it": (
        "wishes.actions.moderation.check",
        "wishes/test_moderate.py",
    ),
    "a wish comes to the wall only while the family agrees": (
        "wishes.actions.wishes.require_consent",
        "wishes/test_post.py",
    ),
    "so many tries in so much time": ("core.requests.rate_limits.count", "core/test_limits.py"),
}


def refused(act):
    """The names of the rules that the database says were broken."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        act()
    return errors._constraint_names(caught.value)


@pytest.mark.parametrize("name", UNIQUE)
def test_what_is_once_is_once(name):
    model, rule = CONSTRAINTS[name]
    given = WITHIN.get(name, {})
    if name == "aid_is_reversed_once":
        given = {"reverses": any_row(model)}
    if name == "reversal_is_proposed_once_at_a_time":
        given = {"reverses": any_row(apps.get_model("aid.Aid")), "why": "x"}
    if name == "complaint_is_open_once_per_person":
        given = {"raised_by": person()}
    first = any_row(model, **given)
    again = {**given, **{field: getattr(first, field) for field in rule.fields}}

    assert name in refused(lambda: any_row(model, **again))


@pytest.mark.parametrize("name", CHECKS)
def test_what_cannot_be_cannot_be_written(name):
    model, _ = CONSTRAINTS[name]
    bad = REFUSED[name]() if name in REFUSED else None
    if name in STATES:
        bad = {"state": "nonsense", **BESIDE.get(name, dict)()}
    if name == "holder_is_not_merged_into_itself":
        holder = any_row(Holder)
        assert refused(lambda: Holder.objects.filter(pk=holder.pk).update(merged_into=holder)) == [
            name
        ]
        return

    assert bad is not None, f"{name}: say in REFUSED what it refuses"
    assert refused(lambda: any_row(model, **bad)) == [name]


ONE_OF_A_KIND = [
    (model, field)
    for model in OURS
    for field in model._meta.concrete_fields
    if field.unique and not field.primary_key
]


@pytest.mark.parametrize(("model", "field"), ONE_OF_A_KIND, ids=str)
def test_a_column_of_one_of_a_kind_refuses_a_second(model, field):
    given = {} if not field.null else {field.name: _something(field)}
    if model._meta.label == "cases.Evaluation":
        given = {"entitled": 9, "present": 5, "agreed": 5, "against": 0}
    first = any_row(model, **given)

    refused(lambda: any_row(model, **{**given, field.name: getattr(first, field.name)}))


def _something(field):
    return any_row(field.related_model) if field.is_relation else "x1"


@pytest.mark.parametrize(
    "model", [m for m in OURS if getattr(m, "APPEND_ONLY", False)], ids=lambda m: m._meta.label
)
def test_what_is_only_added_is_neither_changed_nor_removed(model):
    row = any_row(model)
    rows = model._base_manager.filter(pk=row.pk)
    column = next(f for f in model._meta.concrete_fields if f.get_internal_type() == "CharField")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(**{column.name: "y"})
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows._raw_delete(rows.db)
    assert rows.exists()


def test_no_rule_is_left_out():
    assert set(REFUSED) | STATES | {"holder_is_not_merged_into_itself"} == set(CHECKS)
    assert {m for m in OURS if issubclass(m, Stateful)} == {CONSTRAINTS[name][0] for name in STATES}


@pytest.mark.parametrize("rule", IN_PYTHON_ALONE)
def test_a_rule_of_python_alone_has_its_place_and_its_test(rule):
    place, test = IN_PYTHON_ALONE[rule]

    assert resolve_name(f"mashang.{place}")
    assert "def test_" in (Path(__file__).parent / test).read_text()
