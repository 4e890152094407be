"""A county's work list with few and with many applications in the province, in the server."""

from functools import partial

from django.db import connection
from django.test import Client

from bench import province
from bench.harness import Row, Timing, measure
from mashang.accounts.models import User
from mashang.unions.roles import Role
from tests.builders import make_staff, sign_in

FEW = 1_000
PAGES = {
    "mine": "/desk/work/?whose=mine",
    "the whole branch": "/desk/work/?whose=branch",
    "overdue": "/desk/work/?whose=branch&due=overdue",
}
TIMES = 200
MEDIAN, P99 = 20, 100  # milliseconds
SLOWER = 1.5  # than with few


def rows(size: int) -> list[Row]:
    here = province.found()
    clerk = make_staff("陈静", here.counties[0], Role.CLERK)
    few = _timed(here, clerk, FEW)
    many = _timed(here, clerk, max(size, FEW))
    return [row for page in PAGES for row in _rows(page, here.applications, few[page], many[page])]


def _timed(here: province.Province, clerk: User, total: int) -> dict[str, Timing]:
    province.apply_until(here, total)
    client = sign_in(clerk)  # after the filling, which may outlast a session at the desk
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as autovacuum does in a database that lives
    return {
        page: measure(partial(_get, client, address), times=TIMES)
        for page, address in PAGES.items()
    }


def _get(client: Client, address: str) -> None:
    if client.get(address).status_code != 200:
        raise RuntimeError(f"{address} did not answer 200.")


def _rows(page: str, total: int, few: Timing, many: Timing) -> list[Row]:
    work = f"a county's work list, {page}, {total:,} applications"
    median, p99, before = many.median * 1_000, many.p99 * 1_000, few.median * 1_000
    return [
        Row(
            work, "ms", median, before, f"with {FEW:,}", f"≤ {SLOWER} ×", median <= SLOWER * before
        ),
        Row(f"{work}, median", "ms", median, MEDIAN, "aim", f"≤ {MEDIAN}", median <= MEDIAN),
        Row(f"{work}, p99", "ms", p99, P99, "aim", f"≤ {P99}", p99 <= P99),
    ]
