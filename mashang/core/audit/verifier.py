#!/usr/bin/env python3
"""Checks an exported trail against its signed roots. Stands alone: needs this file, Python 3.11 and
`cryptography`, neither Django nor the database nor the house's secrets.

    python verifier.py trail.jsonl roots.jsonl PUBLIC_KEY … [--json]    (exit 0 sound, 1 damaged)

PUBLIC_KEY of a key that was replaced may be KEY:NUMBER:DIGEST, the last root that it signed: whoever stole it can then
sign no roots of his own in the place of its successor's.

trail.jsonl has one JSON object a line, of four kinds:
  entry  id, chain, number (1, 2, … in each chain), at (UTC, microseconds), action, subject,
         subject_id, actor_id, facts, previous, digest
  head   chain, head (number of the last entry), digest (of that entry), sealed (number up to which
         the database says that roots were signed)
  row    row (table), id, digest (SM3 of its bound columns, see `core.audit.bound`), at (where the table is
         dated): follows the entry `rows.sealed` that counted it; after all chains, not sealed yet
  line   line (table), id, says: what stands now in the row of which the entry before it tells, or null if the
         row is gone; or without_entry: a row of which no entry tells

An entry `rows.sealed` has the facts since, until, and for each table [form, count, digest]: in the keys' order,
SM3 over the digests of the table's rows whose ids lie before `until` (an id begins with its milliseconds since
1970, six bytes) and in no earlier seal of that table.

Canonical bytes of an entry: JSON of all its members but `previous` and `digest`, keys sorted, no
spaces, ASCII. digest = SM3(previous ‖ canonical bytes); before the first entry stand 32 zero bytes.

roots.jsonl has one batch a line: batch (1, 2, …), at, ranges [[chain, first, last], …], root (Merkle
root over the digests of these ranges in this order), previous (SM3 of the line before, without its
line end), signature (Ed25519 over the canonical bytes of the other members, base64). Merkle: a leaf is
SM3(00 ‖ digest), a node SM3(01 ‖ left ‖ right), an odd one moves up. Ranges of a chain leave no gap.
"""

import argparse
import base64
import json
import operator
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

NO_DIGEST = "0" * 64
KEY_BYTES = 32
SEALED = "rows.sealed"
BEIJING = timezone(timedelta(hours=8))
MISDATED_MS = 300_000  # no row of a dated table is written so long after its key was made
End = tuple[int, str]
"""number of a root, SM3 of its line"""
Ends = Mapping[bytes, Collection[End]]
"""of keys that were replaced: the last root that each signed, one for each file of roots"""
NO_ENDS: Ends = {}


def sm3(data: bytes) -> bytes:
    tool = hashes.Hash(hashes.SM3())
    tool.update(data)
    return tool.finalize()


def canonical(members: dict[str, Any], *, without: Iterable[str] = ()) -> bytes:
    remaining = {name: value for name, value in members.items() if name not in without}
    return json.dumps(remaining, sort_keys=True, separators=(",", ":")).encode("ascii")


def entry_digest(entry: dict[str, Any]) -> str:
    body = canonical(entry, without=("previous", "digest"))
    return sm3(bytes.fromhex(entry["previous"]) + body).hex()


def merkle_root(digests: list[bytes]) -> str:
    level = [sm3(b"\x00" + digest) for digest in digests]
    while len(level) > 1:
        pairs = [
            sm3(b"\x01" + left + right) for left, right in zip(*[iter(level)] * 2, strict=False)
        ]
        level = pairs + level[len(pairs) * 2 :]
    return level[0].hex()


@dataclass(frozen=True)
class Damage:
    """One thing that is not as it was written. `kind` is for programs, `what` for people."""

    kind: str
    chain: str
    number: int
    what: str


@dataclass
class Report:
    entries: int = 0
    chains: int = 0
    batches: int = 0
    unsealed: int = 0
    rows: int = 0  # bound by a seal
    rows_unsealed: int = 0
    lines: int = 0  # compared with the entries that tell of them
    damages: list[Damage] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.damages

    def as_dict(self) -> dict[str, Any]:
        return {"sound": self.sound, **asdict(self)}


class Digests:
    """Of one chain's entries: 32 bytes each, however long the chain is."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def __len__(self) -> int:
        return len(self._bytes) // 32

    def append(self, digest: bytes) -> None:
        self._bytes += digest

    def __getitem__(self, which: slice) -> list[bytes]:
        return [bytes(self._bytes[at * 32 : at * 32 + 32]) for at in range(len(self))[which]]


class Chain:
    """What was read of one chain so far."""

    def __init__(self) -> None:
        self.number = 0
        self.digest = NO_DIGEST
        self.digests = Digests()
        self.covered = 0  # by signed roots
        self.head: tuple[int, str] | None = None
        self.sealed = 0  # as the database says


class Rows:
    """Compares the rows that follow an entry with what the entry says of them; holds one entry at a time."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.entry: dict[str, Any] = {}
        self.begins: dict[str, int] = {}  # of each table: up to where it is sealed, in milliseconds
        self.open: dict[str, tuple[int, Any]] = {}  # rows of this seal: how many, SM3 so far

    def read(self, line: dict[str, Any]) -> bool:
        """Whether this line was a row; of anything else it remembers what its rows will need."""
        if "row" in line:
            self._read_row(line)
        elif "line" in line:
            self._read_line(line)
        else:
            self.close()
            self.entry = line if "action" in line else {}
            return False
        return True

    def close(self) -> None:
        """All rows of the last seal have been read."""
        entry, rows = self.entry, self.open
        self.entry, self.open = {}, {}
        if entry.get("action") != SEALED:
            return
        try:
            self._close(entry, rows)
        except (KeyError, TypeError, ValueError, IndexError) as error:
            self._alarm("unreadable", entry, f"这一次封存无法读取 ({error!r})")

    def _close(self, entry: dict[str, Any], rows: dict[str, tuple[int, Any]]) -> None:
        until = _milliseconds(entry["facts"]["until"])
        for name, value in entry["facts"].items():
            if isinstance(value, list):
                count, tool = rows.get(name, (0, None))
                self._compare(entry, name, value, count, tool.finalize().hex() if tool else "")
                self.begins[name] = until

    def _compare(
        self, entry: dict[str, Any], name: str, sealed: list[Any], count: int, digest: str
    ) -> None:
        self.report.rows += count
        if (count, digest) == (sealed[1], sealed[2]):
            return
        kind = "rows_gone" if count < sealed[1] else "rows_added"
        since, until = entry["facts"]["since"], entry["facts"]["until"]
        what = (
            f"{name}：{_clock(since)} 至 {_clock(until)} 封存时有 {sealed[1]} 行，现在 {count} 行"
        )
        if count == sealed[1]:
            kind, what = "rows_changed", f"{what}，内容与封存时不同"
        self._alarm(kind, entry, what)

    def _read_row(self, row: dict[str, Any]) -> None:
        name, moment = row["row"], int(row["id"].replace("-", "")[:12], 16)
        if "at" in row and abs(_milliseconds(row["at"]) - moment) > MISDATED_MS:
            self._alarm("row_misdated", self.entry, f"{name} {row['id']}：时间与编号不符")
        if self.entry.get("action") != SEALED:
            self.report.rows_unsealed += 1
            return
        count, tool = self.open.get(name) or (0, hashes.Hash(hashes.SM3()))
        if not self.begins.get(name, 0) <= moment < _milliseconds(self.entry["facts"]["until"]):
            self._alarm("row_misplaced", self.entry, f"{name} {row['id']}：不属于这段时间")
        tool.update(bytes.fromhex(row["digest"]))
        self.open[name] = (count + 1, tool)

    def _read_line(self, line: dict[str, Any]) -> None:
        place = f"{line['line']} {line['id']}"
        self.report.lines += 1
        if "without_entry" in line:
            self._alarm("line_unknown", {}, f"{place}：留痕里没有这一笔")
            return
        if line["says"] is None:
            self._alarm("line_gone", self.entry, f"{place}：这一笔不见了")
            return
        told = {**self.entry["facts"], **self.entry}
        for name, value in line["says"].items():
            if name in told and told[name] != value:
                what = f"{place}：{name} 留痕记的是 {told[name]}，现在是 {value}"
                self._alarm("line_changed", self.entry, what)

    def _alarm(self, kind: str, entry: dict[str, Any], what: str) -> None:
        damage = Damage(kind, entry.get("chain", ""), entry.get("number", 0), what)
        self.report.damages.append(damage)


def _milliseconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp() * 1000)


def _clock(moment: str | None) -> str:
    """As people in China read it; a seal's first one has no beginning."""
    if moment is None:
        return "最初"
    return datetime.fromisoformat(moment).astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")


class Verifier:
    """Takes the trail line by line, then the roots; says everything it finds."""

    def __init__(self, *public_keys: bytes, ends: Ends = NO_ENDS) -> None:
        self.public_keys = list(public_keys)  # those that signed before, then the one in use
        self.ends = ends
        self.signed: set[bytes] = set()  # keys
        self.ended: set[bytes] = set()
        self.chains: dict[str, Chain] = {}
        self.report = Report()
        self.rows = Rows(self.report)

    def read(self, line: dict[str, Any]) -> None:
        try:
            if self.rows.read(line):
                return
            self._read_head(line) if "head" in line else self._read_entry(line)
        except (KeyError, TypeError, ValueError) as error:
            chain, number = str(line.get("chain", "")), line.get("number", 0)
            self._alarm("unreadable", chain, number, f"这一行无法读取 ({error!r})")

    def finish(self, roots: Iterable[bytes]) -> Report:
        self.rows.close()
        self._read_roots(roots)
        for name, chain in self.chains.items():
            self._check_end(name, chain)
        self.report.chains = len(self.chains)
        return self.report

    def _read_entry(self, entry: dict[str, Any]) -> None:
        name, number = entry["chain"], operator.index(entry["number"])
        chain = self.chains.setdefault(name, Chain())
        digest = entry_digest(entry)
        if number != chain.number + 1:
            self._alarm("order", name, number, f"№{number} 排在 №{chain.number} 之后")
        if entry["previous"] != chain.digest:
            self._alarm("link", name, number, "与前一条接不上")
        if entry["digest"] != digest:
            self._alarm("changed", name, number, "内容与写入时不同")
        chain.number, chain.digest = number, entry["digest"]
        chain.digests.append(bytes.fromhex(digest))
        self.report.entries += 1

    def _read_head(self, head: dict[str, Any]) -> None:
        chain = self.chains.setdefault(head["chain"], Chain())
        chain.sealed = operator.index(head["sealed"])
        chain.head = (operator.index(head["head"]), head["digest"])

    def _check_end(self, name: str, chain: Chain) -> None:
        if chain.head is None:
            self._alarm("headless", name, chain.number, "链头不见了")
        elif chain.head != (chain.number, chain.digest):
            what = f"最后一条是 №{chain.number}，链头记的是 №{chain.head[0]}"
            self._alarm("head", name, chain.number, what)
        if chain.sealed > chain.covered:
            self._alarm("roots_short", name, chain.covered, "缺少已签名的根")
        self.report.unsealed += max(0, chain.number - chain.covered)

    def _read_roots(self, roots: Iterable[bytes]) -> None:
        previous = NO_DIGEST
        for number, line in enumerate(roots, start=1):
            self.report.batches = number
            try:
                batch = self._trusted(line)
                self._check_batch(batch, number, previous)
            except (KeyError, TypeError, ValueError, InvalidSignature):
                self._alarm("signature", "", number, f"第 {number} 个根的签名不符")
            previous = sm3(line.rstrip(b"\n")).hex()
            self.ended |= {key for key, ends in self.ends.items() if (number, previous) in ends}
        if self.signed & self.ends.keys() - self.ended:
            what = "换下的密钥所签的最后一个根不在这里：此后又有人用它签过"
            self._alarm("key_end", "", self.report.batches, what)

    def _trusted(self, line: bytes) -> dict[str, Any]:
        """By one of the keys. Once a later one has signed, or its last root is past, an earlier one, which somebody may
        have stolen, signs no more."""
        for at, key in enumerate(self.public_keys):
            try:
                batch = trusted(line, key)
            except InvalidSignature:
                continue
            if key in self.ended:
                break
            self.signed.add(key)
            del self.public_keys[:at]
            return batch
        raise InvalidSignature

    def _check_batch(self, batch: dict[str, Any], number: int, previous: str) -> None:
        if (batch["batch"], batch["previous"]) != (number, previous):
            self._alarm("roots_order", "", number, f"第 {number} 个根与前一个接不上")
        digests: list[bytes] = []
        for name, first, last in batch["ranges"]:
            chain = self.chains.setdefault(name, Chain())
            if first > chain.covered + 1:
                self._alarm("roots_gap", name, first, "此前的根不见了")
            if len(chain.digests) < last:
                self._alarm("truncated", name, last, f"签名时有到 №{last} 的记录")
            chain.covered = max(chain.covered, last)
            digests += chain.digests[first - 1 : last]
        if not digests or merkle_root(digests) != batch["root"]:
            self._alarm("root", "", number, f"第 {number} 个根所签的记录已不同")

    def _alarm(self, kind: str, chain: str, number: int, what: str) -> None:
        self.report.damages.append(Damage(kind, chain, number, what))


def trusted(line: bytes, public_key: bytes) -> dict[str, Any]:
    """A line of the roots file. Raises InvalidSignature; KeyError, TypeError or ValueError for what is none."""
    batch: dict[str, Any] = json.loads(line)
    signature = base64.b64decode(batch["signature"], validate=True)
    key = Ed25519PublicKey.from_public_bytes(public_key)
    key.verify(signature, canonical(batch, without=("signature",)))
    return batch


def keys_and_ends(texts: Iterable[str]) -> tuple[tuple[bytes, ...], Ends]:
    """Public keys as people write them: base64, or base64:number:digest, of one key several for several files of
    roots. Raises ValueError."""
    ends: dict[bytes, set[End]] = {}
    for text in texts:
        key, *end = text.split(":")
        raw = base64.b64decode(key, validate=True)
        if len(raw) != KEY_BYTES:
            raise ValueError(f"{len(raw)} bytes")
        known = ends.setdefault(raw, set())
        if end:
            number, digest = end
            known.add((int(number), bytes.fromhex(digest).hex()))
    return tuple(ends), {key: known for key, known in ends.items() if known}


def verify(
    trail: Iterable[dict[str, Any]],
    roots: Iterable[bytes],
    *public_keys: bytes,
    ends: Ends = NO_ENDS,
) -> Report:
    """The whole check: the trail's lines, the roots file's lines, the raw public keys in the order in which they signed,
    and where it is known the last root of those that were replaced."""
    verifier = Verifier(*public_keys, ends=ends)
    for line in trail:
        verifier.read(line)
    return verifier.finish(roots)


def describe(report: Report, most: int = 20) -> str:
    verdict = "完好 (sound)" if report.sound else f"{len(report.damages)} 处损坏 (damaged)"
    lines = [
        f"{report.entries} 条记录，{report.chains} 条链，{report.batches} 个签名根，"
        f"{report.unsealed} 条尚未签名；受封存约束 {report.rows} 行（另有 {report.rows_unsealed} 行待封存），"
        f"对照 {report.lines} 笔：{verdict}"
    ]
    for damage in report.damages[:most]:
        lines.append(f"  {damage.kind}：链 {damage.chain or '-'} №{damage.number}，{damage.what}")
    if len(report.damages) > most:
        lines.append(f"  …… 另有 {len(report.damages) - most} 处")
    return "\n".join(lines)


def _objects(path: Path) -> Iterator[dict[str, Any]]:
    with path.open("rb") as file:
        for line in file:
            yield json.loads(line)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description="Checks an exported trail against its signed roots."
    )
    parser.add_argument("trail", type=Path, help="export of the trail (JSON lines)")
    parser.add_argument("roots", type=Path, help="file of signed roots")
    parser.add_argument(
        "public_keys",
        nargs="+",
        metavar="public_key",
        help="Ed25519 public key, base64; where it was replaced, the earlier ones before it",
    )
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    given = parser.parse_args(arguments)
    with given.roots.open("rb") as roots:
        keys, ends = keys_and_ends(given.public_keys)
        report = verify(_objects(given.trail), roots, *keys, ends=ends)
    text = json.dumps(report.as_dict(), ensure_ascii=False) if given.json else describe(report)
    sys.stdout.write(f"{text}\n")
    return 0 if report.sound else 1


if __name__ == "__main__":
    sys.exit(main())
