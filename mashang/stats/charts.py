"""图: drawn on the server as SVG, so that a chart prints and needs no script. A table stands beside each."""

import sys
from collections.abc import Sequence
from typing import Any

import pygal
from django.utils.translation import gettext as _
from pygal.style import Style

from mashang.stats.queries import WorkCount

# pygal leaves a finder of its plugins behind that has no find_spec; Python warns of it at every import.
sys.meta_path[:] = [finder for finder in sys.meta_path if hasattr(finder, "find_spec")]

# Two colours that tell apart for every eye; the legend names them.
LOOK = Style(
    background="transparent",
    plot_background="transparent",
    foreground="#3d3833",
    foreground_strong="#1f1b16",
    foreground_subtle="#6b645c",
    opacity="1",
    colors=("#0b7a43", "#b3261e"),
    font_family="sans-serif",
    label_font_size=15,
    major_label_font_size=15,
    value_font_size=15,
    value_colors=("#ffffff", "#ffffff"),
    legend_font_size=15,
    no_data_font_size=18,
)


def works(counts: Sequence[WorkCount]) -> bytes:
    """Open applications by step, the late ones set apart; the flow runs from top to bottom."""
    chart = pygal.HorizontalStackedBar(
        style=LOOK,
        js=[],
        width=760,
        height=420,
        margin=8,
        margin_left=56,  # pygal measures labels as if they were Latin
        spacing=12,
        legend_at_bottom=True,
        legend_at_bottom_columns=2,
        print_values=True,
        print_zeroes=False,
        min_scale=1,
        no_data_text=_("没有在办事项"),
        formatter=lambda value: f"{value:.0f}" if value else "",
    )
    chart.add_xml_filter(_without_scripts)
    shown = list(reversed(counts))
    chart.x_labels = [_(count.name) for count in shown]
    chart.add(_("期限内"), [count.open - count.overdue for count in shown])
    chart.add(_("已逾期"), [count.overdue for count in shown])
    svg: bytes = chart.render()
    return svg


def _without_scripts(root: Any) -> Any:
    for parent in root.iter():
        for child in [each for each in parent if str(each.tag).endswith("script")]:
            parent.remove(child)
    return root
