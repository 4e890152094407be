"""Who decides says what they saw: every address that takes a form either names it, or stands here with a reason."""

import ast
import inspect
import sys

from django.urls import get_resolver

from mashang.config.checks import policy_of
from tests.desk.deciding import FORMS
from tests.house import names_in_turn

OWN = "one's own account, words, code or gift: nobody else changes them"
DRAFT = "fills in one part and replaces nothing but it; the whole is read, with its mark, before it is submitted"
AGAIN = "new words begin again at the first check; nobody who decides on them meets them unread"
ADDS = "adds a row that a second person reads whole, or that decides nothing"
ONCE = "a row whose words are never edited: its state alone is asked, by compare-and-set"
ASKS = (
    "names the one effect and asks once; the action locks, and asks anew whatever could forbid it"
)
HAND = "tells what lies in the hand: goods, cards, papers, an ID card, not words on a screen"
DATED = "a rule from a day on: the table refuses a second one of that day"
LOOKS = "looks something up or breaks a glass: changes nothing that others decide on"
FIRST = "first come, first served: what is promised is the wish on the wall, whose words stand still there"

# May only shrink. Each address of a door, with the reason why its form needs no mark.
UNMARKED: dict[str, str] = {
    name: reason
    for reason, names in {
        OWN: """desk:declare-kin desk:change-password desk:confirm desk:end-other-sign-ins desk:end-sign-in desk:enrol desk:relatives
desk:renew-recovery-codes desk:sign-in desk:sign-out desk:withdraw-relative desk:read-all
mobile:sign-in mobile:confirm mobile:sign-out mobile:language mobile:elder mobile:change-phone mobile:end-sign-in
mobile:end-other-sign-ins mobile:issue-token mobile:revoke-token mobile:give-consent mobile:withdraw-consent
mobile:read-all mobile:introduce mobile:report-lost mobile:link-account mobile:matter-withdraw mobile:post-wish
mobile:withdraw-wish mobile:accept-invitation mobile:decline-invitation mobile:leave demo:step-in""",
        DRAFT: """mobile:apply-new mobile:apply-discard mobile:apply-member mobile:apply-member-remove
mobile:apply-papers mobile:photo-remove mobile:matter-papers desk:assist desk:assist-step desk:assist-member
desk:assist-member-remove desk:assist-papers desk:assist-take-over desk:assist-withdraw""",
        AGAIN: "mobile:correct-wish desk:correct-wish desk:post-wish",
        ADDS: """desk:propose-aid desk:propose-holidays desk:reverse-aid desk:propose-pairing desk:appoint desk:found-union desk:plan-fair
mobile:note mobile:change mobile:publicity mobile:report-wish mobile:wish-complaint mobile:family-complaint
mobile:claim-complaint mobile:wish-thanks mobile:apply-for-organisation mobile:invite mobile:pledge
mobile:plan-together mobile:goods-photos mobile:selftest""",
        ONCE: """desk:confirm-aid desk:decline-holidays desk:publish-holidays desk:reject-aid desk:confirm-pairing desk:confirm-post desk:accept-transfer
desk:decline-transfer desk:withdraw-transfer desk:withdraw-aid desk:thanks desk:decline-pledge desk:match-pledge mobile:withdraw-pledge
mobile:withdraw-invitation""",
        ASKS: """desk:close-union desk:end-post desk:end-pairing desk:reset-account desk:close-account desk:name-account mobile:name-account desk:merge desk:confirm-merge desk:decline-merge desk:take-back-wish
desk:take-back-address desk:withdraw-wish desk:revoke-claim desk:reinstate-claim desk:put-back desk:start-fair
desk:end-fair mobile:stop-number desk:fair desk:remove-wish desk:place-wishes mobile:make-owner mobile:remove-representative""",
        HAND: """desk:parcel desk:return-parcel desk:take-in desk:hand-over-goods desk:enter-ledger desk:hand-out
desk:restock desk:print-cards desk:hand-over desk:report-lost desk:replace-phone mobile:send-goods mobile:wish-received
mobile:family-received""",
        DATED: """desk:set-rule desk:end-rule desk:set-standard desk:add-region desk:end-region desk:retime-flow
desk:set-number desk:list-item desk:end-item""",
        LOOKS: """desk:reveal desk:reveal-account desk:reveal-holder desk:break-glass desk:search desk:find-card mobile:scanner
mobile:claim-address""",
        FIRST: """api:claim api:extend api:give-up mobile:claim-wish mobile:fair-claim mobile:extend-claim
mobile:give-up-claim desk:fund-wishes""",
    }.items()
    for name in names.split()
}


def form_views():
    """Every address that takes a form: its name with the door, and the view under all its gates."""
    for name, view in named_views():
        policy = policy_of(view)
        if policy and "POST" in policy.methods:
            yield name, inspect.unwrap(view)


def named_views(resolver=None, space=""):
    for entry in (resolver or get_resolver()).url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from named_views(entry, entry.namespace or space)
        else:
            yield f"{space}:{entry.name}", entry.callback


def names_what_was_seen(view) -> bool:
    module = sys.modules[view.__module__]
    tree = ast.parse(inspect.getsource(module))
    return "seen_in" in names_in_turn(tree, view.__name__)


def test_every_form_names_what_was_seen_or_says_why_not():
    views = dict(form_views())
    marked = {name for name, view in views.items() if names_what_was_seen(view)}

    assert set(views) - marked - set(UNMARKED) == set(), "does it decide on what others may change?"
    assert set(UNMARKED) - (set(views) - marked) == set(), "the excuse is not needed"
    # Each of these is sent late: in tests/desk/test_seen.py, and the worker's own in tests/mobile/test_apply.py and
    # tests/cases/test_new_number.py.
    assert marked == {f"desk:{name}" for name in FORMS} | {
        "mobile:apply-step",
        "mobile:confirm-number",
    }


def test_the_list_of_excuses_only_shrinks():
    assert len(UNMARKED) <= MOST


MOST = 151  # an account closed, one named to pay to, what one entered taken back ask anew; kin are one's own to declare
