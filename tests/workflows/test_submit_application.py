"""提交申请: every applicant has the code from the first submission on, and it stays the same."""

from mashang import workflows
from mashang.accounts.models import User
from mashang.cases.actions import applications
from mashang.codes.models import Card, QrCode
from mashang.unions.models import Union
from tests.cases.answers import make_ready


def test_the_first_submission_brings_a_code_and_a_card_to_print(
    li: User, branch_a: dict[str, Union]
) -> None:
    application = workflows.submit_application(make_ready(li, branch_a), by=li)

    code = QrCode.objects.get(holder=application.holder)
    assert code.card.state == Card.State.TO_PRINT


def test_a_second_application_keeps_the_code(li: User, branch_a: dict[str, Union]) -> None:
    first = workflows.submit_application(make_ready(li, branch_a), by=li)
    applications.withdraw(first, by=li)

    workflows.submit_application(make_ready(li, branch_a), by=li)

    assert QrCode.objects.filter(holder=first.holder).count() == 1
