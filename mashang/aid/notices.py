"""告知: what a worker is told of money."""

from mashang.cases import notices as cases
from mashang.cases.models import Application
from mashang.notices.kinds import kind

PAID = kind(
    "aid.paid",
    "临时救助已发放",
    "您申请的临时救助已经发放。金额和日期写在“收到的帮扶”里；钱没有到，请拨打 {hotline}。",
)


def paid(application: Application) -> None:
    cases.inform(application, PAID)
