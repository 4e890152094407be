"""Plain builders of rows for tests: a small tree, people with posts, a family, its application.

They write rows as they would stand after the rooms' own actions, so that a test of one room does
not walk through all the others. Names are made up, ID numbers carry the area code 99.
"""

from datetime import date
from itertools import count

from django.test import Client
from django.utils import timezone

from mashang.accounts.models import KinDeclaration, User
from mashang.accounts.sessions import PHONE_IDLE, STAFF_IDLE
from mashang.cases.models import Application, Holder, Member
from mashang.cases.safeguards import kin_declared_until
from mashang.core.privacy.identity import Sex
from mashang.core.privacy.keys import blind_index, new_data_key
from mashang.demo import made_up
from mashang.unions.models import Post, Union
from mashang.unions.roles import Role
from mashang.web.kin_gate import UNTIL
from mashang.web.request import BACKEND
from tests.readers import Reader

_numbers = count(1)
_unions = count(1)  # of its own: a segment of the tree has four characters


def make_id_number(born: date = date(1980, 5, 17), sex: Sex = "female") -> str:
    """A made-up ID number with a valid check digit; a new one each time."""
    return made_up.make_id_number(next(_numbers), sex, born)


def make_phone() -> str:
    return made_up.make_phone(next(_numbers))


def make_union(
    kind: str = Union.Kind.GRASSROOTS, parent: Union | None = None, name: str = "", path: str = ""
) -> Union:
    """A union below `parent`; a province stands alone."""
    number = next(_unions)
    segment = f"{number:04X}" if parent else "45"
    return Union.objects.create(
        parent=parent,
        path=path or (parent.path if parent else "") + segment,
        code=f"U{number:06}",
        name=name or f"{Union.Kind(kind).label}{number}",
        kind=kind,
        region_code="450100",
    )


def make_branch(province: Union | None = None, word: str = "青山") -> dict[str, Union]:
    """A line of five unions, by kind; give the province to grow a second branch beside it."""
    line = {"province": province or make_union(Union.Kind.PROVINCE, name="广西壮族自治区总工会")}
    line["city"] = make_union(Union.Kind.CITY, line["province"], f"{word}市总工会")
    line["county"] = make_union(Union.Kind.COUNTY, line["city"], f"{word}县总工会")
    line["town"] = make_union(Union.Kind.TOWN, line["county"], f"{word}镇总工会")
    line["own"] = make_union(Union.Kind.GRASSROOTS, line["town"], f"{word}纺织厂工会")
    return line


def make_user(name: str = "", *, is_staff: bool = False, **also: object) -> User:
    user = User(name=name, is_staff=is_staff, data_key=new_data_key(), **also)
    if is_staff:
        user.username = user.username or f"staff{next(_numbers)}"
        user.work_phone = phone = make_phone()
        user.work_phone_index = blind_index("phone", phone)
    user.set_unusable_password()
    user.save()
    if is_staff:
        KinDeclaration.objects.create(user=user, has_none=True)
    return user


def make_staff(name: str, union: Union, *roles: Role) -> User:
    """A colleague with these roles at this union, since the beginning of the year."""
    user = make_user(name, is_staff=True)
    for role in roles:
        Post.objects.create(user=user, union=union, role=role, from_on=date(2026, 1, 1))
    return user


def make_worker(name: str = "李春燕") -> User:
    """A signed-in worker with a phone."""
    phone = make_phone()
    return make_user(name, phone=phone, phone_index=blind_index("phone", phone))


def sign_in(user: User) -> Client:
    """A browser with a session such as `web.request.sign_in` begins."""
    client = Reader()
    client.user = user
    client.force_login(user, backend=BACKEND)
    session = client.session
    session.update({"is_staff": user.is_staff, "proved_at": timezone.now().timestamp()})
    if until := user.is_staff and kin_declared_until(user):
        session[UNTIL] = until.isoformat()
    session.set_expiry(int((STAFF_IDLE if user.is_staff else PHONE_IDLE).total_seconds()))
    session.save()
    return client


def make_holder(union: Union, user: User | None = None, name: str = "李春燕") -> Holder:
    """A household of one; `make_member` adds the others."""
    number, phone = make_id_number(), make_phone()
    holder = Holder.objects.create(
        user=user,
        union=union,
        union_path=union.path,
        name=name,
        id_number=number,
        id_index=blind_index("id", number),
        id_tail=number[-4:],
        phone=phone,
        phone_index=blind_index("phone", phone),
        phone_tail=phone[-4:],
        data_key=new_data_key(),
    )
    make_member(holder, Member.SELF, name, number)
    return holder


def make_member(holder: Holder, relation: str, name: str, number: str = "") -> Member:
    number = number or make_id_number()
    return Member.objects.create(
        holder=holder,
        relation=relation,
        name=name,
        id_number=number,
        id_index=blind_index("id", number),
        details={},
    )


def make_application(holder: Holder, **also: object) -> Application:
    """An application as it stands right after the worker submitted it; no review is open yet."""
    filled_by = holder.user or make_worker()
    values = {
        "kind": Application.Kind.FILE,
        "state": Application.State.SUBMITTED,
        "number": f"SQ2026{next(_numbers):06}",
        "submitted_at": None if also.get("state") == "draft" else timezone.now(),
        "main_cause": "own_illness",
        "answers": {},
    }
    return Application.objects.create(
        holder=holder,
        union=holder.union,
        union_path=holder.union_path,
        filled_by=filled_by,
        **{**values, **also},
    )
