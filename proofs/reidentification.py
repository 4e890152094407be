"""Who reads the wall does not find the family: k holds for the words as it does for age and place.

A made-up city of 3,000 families on file. An acquaintance knows of every one of them the town, the age, the
kin, the illness and whose it is, school, grade, firm, job, village and turn of fate, and that it is on file:
more than anybody knows. A thousand of them write a wish, in their own words, as the rig lets families tell
of themselves. The card is what the house makes of it: the ladder of descriptions counts real families, the
words are those that a moderator finds in the form. The attacker keeps the families that fit the card and
every fact that still stands in the words, and guesses one. Control: the words go up as they were written.
"""

import os
import sys
from collections.abc import Callable, Sequence
from statistics import mean

import django

from proofs.report import Figure, run

K, SEED = 5, 20270107
Story = Callable[[str], str]


def prove(rows: int) -> Sequence[Figure]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mashang.config.settings")
    django.setup()
    from mashang.screening.told import without
    from proofs.rigs import told_city
    from proofs.rigs.linking import Wall

    families = told_city.city(SEED)
    told = list(told_city.wishes(families, rows, SEED + 1))
    guarded, bare = Wall(families, K, widens=True), Wall(families, K, widens=False)
    after = [guarded.fitting(one, without(one.reason)) for one in told]
    before = [bare.fitting(one, one.reason) for one in told]
    _tell(told, after, without)
    return [
        Figure(
            f"of {rows:,} wishes a guess finds the family (≤ 1/{K})",
            f"{_success(after):.2%}",
            f"words as written: {_success(before):.2%}",
            _success(after) <= 1 / K < _success(before),
        ),
        Figure(
            f"wishes that fit fewer than {K} families",
            f"{_few(after):.2%}",
            f"words as written: {_few(before):.2%}",
            _few(after) < _few(before) / 4,
        ),
        Figure(
            "wishes that fit one family alone",
            f"{_alone(after):.2%}",
            f"words as written: {_alone(before):.2%}",
            _alone(after) < _alone(before) / 4,
        ),
    ]


def _success(fitting: list[int]) -> float:
    return mean(1 / count for count in fitting)


def _few(fitting: list[int]) -> float:
    return mean(count < K for count in fitting)


def _alone(fitting: list[int]) -> float:
    return mean(count == 1 for count in fitting)


def _tell(told: Sequence[object], fitting: list[int], story: Story) -> None:
    """What still gives a family away, for whoever mends the marks."""
    for one, count in zip(told, fitting, strict=True):
        if count < K:
            print(f"{count}: {story(one.reason)!r}", file=sys.stderr)  # type: ignore[attr-defined]


if __name__ == "__main__":
    sys.exit(run("reidentification", prove, rows=1_000))
