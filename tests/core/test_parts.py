"""Markup that both faces draw, and the icons that the pages name."""

import re
from pathlib import Path

from django.template import engines
from django.test import RequestFactory

from mashang.desk.navigation import all_items

PACKAGE = Path(__file__).resolve().parents[2] / "mashang"
NAMED = re.compile(r"""(?:\{% icon |icon=|icon\|default:)"([a-z0-9-]+)\"""")


def drawn(source: str, address: str = "/", **context: object) -> str:
    request = RequestFactory().get(address)
    return engines["django"].from_string("{% load parts %}" + source).render(context, request)


def icons() -> set[str]:
    return set((PACKAGE / "static/icons.txt").read_text("utf-8").split())


def test_every_icon_that_a_page_names_is_in_the_sprite() -> None:
    pages = PACKAGE.glob("**/templates/**/*.html")
    named = {name for page in pages for name in NAMED.findall(page.read_text("utf-8"))}

    assert named - icons() == set()
    assert "home" in named


def test_every_place_of_the_desk_has_its_icon() -> None:
    assert {place.icon for place in all_items()} - icons() == set()


def test_an_icon_is_silent_unless_it_has_a_title() -> None:
    assert 'aria-hidden="true"' in drawn('{% icon "home" %}')
    assert 'role="img" aria-label="首页"' in drawn('{% icon "home" "首页" %}')


def test_a_filter_stays_while_one_turns_the_page() -> None:
    assert drawn("{% query page=3 %}", "/?state=open&page=2") == "?state=open&amp;page=3"
    assert drawn("{% query page=None %}", "/?state=open&page=2") == "?state=open"


def test_a_second_tap_on_a_column_turns_the_order_round() -> None:
    tag = '{% sort_query "due" %} {% sorted_by "due" %}'

    assert drawn(tag, "/?page=4") == "?sort=due none"
    assert drawn(tag, "/?sort=due") == "?sort=-due ascending"
    assert drawn(tag, "/?sort=-due") == "?sort=due descending"
