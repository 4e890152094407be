"""The whole access matrix on one database, and the same with the scope switched off."""

from dataclasses import dataclass

from proofs.report import progress
from tests.access import matrix, world
from tests.access.addresses import addresses, routes
from tests.access.scope_off import scope_off

STATES = ("draft", "submitted", "publicity", "filed")
MOST_WORDS = 3  # of the steps of the form, of the fields to reveal
Target = tuple[str, str, tuple[str, str]]  # (address, method, place of the family)


@dataclass(frozen=True)
class Walked:
    """What one walk found; `red` says the first few of them."""

    cells: int
    private: int
    sights: int
    red_count: int
    red: list[str]
    addresses: int
    routes: int
    broken_cells: int
    broken_red: int


def walk(rows: int) -> Walked:
    """At most `rows` cells; then those that the scope alone holds shut, with the scope off."""
    planted = world.build(STATES)
    cells, shown = [], set[Target]()
    for cell in matrix.walk(planted, asked=addresses(MOST_WORDS)):
        cells.append(cell)
        if cell.family and cell.status != cell.phantom_status:
            shown.add(_target(cell))
        if len(cells) % 5000 == 0:
            progress(len(cells), rows, "cells")
        if len(cells) == rows:
            break
    red = [str(cell) for cell in cells if cell.is_red]
    broken = _with_scope_off(planted, shown)
    return Walked(
        cells=len(cells),
        private=sum(cell.is_private for cell in cells),
        sights=sum(cell.sights for cell in cells),
        red_count=len(red),
        red=red[:20],
        addresses=len({cell.address.name for cell in cells}),
        routes=len(list(routes())),
        broken_cells=len(broken),
        broken_red=sum(broken),
    )


def _target(cell: matrix.Cell) -> Target:
    place = cell.family.place if cell.family else ("", "")
    return f"{cell.address.name} {cell.address.words}", cell.method, place


def _with_scope_off(planted: world.World, shown: set[Target]) -> list[bool]:
    """Of each private cell that shows something to whoever may see it: whether it is red now."""
    theirs = [address for address in addresses(MOST_WORDS) if address.is_of_family]
    with scope_off():
        return [
            cell.is_red
            for cell in matrix.walk(planted, methods=("GET", "POST"), asked=theirs)
            if cell.depends_on_scope and _target(cell) in shown
        ]
