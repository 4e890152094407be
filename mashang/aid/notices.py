"""告知: what a worker is told of money."""

from django.utils.translation import gettext_noop as N_

from mashang.accounts.models import User
from mashang.aid.models import AidProposal
from mashang.cases import notices as cases
from mashang.cases.models import Application
from mashang.cases.queries.access import surviving
from mashang.notices.kinds import kind

PAID = kind(
    "aid.paid",
    "临时救助已发放",
    "您申请的临时救助已经发放。金额和日期写在“收到的帮扶”里；钱没有到，请拨打 {hotline}。",
)


# What was entered for a household, as a notice names it.
ENTRY, REVERSAL = N_("登记帮扶"), N_("登记冲正")


def proposer_refused(proposal: AidProposal, *, by: User) -> None:
    """退回登记: whoever entered it hears that it does not stand."""
    what = REVERSAL if proposal.reverses_id else ENTRY
    cases.asker_refused(surviving(proposal.holder), proposal.proposed_by, what, by=by)


def paid(application: Application) -> None:
    cases.inform(application, PAID)
