"""What an approval brings about on the ledger. Only `mashang.workflows` may import this (pyproject.toml)."""

from mashang.accounts.models import User
from mashang.aid.models import AidProposal, Project
from mashang.cases.models import Application
from mashang.core.audit.trail import record


def propose_granted(application: Application, *, by: User) -> None:
    """The sum that was granted waits for the treasurer from now on, whoever else forgets it."""
    proposal = AidProposal.objects.create(
        holder=application.holder,
        union=application.union,
        union_path=application.union_path,
        application=application,
        project=Project.EMERGENCY,
        amount_fen=application.granted_fen or 0,
        proposed_by=by,
    )
    record("aid.granted", proposal, by=by, union=application.union, fen=proposal.amount_fen)
