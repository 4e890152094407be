"""A thousand planted words, and every place to which one could run away."""

import io
import json
import logging
import subprocess
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from PIL import Image
from pypdfium2 import PdfDocument

from mashang.accounts.models import SignIn
from mashang.cases.models import Attachment
from mashang.codes import actions as codes
from mashang.codes.models import Card
from mashang.core.privacy import photos, store
from mashang.exchange import cards
from mashang.exchange.print_runs import faces_of
from mashang.reviews import actions as reviews
from mashang.unions.models import Union
from mashang.unions.roles import Role
from tests.access import matrix, world
from tests.access.addresses import addresses
from tests.access.desk_rights import HANDLES, KNOWS
from tests.builders import (
    make_application,
    make_branch,
    make_holder,
    make_member,
    make_staff,
    make_worker,
)
from tests.exchange import paper

WORDS_EACH = 10  # sealed words of one household


@dataclass(frozen=True)
class Found:
    planted: int
    places: dict[str, int]  # how much of each place was read, in bytes
    found: list[str]  # place and word
    control: int  # words found in the dump when they stand in a plain column


def hunt(rows: int) -> Found:
    log = _listen()
    planted = _plant(rows)
    words = [word for family in planted.families for word in family.p4][:rows]
    pages, shown = _pages(planted)
    places = {
        "log": log.getvalue().encode(),
        "dump": _dump(),
        "store": b"".join(path.read_bytes() for path in _files(Path(settings.MEDIA_ROOT))),
        "sessions": json.dumps([row.get_decoded() for row in SignIn.objects.all()]).encode(),
        "cards": _cards(),
        "addresses": pages,
    }
    found = [f"page: {word}" for word in shown]
    found += [f"{place}: {w}" for place, text in places.items() for w in words if _holds(text, w)]
    Union.objects.filter(path=planted.families[0].keys["path"]).update(address=words[0])
    control = sum(_holds(_dump(), word) for word in words)
    sizes = {place: len(text) for place, text in places.items()}
    return Found(len(words), sizes, found[:50], control)


# Planting --------------------------------------------------------------------------------------


def _plant(rows: int) -> world.World:
    """As many households of one county as it takes, with a clerk, a keeper and a worker of theirs."""
    branch = make_branch()
    reviews.install_default_flows(branch["province"])
    families = [_family(branch, number) for number in range(-(-rows // WORDS_EACH))]
    clerk = make_staff("基层经办", branch["own"], Role.CLERK)
    other = make_staff("县管档", branch["county"], Role.KEEPER)
    first = families[0]
    people = [
        world.Actor("nobody", None),
        world.Actor("clerk", clerk, {f.place: HANDLES for f in families}),
        world.Actor("keeper", other, {f.place: KNOWS for f in families}),
        world.Actor("worker", first.user, {first.place: HANDLES}),
    ]
    return world.World(families, people)


def _family(branch: dict[str, Union], number: int) -> world.Family:
    mark = f"{number:04}"
    worker = make_worker(f"职工{mark}")
    holder = make_holder(branch["own"], worker, name=f"职工{mark}")
    child = make_member(holder, "daughter", f"女儿银{mark}")
    told = {
        "story": f"病情铁{mark}",
        "address": f"门牌锡{mark}",
        "card_number": f"6222000{mark}99887766",
    }
    girl = {"place": f"学校铜{mark}", "other_contact": f"微信锰{mark}", "born_on": "2016-02-03"}
    member = {
        "key": "m1",
        "relation": "daughter",
        "name": child.name.reveal(),
        "id_number": child.id_number.reveal(),
        **girl,
    }
    answers = {**told, "id_number": holder.id_number.reveal(), "members": [member]}
    application = make_application(holder, answers=answers)
    step = reviews.open_review(application.pk, kind="file", union=application.union, by=worker)
    codes.issue_for(holder, by=worker)
    taken = f"拍摄地铅{mark}"
    photo = _photo(application, taken)
    p4 = [*told.values(), *girl.values(), member["name"], member["id_number"]]
    p4 = [word for word in p4 if word != girl["born_on"]]
    p4 += [holder.id_number.reveal(), taken, holder.phone.reveal()]
    keys = {
        "application": application.pk,
        "holder": holder.pk,
        "attachment": photo.pk,
        "step": step.pk,
        "union": holder.union_id,
        "path": holder.union_path,
    }
    return world.Family("A", mark, worker, p3=[], p4=p4, keys=keys)


def _photo(application: Any, taken: str) -> Attachment:
    """A photo whose EXIF says where it was taken; kept as every upload is."""
    exif, held = Image.Exif(), io.BytesIO()
    exif[0x010E] = taken.encode().decode("latin-1")
    Image.new("RGB", (200, 200), "gray").save(held, "JPEG", exif=exif.tobytes())
    clean = photos.clean(held.getvalue())
    return Attachment.objects.create(
        holder=application.holder,
        application=application,
        kind="id_card",
        blob=store.put(clean.data, application.holder.data_key),
        size=len(clean.data),
        digest="0" * 64,
        added_by=application.filled_by,
    )


# Looking ----------------------------------------------------------------------------------------


def _listen() -> io.StringIO:
    """Everything that is logged, as it would be written."""
    logging.disable(logging.NOTSET)
    heard = io.StringIO()
    root = logging.getLogger()
    for handler in root.handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(heard)
    root.setLevel(logging.DEBUG)
    return heard


def _pages(planted: world.World) -> tuple[bytes, list[str]]:
    """(every address that answers lead to, words that somebody saw who may not)."""
    asked = [a for a in addresses(most_words=2) if "GET" in a.policy.methods]
    led, shown = [], []
    for actor in planted.actors:
        browser = matrix.Browser(actor.client())
        for address in asked:
            for family in planted.families[:2] if address.has_family else [None]:
                url = address.url(family)
                if url is None:
                    continue
                answer = browser.ask("GET", url)
                led.append(url)
                led += matrix.addresses_in(answer)
                shown += matrix.seen(planted, actor, address, answer)[0]
    return "\n".join(led).encode(), shown


def _dump() -> bytes:
    """The whole database as text, as a backup holds it."""
    if connection.vendor == "sqlite":
        return b"\n".join(_values())
    connection.ensure_connection()
    told = connection.connection.info
    command = ["pg_dump", "--host", told.host, "--port", str(told.port), "--username", told.user]
    command.append(told.dbname)
    return subprocess.run(command, check=True, capture_output=True).stdout  # noqa: S603


def _values() -> Iterator[bytes]:
    """Every value of every table; what is sealed stands there as bytes."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            for row in cursor.fetchall():
                yield from (v if isinstance(v, bytes) else str(v).encode() for v in row)


def _cards() -> bytes:
    """The printed cards: their bytes, and the words that a reader of PDFs finds."""
    out = io.BytesIO()
    cards.print_cards(faces_of(Card.objects.select_related("union", "code")), out)
    return out.getvalue() + paper.words(PdfDocument(out.getvalue())).encode()


def _files(folder: Path) -> Iterable[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _holds(text: bytes, word: str) -> bool:
    """A word as it may stand in a text, a JSON, a URL, or packed as hex or Base64."""
    plain = word.encode()
    forms = {spelling.encode() for spelling in matrix.spellings(word)}
    forms |= {plain.hex().encode(), plain.hex().upper().encode(), b64encode(plain).rstrip(b"=")}
    return any(form in text for form in forms)
