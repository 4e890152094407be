"""No page and no rule takes a day out of a moment by itself: the moment stands in UTC, the day is Beijing's."""

import ast

import pytest

from tests.house import Source, sources

OF_A_DAY = {"year", "month", "day", "weekday", "isoweekday", "strftime", "toordinal"}
HELPER = "core/days.py"


def days_of_moments(found):
    """`.date()` on anything; and the day, or a spelling, of what a column of moments holds."""
    return [
        f"{source.path}:{node.lineno} {ast.unparse(node)}"
        for source in found
        for node in ast.walk(source.tree)
        if _takes_the_date(node) or _takes_a_part(node) or _spells(node)
    ]


def _takes_the_date(node):
    """moment.date(), which has no argument; `date(2026, 1, 1)` makes one."""
    is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    return is_call and node.func.attr == "date" and not node.args and not node.keywords


def _takes_a_part(node):
    return isinstance(node, ast.Attribute) and node.attr in OF_A_DAY and _is_moment(node.value)


def _spells(node):
    """f"{step.closed_at:%H:%M}"."""
    spelled = isinstance(node, ast.FormattedValue) and node.format_spec
    return spelled and "%" in ast.unparse(node.format_spec) and _is_moment(node.value)


def _is_moment(node):
    """A column of moments ends in `_at` (the house holds them to it); the clock is one too."""
    if isinstance(node, ast.Call):
        return ast.unparse(node.func) == "timezone.now"
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return name.endswith("_at") or name == "now"


def test_the_day_of_a_moment_is_taken_in_one_place():
    assert days_of_moments(s for s in sources(migrations=True) if s.path != HELPER) == []


@pytest.mark.parametrize(
    "text",
    [
        "x = step.closed_at.date()",
        "x = act.at.date()",
        "x = timezone.now().date()",
        "x = row.created_at.year",
        "x = now.weekday()",
        "x = timezone.now().month",
        "x = f'{row.decided_at:%Y-%m-%d}'",
    ],
)
def test_each_way_of_taking_it_would_be_seen(text):
    assert days_of_moments([Source("x/queries.py", text)])


def test_days_themselves_are_left_alone():
    text = "x = day_of(step.closed_at).year; y = f'{step.due_on:%Y}'; z = date(2026, 1, 1).day"

    assert days_of_moments([Source("x/queries.py", text)]) == []
