"""Learns the weights of the text check's likeness from the lists that may be read, and tries them on lists left out.

    python -m scripts.learn_likeness         writes mashang/screening/data/likeness.bin
    python -m scripts.learn_likeness --try   leaves out one list after the other and prints what the rest make of it

A linear classifier with squared hinge loss, by coordinate descent in the dual (Hsieh et al. 2008). Only sums,
products and square roots of floats in a fixed order, so that the same lists give the same file on every machine.
Halves that stay unread are never learnt from.
"""

import hashlib
import json
import os
import random
import sys
import zlib
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mashang.config.settings")

from mashang.screening import likeness
from mashang.screening.numerals import in_digits
from mashang.screening.views import plain
from proofs.rigs.clean_wishes import clean
from proofs.rigs.disguises import disguised
from tests.screening.lists import CLEAN, DISGUISED, HALVES, LATER, LEARNING, Half

ROUNDS = 20
STRICT = 0.3  # how much a large weight costs
MADE, MADE_COUNTS = (
    300,
    0.3,
)  # texts of each generator, and how much one counts beside one written by hand
UNREAD_LISTS = {"held_out"}  # of LATER
MOST = 127
STOPPED_OF_CLEAN, HEEDED_OF_CLEAN = 0.01, 0.08


@dataclass(frozen=True)
class Example:
    """`part` is disguised, hints or clean."""

    source: str
    part: str
    text: str
    counts: float = 1.0

    @property
    def sign(self) -> int:
        return -1 if self.part == "clean" else 1


def examples() -> list[Example]:
    """Every text that may be learnt from."""
    return list(dict.fromkeys([*_by_hand(), *_made()]))


def _by_hand() -> Iterator[Example]:
    yield from _of("first", disguised=[text for _, text in DISGUISED], clean=CLEAN)
    for name, later in LATER.items():
        if name not in UNREAD_LISTS:
            yield from _of(name, disguised=later.disguised, clean=later.clean)
    for (name, half), texts in HALVES.items():
        if half == "read":
            yield from _of_half(name, texts)
    yield from _of_half("learning", LEARNING)


def _of_half(source: str, texts: Half) -> Iterator[Example]:
    honest = (*texts.clean, *texts.told, *texts.untold)
    return _of(source, disguised=texts.disguised, hints=texts.hints, clean=honest)


def _of(source: str, **parts: Sequence[str]) -> Iterator[Example]:
    for part, texts in parts.items():
        for text in texts:
            yield Example(source, part, text)


def _made() -> Iterator[Example]:
    for text in clean(MADE, seed=5):
        yield Example("made", "clean", text, MADE_COUNTS)
    for one in disguised(MADE, seed=5):
        yield Example("made", "disguised", one.text, MADE_COUNTS)


def slots_of(text: str) -> list[int]:
    view = in_digits(plain(text)).phrases
    return list(likeness.slots(likeness.grams(likeness.reading_of(view.text))))


Row = tuple[Sequence[int], int, float]  # slots, sign, what it counts


def learn(rows: Sequence[Row]) -> tuple[list[float], float]:
    """A weight for each slot, and the bias."""
    weights, bias = [0.0] * likeness.SLOTS, 0.0
    alphas = [0.0] * len(rows)
    order, dice = list(range(len(rows))), random.Random(1)  # noqa: S311
    for _ in range(ROUNDS):
        dice.shuffle(order)
        for number in order:
            found, sign, counts = rows[number]
            unit, soft = 1 / sqrt(len(found)), STRICT / (2 * counts)
            score = unit * sum([weights[slot] for slot in found]) + bias
            slope = sign * score - 1 + soft * alphas[number]
            alpha = max(0.0, alphas[number] - slope / (2 + soft))
            if step := (alpha - alphas[number]) * sign:
                alphas[number] = alpha
                bias += step
                step *= unit
                for slot in found:
                    weights[slot] += step
    return weights, bias


def packed(weights: Sequence[float], bias: float, origin: str) -> bytes:
    """The file: a line of JSON, then the weights as signed bytes, compressed."""
    scale = max(map(abs, weights)) / MOST
    whole = array("b", (round(weight / scale) for weight in weights))
    head = {"bias": bias, "origin": origin, "scale": scale}
    return json.dumps(head).encode() + b"\n" + zlib.compress(whole.tobytes(), 9)


def unpacked(file: bytes) -> tuple[bytes, bytes]:
    """What two files must have alike; how well it was compressed is nobody's matter."""
    head, _, weights = file.partition(b"\n")
    return head, zlib.decompress(weights)


def origin(learnt_from: Sequence[Example]) -> str:
    """Changes with every text that is learnt from."""
    told = json.dumps([(one.part, one.text, one.counts) for one in learnt_from])
    return hashlib.sha256(told.encode()).hexdigest()


def learnt() -> bytes:
    every = examples()
    rows = [(slots_of(one.text), one.sign, one.counts) for one in every]
    return packed(*learn(rows), origin(every))


# What lists say that were left out --------------------------------------------------------


def tried() -> Iterator[str]:
    every = examples()
    rows = [(slots_of(one.text), one.sign, one.counts) for one in every]
    for source in dict.fromkeys(one.source for one in every if one.source != "made"):
        kept = [row for row, one in zip(rows, every, strict=True) if one.source != source]
        weights, bias = learn(kept)
        scores: dict[str, list[float]] = {}
        for row, one in zip(rows, every, strict=True):
            if one.source == source:
                unit = 1 / sqrt(len(row[0]))
                scores.setdefault(one.part, []).append(
                    bias + unit * sum(weights[slot] for slot in row[0])
                )
        yield f"{source:>10}  {_shares(scores)}"


def _shares(scores: dict[str, list[float]]) -> str:
    honest = sorted(scores["clean"], reverse=True)
    told = []
    for aim in (STOPPED_OF_CLEAN, HEEDED_OF_CLEAN):
        least = honest[int(aim * len(honest))]
        found = (f"{part} {_share(scores[part], least):.1%}" for part in scores if part != "clean")
        told.append(f"at {aim:.0%} of clean: {', '.join(found)} (score {least:.2f})")
    for least in (likeness.HEEDS, likeness.STOPS):
        found = (f"{part} {_share(scores[part], least):.1%}" for part in scores)
        told.append(f"over {least}: {', '.join(found)}")
    return "; ".join(told)


def _share(scores: Sequence[float], least: float) -> float:
    return sum(score > least for score in scores) / len(scores)


if __name__ == "__main__":
    if "--try" in sys.argv:
        for line in tried():
            print(line, flush=True)
    else:
        likeness.WEIGHTS.write_bytes(learnt())
        print(f"{likeness.WEIGHTS.name}: {likeness.WEIGHTS.stat().st_size:,} bytes")
