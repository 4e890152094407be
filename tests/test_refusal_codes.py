"""A program knows a refusal by its code: one code, one refusal."""

from collections import defaultdict
from importlib import import_module
from pkgutil import walk_packages

import mashang
from mashang.core.errors import DomainError

# Codes that two rooms give for the same thing, with one meaning and one way out. May only shrink.
SHARED = {"filled_in", "needs_second_person", "unreadable"}


def refusals(of: type[DomainError]) -> list[type[DomainError]]:
    return [one for kind in of.__subclasses__() for one in (kind, *refusals(kind))]


def test_no_two_refusals_of_the_house_have_one_code():
    for module in walk_packages(mashang.__path__, "mashang."):
        if module.name.rpartition(".")[2] in ("refusals", "errors") or ".actions" in module.name:
            import_module(module.name)
    named = defaultdict(set)
    for one in refusals(DomainError):
        if "code" in vars(one) and one.__module__.startswith("mashang."):
            named[one.code].add(one)

    assert {code for code, ones in named.items() if len(ones) > 1} == SHARED
    assert len(named) > 100
