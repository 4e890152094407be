"""The wall with as many wishes as one likes: its pages in the server, and its first page over HTTP."""

from functools import partial
from itertools import cycle
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import million
from bench.harness import Row, Timing, measure
from bench.load import get, lasting, load
from bench.server import serving
from mashang.core.numbers import is_number
from mashang.wishes.models import Wish

FEW, SCALE = 10_000, 10  # the wall holds ten times the rows that a run is asked for
TIMES = 40
MEDIAN, P99 = 20, 100  # milliseconds
SLOWER = 1.5  # than with few
PEER = 59  # pages a second: pretix's shop page, on two cores (November 2026)
SECONDS, WARM_UP, ROUNDS = 3.0, 0.5, 3
NETWORKS = [f"10.0.{n // 250}.{n % 250 + 1}" for n in range(1_000)]

# What is asked of the wall: dense and rare, near and deep, one filter and several.
PAGES = {
    "first page": {},
    "claimed": {"state": "claimed"},
    "fulfilled": {"state": "fulfilled"},
    "a category": {"category": "goods"},
    "a rare category": {"category": "skill"},
    "a city": {"region": "4503"},
    "a county": {"region": "450321"},
    "a rare price band": {"band": "over500"},
    "a county's category": {"region": "450321", "category": "study"},
    "a county's rare category, fulfilled": {
        "region": "450321",
        "category": "skill",
        "state": "fulfilled",
    },
    "three filters, nothing there": {"region": "450321", "category": "skill", "band": "over500"},
    "one character": {"words": "棉"},
    "one rare character": {"words": "叉"},
    "one character, nowhere": {"words": "姻"},
    "two characters": {"words": "棉被"},
    "two rare characters": {"words": "叉车"},
    "two characters, nowhere": {"words": "体被"},
    "three characters": {"words": "电饭煲"},
    "three rare characters": {"words": "助听器"},
    "three characters in a county": {"words": "电饭煲", "region": "450321"},
    "two words and two filters": {"words": "棉被 奶奶", "region": "4503", "category": "health"},
}
DEPTHS = {"half-way": 0.5, "at the end": 0.999}


def rows(size: int) -> list[Row]:
    """On PostgreSQL only: an installation on one file has no million wishes."""
    if connection.vendor != "postgresql":
        return []
    total, model = max(size * SCALE, FEW), million.lay()
    million.hang(model, 1, FEW)
    few = _timed(_asked())
    million.hang(model, FEW + 1, total)
    asked = _asked()
    many = _timed(asked)
    pages = [_page(name, total, few[name], many[name]) for name in asked]
    return [*pages, _slowest(total, many), _queries(total, asked), *_over_http(asked)]


def _asked() -> dict[str, str]:
    """Addresses by what they ask for; a word that the wall does not know keeps the first page's drawing away."""
    asked = {name: f"/wishes/?{urlencode({**said, 'x': 1})}" for name, said in PAGES.items()}
    numbers = (
        Wish.objects.filter(state="open").order_by("opened_at").values_list("number", flat=True)
    )
    for name, part in DEPTHS.items():
        place = int(numbers.count() * part)
        after = next(each for each in numbers[place : place + 100] if is_number(each, "XY"))
        asked[name] = f"/wishes/?after={after}"
        asked[f"two characters, {name}"] = (
            f"/wishes/?{urlencode({'after': after, 'words': '棉被'})}"
        )
    return asked


def _timed(asked: dict[str, str]) -> dict[str, Timing]:
    """Each page through the whole house, drawn anew each time; each asked for by another network."""
    return {
        name: measure(partial(_get, Client(REMOTE_ADDR=network), address), times=TIMES, warm_up=5)
        for network, (name, address) in zip(NETWORKS, asked.items(), strict=False)
    }


def _get(client: Client, address: str) -> None:
    if client.get(address).status_code != 200:
        raise RuntimeError(f"{address} did not answer 200.")


def _page(name: str, total: int, few: Timing, many: Timing) -> Row:
    median, before = many.median * 1_000, few.median * 1_000
    work = f"the wall, {name}, {total:,} wishes, median"
    return Row(work, "ms", median, before, f"with {FEW:,}", f"≤ {MEDIAN} ms", median <= MEDIAN)


def _slowest(total: int, many: dict[str, Timing]) -> Row:
    p99 = max(timing.p99 for timing in many.values()) * 1_000
    work = f"the wall, slowest p99 of {len(many)} pages, {total:,} wishes"
    return Row(work, "ms", p99, P99, "aim", f"≤ {P99}", p99 <= P99)


def _queries(total: int, asked: dict[str, str]) -> Row:
    """Of the page that asks most."""
    client, most = Client(), 0
    for address in asked.values():
        with CaptureQueriesContext(connection) as queries:
            _get(client, address)
        most = max(most, len(queries))
    return Row("the wall, queries of a page at most", "queries", most, None, "", "≤ 3", most <= 3)


def _over_http(asked: dict[str, str]) -> list[Row]:
    """The best of some rounds that take turns, as other work may disturb."""
    with serving() as house, serving("bench.skeletons:application") as skeletons:
        loads = {
            "first": (house, _visits("/wishes/")),
            "drawn": (house, _visits(asked["first page"])),
            "hello": (skeletons, _visits("/hello")),
        }
        rounds = [{name: _rate(*one) for name, one in loads.items()} for _ in range(ROUNDS)]
    rate = {name: max(one[name] for one in rounds) for name in loads}
    first, hello = rate["first"], rate["hello"]
    return [
        Row("the wall's first page, anybody", "pages/s", first, hello, "hello", "≥ 0.7", first >= 0.7 * hello),
        Row("the wall's first page, beside pretix's shop", "pages/s", first, PEER, "pretix", "≥ 20", first >= 20 * PEER),
        Row("the wall's first page, drawn anew each time", "pages/s", rate["drawn"], PEER, "pretix", "", None),
    ]  # fmt: skip


def _visits(address: str) -> list[bytes]:
    """One page, asked for from everywhere: nobody meets the pace that one network may keep."""
    return [get(address, network=network) for network in NETWORKS]


def _rate(port: int, requests: list[bytes]) -> float:
    load(port, lasting(WARM_UP, cycle(requests)))  # does not count: the server warms up
    answers = load(port, lasting(SECONDS, cycle(requests)))
    if set(answers.statuses) != {200}:
        raise RuntimeError(f"The server answered {dict(answers.statuses)}.")
    return answers.rate
