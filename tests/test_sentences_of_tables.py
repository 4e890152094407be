"""Behind every rule that two people can reach at once stands a sentence; the others are listed here, and why."""

from django.db.models import UniqueConstraint

from mashang.core.db import errors
from tests.test_constraints import CHECKS, CONSTRAINTS, STATES

TRANSITIONS_FIRST = "the table of transitions refuses first; of two the later is told the state"
FORM_FIRST = "one row of one writer: the form and the action say it before anything is written"
ACTION_ALONE = "written by one action only, whole: no two people can bring it about together"
INSIDE = "the house's own books: the code that meets it goes on by itself"
RETRIED = "met inside get_or_create or update_or_create, which reads again and goes on"
BY_CHANCE = "random: two alike are a mistake of ours, and belong into the log"

# May only shrink.
UNSAID = {
    **dict.fromkeys(sorted(STATES), TRANSITIONS_FIRST),
    "aid_proposal_gives_something": FORM_FIRST,
    "alert_is_raised_once_a_day": RETRIED,
    "settled_alert_says_what_was_found": FORM_FIRST,
    "answered_complaint_has_its_answer": FORM_FIRST,
    "approved_organisation_has_who_approved": ACTION_ALONE,
    "assessment_has_persons": ACTION_ALONE,
    "break_glass_gives_its_reason": FORM_FIRST,
    "catalogue_item_has_a_price": FORM_FIRST,
    "checker_signs_once": RETRIED,
    "claim_of_an_organisation_names_it": ACTION_ALONE,
    "closed_case_has_its_day": ACTION_ALONE,
    "closed_wish_says_why": FORM_FIRST,
    "complaint_of_a_claim_names_who_raised_it": ACTION_ALONE,
    "confirmed_handover_says_by_whom": ACTION_ALONE,
    "confirmed_handover_stands": ACTION_ALONE,
    "core_datakey_destroyed_is_empty": INSIDE,
    "core_idempotency_one_answer": INSIDE,
    "core_installation_is_one": RETRIED,
    "core_operatoract_gives_its_reason": FORM_FIRST,
    "core_tick_is_one": RETRIED,
    "core_ratewindow_one_bucket": INSIDE,
    "core_trailentry_one_number": INSIDE,
    "core_trailhead_sealed_within": INSIDE,
    "declined_pledge_says_why": FORM_FIRST,
    "ended_application_says_why": ACTION_ALONE,
    "evaluation_votes_add_up": FORM_FIRST,
    "fair_wish_is_given_or_removed": ACTION_ALONE,
    "flow_step_needs_someone": ACTION_ALONE,
    "flow_step_order_is_unique": ACTION_ALONE,
    "given_aid_says_when_and_from_what": FORM_FIRST,
    "handed_over_card_has_its_receipt": FORM_FIRST,
    "holder_is_not_merged_into_itself": FORM_FIRST,
    "holiday_notice_is_decided_by_somebody": ACTION_ALONE,
    "income_check_result_has_its_day": FORM_FIRST,
    "living_standard_begins_once": RETRIED,
    "living_standard_ends_after_it_begins": ACTION_ALONE,
    "living_standard_is_positive": FORM_FIRST,
    "matched_pledge_has_its_delivery_plan": ACTION_ALONE,
    "passed_parcel_is_what_was_wished": FORM_FIRST,
    "pledge_offers_something": FORM_FIRST,
    "post_ends_after_it_begins": FORM_FIRST,
    "proposed_reversal_says_why": FORM_FIRST,
    "publicity_ends_after_it_starts": ACTION_ALONE,
    "recovery_code_is_unique": BY_CHANCE,
    "refusal_gives_its_reason": FORM_FIRST,
    "refused_organisation_says_why": FORM_FIRST,
    "region_ends_after_it_begins": FORM_FIRST,
    "rejected_parcel_says_why": FORM_FIRST,
    "revoked_claim_says_why": FORM_FIRST,
    "rule_card_ends_after_it_begins": FORM_FIRST,
    "stock_goes_to_a_wish_that_was_given": ACTION_ALONE,
    "submitted_application_has_its_time": ACTION_ALONE,
    "suspended_organisation_says_why": FORM_FIRST,
    "union_claim_goes_through_the_ledger": ACTION_ALONE,
    "wish_has_a_price": FORM_FIRST,
    "wish_on_the_wall_was_checked_twice": ACTION_ALONE,
    "wish_that_the_union_took_down_is_hidden": ACTION_ALONE,
}
ONCE_WITHOUT_WORDS = {RETRIED, INSIDE, BY_CHANCE, ACTION_ALONE}
MOST = 81


def test_every_rule_of_a_table_has_a_sentence_or_a_reason():
    unsaid = set(CONSTRAINTS) - set(errors._registered)

    assert unsaid - set(UNSAID) == set(), "what are people told? register() a refusal"
    assert set(UNSAID) - unsaid == set(), "the excuse is not needed"


def test_what_can_be_taken_once_tells_who_comes_second():
    """Only a rule that says “once” is reached by two people at the same time."""
    once = {name for name, (_, rule) in CONSTRAINTS.items() if isinstance(rule, UniqueConstraint)}

    assert {UNSAID[name] for name in once & set(UNSAID)} <= ONCE_WITHOUT_WORDS
    assert {"consent_is_live_once_per_purpose", "review_has_one_open_step"} <= set(
        errors._registered
    )


def test_the_list_only_shrinks():
    assert len(UNSAID) <= MOST and set(CHECKS) >= STATES


def test_a_rule_without_words_would_be_seen(monkeypatch):
    monkeypatch.delitem(errors._registered, "consent_is_live_once_per_purpose")
    assert set(CONSTRAINTS) - set(errors._registered) - set(UNSAID) == {
        "consent_is_live_once_per_purpose"
    }
