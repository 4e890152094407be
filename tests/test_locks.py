"""What two people share is locked, read again, and then asked: every action, or a reason."""

from tests import house
from tests.house import Source
from tests.test_house import OURS, rooms

CAS = "its state is compared and set in one statement, and nothing else of the row that could change decides"
OWN_ROW = "one's own row, which nobody else changes"
ADDS = "adds a row that a second person reads, or that decides nothing; a constraint stands behind"
LOOK = "a look, written down whatever else happens at that moment"
HELD = "its caller has locked the row, or the verb that it calls locks it"
PARTS = "the parts that it calls lock"
CONSENT = "accounts.consents locks and reads again"
DATED = "from a day on; the table refuses a second one of that day"
# Actions that decide on a row as their caller read it, each with the reason. May only shrink.
UNREAD: dict[str, str] = {
    name: reason
    for reason, names in {
        CAS: """aid.confirm aid.reject cases.merges.decline cases.transfers.decline givers.accept
givers.decline givers.withdraw_invitation wishes.delivery_plans.decline wishes.delivery_plans.withdraw
wishes.thanks.show wishes.thanks.hold_back wishes.fairs.start wishes.fairs.finish
wishes.fairs.cancel wishes.fairs._end""",
        OWN_ROW: """accounts.devices.end_all accounts.profile.set_elder accounts.staff._set_password accounts.tokens.touch""",
        ADDS: """aid.propose_reversal unions.holidays.propose cases.pairings.note
wishes.fairs.plan wishes.catalogue.list_item""",
        LOOK: """cases.access.log_access cases.access.break_glass givers.look wishes.addresses._look""",
        HELD: """cases.papers.keep cases.applications.end_for_family wishes.certificates.issue wishes.deliveries.come_home wishes.deliveries.is_wrong_at_home
wishes.delivery_plans._claim_planned wishes.goods_photos.keep wishes.fairs.claim_on_the_spot wishes.fairs.hand_out""",
        PARTS: """workflows.accept_transfer.accept_transfer workflows.approve_step.approve_step workflows.close_account.close_account workflows.close_case.close_case workflows.end_pairing.end_pairing workflows.end_post.end_post
workflows.merge_households.merge_households workflows.publish_holidays.publish_holidays workflows.reopen_case.reopen_case workflows.submit_application.submit_application workflows.withdraw_consent.withdraw_consent""",
        CONSENT: """wishes.consents.agree wishes.consents.settle_address wishes.consents.end_address""",
        DATED: """reviews.set_flow reviews.retime_flow reviews.install_default_flows unions.dictionaries.set_living_standard
wishes.catalogue.end_item""",
    }.items()
    for name in names.split()
}
MOST = 56


def test_an_action_reads_again_under_lock_what_it_was_given():
    found = set(house.unread(rooms(), {model.__name__ for model in OURS}))

    assert found - set(UNREAD) == set(), "lock it, read it again, then ask"
    assert set(UNREAD) - found == set(), "the excuse is not needed"
    assert len(UNREAD) <= MOST


def test_an_action_on_what_was_read_before_would_be_seen():
    text = "@action\ndef close(case: Case, *, by: User) -> None:\n    case.delete()\n"
    locks = text.replace("case.delete", "lock_case(case).delete")

    assert house.unread([Source("a/actions/files.py", text)], {"Case"}) == ["a.files.close"]
    assert house.unread([Source("a/actions/files.py", locks)], {"Case"}) == []
