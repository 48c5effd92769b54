from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from charts.marks import hovering

WORDS = st.lists(
    st.sampled_from(["17", "orang", "ASN", "95%:", "0,19–0,53", "·"]), min_size=1, max_size=5
).map(" ".join)
LINES = st.integers(2, 4).flatmap(
    lambda n: st.lists(st.lists(WORDS, min_size=1, max_size=n), min_size=1, max_size=5)
)


def read(hover, place):
    """What a browser writes for a point."""
    values = hover["customdata"][place] if hover["customdata"] else []
    told = re.sub(r"%{customdata\[(\d+)]}", lambda found: values[int(found[1])], hover["hovertemplate"])
    return told.removesuffix("<extra></extra>")


@given(LINES)
def test_every_point_reads_its_own_lines_whatever_travels_once(lines):
    hover = hovering(lines, [str(n) for n in range(len(lines))])
    width = max(map(len, lines))
    for place, line in enumerate(lines):
        assert read(hover, place) == "<br>".join(
            [f"<b>{line[0]}</b>", *line[1:], *[""] * (width - len(line))]
        )
        assert hover["customdata"][place][-1] == str(place)


def test_what_all_lines_say_stands_in_the_template_and_the_unit_after_the_second():
    lines = [["Sambas", "0,33", "Selang 95%: 0,19–0,53"], ["Landak", "0,44", "Selang 95%: 0,22–0,78"]]
    assert hovering(lines, ["6101", "6108"], "per 1.000") == {
        "customdata": [["Sambas", "0,33", "0,19–0,53", "6101"], ["Landak", "0,44", "0,22–0,78", "6108"]],
        "hovertemplate": "<b>%{customdata[0]}</b><br>%{customdata[1]} per 1.000<br>Selang 95%: %{customdata[2]}<extra></extra>",
    }


def test_no_points_have_no_hover():
    assert hovering([]) == {"customdata": [], "hovertemplate": "<extra></extra>"}
