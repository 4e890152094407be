"""A file and the people around it, for tests of the desk's pages."""

from dataclasses import dataclass

from mashang.accounts.models import User
from mashang.cases.models import Case
from mashang.unions.models import Union
from mashang.unions.roles import Role
from tests.builders import make_staff
from tests.cases.households import make_case


@dataclass
class FileRoom:
    """A file of the works' union, and who works there."""

    case: Case
    clerk: User
    reviewer: User
    approver: User
    treasurer: User
    keeper: User

    def address(self, rest: str = "") -> str:
        return f"/desk/holders/{self.case.holder_id}/{rest}"

    def now(self) -> Case:
        return Case.objects.select_related("holder").get(pk=self.case.pk)


def make_room(union: Union) -> FileRoom:
    clerk = make_staff("周敏", union, Role.CLERK)
    return FileRoom(
        case=make_case(union, by=clerk),
        clerk=clerk,
        reviewer=make_staff("何平", union, Role.REVIEWER),
        approver=make_staff("方正", union, Role.APPROVER),
        treasurer=make_staff("覃芳", union, Role.TREASURER),
        keeper=make_staff("唐洁", union, Role.KEEPER),
    )
