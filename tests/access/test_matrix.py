"""A part of the access matrix that is quick enough for every day; `proofs/access.py` walks all of it."""

import logging

import pytest

from mashang.config.checks import views
from tests.access import matrix, world
from tests.access.addresses import Untaught, addresses, params, routes, spelled
from tests.access.scope_off import scope_off

pytestmark = pytest.mark.django_db
PEOPLE = {
    "nobody",
    "a stranger",
    "the worker whose publicity stands in A",
    "the helper",
    "B's helper",
    "a giver",
    "clerk A",
    "clerk B",
    "keeper A",
    "reviewer A",
    "reviewer B",
    "approver A",
    "treasurer A",
    "county clerk A",
}


@pytest.fixture(autouse=True)
def quiet():
    """A walk asks thousands of times for what it must not get."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def planted():
    return world.build(states=("publicity", "filed"))


def people(planted, names):
    return [actor for actor in planted.actors if actor.name in names]


def test_nobody_sees_what_is_not_theirs(planted):
    cells = list(
        matrix.walk(
            planted,
            methods=("GET", "POST"),
            actors=people(planted, PEOPLE),
            families=[planted.family("A", "publicity"), planted.family("A", "filed")],
            asked=[a for a in addresses(most_words=1) if a.is_of_family],
        )
    )

    assert [str(cell) for cell in cells if cell.is_red] == []
    assert sum(cell.is_private for cell in cells) > 200
    assert {cell.actor.name for cell in cells if cell.sights} >= {
        "clerk A",
        "the helper",
        "a giver",
    }


def test_a_half_filled_form_is_nobodys_business():
    planted = world.build(states=("draft",))
    cells = list(
        matrix.walk(
            planted,
            methods=("GET", "POST"),
            actors=people(planted, {"reviewer A", "approver A", "keeper A"}),
            families=[planted.family("A", "draft")],
            asked=[a for a in addresses(most_words=1) if a.is_of_family],
        )
    )

    assert [str(cell) for cell in cells if cell.is_red] == []
    assert sum(cell.is_private for cell in cells) > 50


def test_pages_without_an_address_of_a_family_show_their_own_people_only(planted):
    cells = list(
        matrix.walk(
            planted,
            methods=("GET",),
            actors=people(planted, {"clerk B", "the worker whose filed stands in A"}),
            asked=[a for a in addresses(most_words=1) if not a.is_of_family],
        )
    )

    assert [str(cell) for cell in cells if cell.is_red] == []
    assert sum(cell.status == 200 for cell in cells) > 20


def test_with_the_scope_off_the_matrix_turns_red(planted):
    """For every address of a family there is a state in which it shows what it has."""
    asked, red = set(), set()
    with scope_off():
        for cell in matrix.walk(
            planted,
            methods=("GET",),
            actors=people(planted, {"B's helper", "clerk B"}),
            families=[planted.family("A", "publicity"), planted.family("A", "filed")],
            asked=[a for a in addresses(most_words=1) if a.is_of_family],
        ):
            if cell.depends_on_scope:
                asked.add(cell.address.name)
            if cell.depends_on_scope and cell.is_red:
                red.add(cell.address.name)

    assert asked and asked - red == set()


def test_every_address_is_in_the_matrix():
    walked = {address.name for address in addresses()}

    assert walked == {name for name, _, _ in routes()}
    assert len(list(views())) == len(list(routes()))


def test_an_address_with_an_unknown_parameter_would_be_noticed():
    route, view = "desk/dossiers/<uuid:pk>/", next(view for _, view in views())

    assert list(params(route)) == [("pk", ("dossiers", "uuid"))]
    with pytest.raises(Untaught, match="teach the matrix what pk of desk/dossiers"):
        list(spelled("desk:dossier", route, view, None))
