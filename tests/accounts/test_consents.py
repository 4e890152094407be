"""同意: separate ticks with version, time and withdrawal."""

from uuid import uuid4

from mashang.accounts.actions import consents
from mashang.accounts.models import Consent, User

SUBJECT = uuid4()


def live() -> set[str]:
    rows = Consent.objects.filter(subject_id=SUBJECT, withdrawn_at=None)
    return set(rows.values_list("purpose", flat=True))


def test_each_tick_is_a_row_of_its_own(li: User) -> None:
    consents.set_all(SUBJECT, {"file": True, "bank": True, "helper": False}, version="1", by=li)

    assert live() == {"file", "bank"}


def test_the_same_tick_again_changes_nothing(li: User) -> None:
    first = consents.give(SUBJECT, "file", version="1", by=li)

    assert consents.give(SUBJECT, "file", version="1", by=li) == first


def test_a_new_wording_is_a_new_consent(li: User) -> None:
    consents.give(SUBJECT, "file", version="1", by=li)

    consents.give(SUBJECT, "file", version="2", by=li)

    assert list(Consent.objects.order_by("given_at").values_list("version", flat=True)) == [
        "1",
        "2",
    ]
    assert live() == {"file"}


def test_a_withdrawal_is_kept_beside_what_was_given(li: User) -> None:
    consents.give(SUBJECT, "helper", version="1", by=li)

    consents.set_all(SUBJECT, {"helper": False}, version="1", by=li)

    assert live() == set() and Consent.objects.get().withdrawn_at is not None


def test_withdrawing_what_was_never_given_is_no_error(li: User) -> None:
    consents.set_all(SUBJECT, {"helper": False}, version="1", by=li)

    assert not Consent.objects.exists()
