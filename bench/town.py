"""Families on file for the measurements, each with a code and a paired helper who may look."""

from dataclasses import dataclass

from django.test import Client
from django.utils import timezone

from mashang.accounts.models import Consent, User
from mashang.cases.actions import pairings
from mashang.cases.models import Case
from mashang.codes import actions, token
from mashang.unions.models import Union
from mashang.unions.roles import Role
from tests.builders import make_branch, make_staff, make_worker, sign_in
from tests.cases.households import make_case

FAMILIES = 50  # as many as keep the measured rows from being one hot row


@dataclass(frozen=True)
class Family:
    case: Case
    helper: Client
    address: str  # of the code
    page: str  # where the helper's scan leads

    @property
    def scan(self) -> tuple[str, str]:
        """The addresses of one scan by the helper, in order."""
        return self.address, self.page

    @property
    def cookie(self) -> str:
        return f"sessionid={self.helper.cookies['sessionid'].value}"


def families(count: int = FAMILIES) -> list[Family]:
    branch = branch_here()
    proposer = make_staff("甲", branch["county"], Role.REVIEWER)
    confirmer = make_staff("乙", branch["county"], Role.APPROVER)
    return [_family(branch["own"], proposer, confirmer) for _ in range(count)]


def branch_here() -> dict[str, Union]:
    """A branch below the one province, which another measurement may have founded."""
    return make_branch(Union.objects.filter(kind=Union.Kind.PROVINCE).first())


def _family(union: Union, proposer: User, confirmer: User) -> Family:
    case, helper = make_case(union), make_worker("黄志强")
    actions.issue_for(case.holder, by=case.holder.user)
    pairings.confirm(pairings.propose(case, helper=helper, by=proposer), by=confirmer)
    Consent.objects.create(
        subject_id=case.holder_id,
        purpose=Consent.Purpose.HELPER,
        version="1",
        recorded_by=case.holder.user,
        given_at=timezone.now(),
    )
    address = f"/S/{token.mint(case.holder_id, 1)}"
    return Family(case, sign_in(helper), address, f"/families/{case.pk}/")
