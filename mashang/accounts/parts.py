"""The half of 撤回同意 in this room. Only those named in pyproject.toml may import it; doors call
`workflows.withdraw_consent`, which does what follows too."""

from uuid import UUID

from django.utils import timezone

from mashang.accounts.models import Consent, User
from mashang.core.audit.trail import record
from mashang.core.models import Record


def withdraw(
    subject_id: UUID, purpose: str, *, by: User | None, union: Record | None = None
) -> Consent | None:
    """撤回同意: from now on; what was done before stays lawful."""
    live = Consent.objects.select_for_update().filter(
        subject_id=subject_id, purpose=purpose, withdrawn_at=None
    )
    consent = live.first()
    if consent is None:
        return None
    consent.withdrawn_at = timezone.now()
    consent.save(update_fields=["withdrawn_at"])
    record("consent.withdrawn", consent, by=by, union=union, purpose=purpose)
    return consent
