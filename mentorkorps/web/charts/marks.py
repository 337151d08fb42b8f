"""A chart as a Vega-Lite specification, drawn so that it can be read without colour.

Series differ by dash, by shape or by weight from dark to pale, and have their name written beside them. Figures
become floats here and only here: they place ink, and every figure in words comes from the chart itself.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from textwrap import wrap
from typing import Any

import altair as alt

from mentorkorps.domain.danish import write_number
from mentorkorps.web.charts.model import Chart, Number, Point
from mentorkorps.web.charts.twin import MISSING, in_words

WIDTH, HEIGHT, BAR = 560, 260, 26  # pixels
NARROW, LETTERS_ACROSS = 320, 44  # pixels, and how many letters a line of them holds: a phone's width
MARK, LETTERS = 32, 18  # pixels: the height of a mark there, and of a line of words above it
FONT = "IBM Plex Sans, Liberation Sans, Arial, sans-serif"
INK, QUIET, LINE = "#1a1a1a", "#595959", "#dcdcdc"
LINES = ("#0b4f5e", "#707070", "#4b2482", "#8a5a00", "#1a1a1a")
DASHES = ([1, 0], [7, 4], [2, 3], [10, 3, 2, 3], [4, 2])
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross")
FILLS = ("#4b2482", "#8f7fc0", "#ddd8ec", "#ffffff", "#c3dade")
BARS = ("#c3dade", "#0b4f5e", "#8f7fc0", "#ddd8ec", "#454545")
ON_DARK = {"#4b2482", "#0b4f5e", "#454545"}
LABEL_GAP = 0.075  # of the height: the least room between two names at the end of lines
ROOM_FOR_LABEL = 0.13  # of the width: a narrower part of a bar has its figure in the table only


def specification(chart: Chart, *, narrow: bool = False) -> dict[str, Any]:
    """The whole specification, ready to be drawn; `narrow` is for a phone, in the kinds of `NARROW_BY`."""
    layers = (NARROW_BY if narrow else DRAWN_BY)[chart.kind](chart)
    whole: dict[str, Any] = alt.layer(*layers).properties(config=_config()).to_dict(validate=False)
    return whole


def _config() -> dict[str, Any]:
    axis = {
        "labelFontSize": 13, "titleFontSize": 13, "labelColor": QUIET, "titleColor": QUIET, "titleFontWeight": "normal",
        "gridColor": LINE, "domainColor": "#707070", "tickColor": "#707070", "labelLimit": 260, "titlePadding": 10,
    }  # fmt: skip
    legend = {
        "orient": "top",
        "title": None,
        "labelFontSize": 14,
        "labelColor": INK,
        "symbolStrokeColor": "#707070",
    }
    return {"font": FONT, "aria": False, "axis": axis, "legend": legend, "view": {"stroke": None}}


def _lines(chart: Chart) -> list[alt.Chart]:
    return [*_limit(chart), _line(chart), *_names_at_the_end(chart)]


def _band(chart: Chart) -> list[alt.Chart]:
    area = _of(_rows(chart)).mark_area(opacity=0.18)
    drawn = area.encode(
        x=_along(chart), y=_measured("low", chart), y2="high:Q", color=_by_series(chart, LINES)
    )
    return [drawn, *_lines(chart)]


def _bars(chart: Chart) -> list[alt.Chart]:
    rows = [{**row, "value": row["value"] or 0, "text": _bar_text(chart, row)} for row in _rows(chart)]
    down = {"y": _down(chart), "yOffset": _offset(chart)}
    bars = _of(rows).mark_bar(stroke="#707070", strokeWidth=1)
    texts = _of(rows).mark_text(align="left", dx=6, fontSize=13, color=INK)
    return [
        bars.encode(**down, x=_across("value", chart), color=_by_series(chart, BARS)).properties(
            width=WIDTH, height=alt.Step(BAR)
        ),
        texts.encode(**down, x="value:Q", text="text:N"),
    ]


def _stacked(chart: Chart) -> list[alt.Chart]:
    """Parts are placed here, so that the figures in them stand where the parts do."""
    rows, most = _placed(chart)
    color = _by_series(chart, FILLS, legend=alt.Legend())
    parts = _of(rows).mark_bar(stroke="#707070", strokeWidth=1)
    wide = [row for row in rows if row["value"] > ROOM_FOR_LABEL * most]
    ink = alt.Color("ink:N", scale=None)
    texts = _of(wide).mark_text(fontSize=13)
    return [
        parts.encode(y=_down(chart), x=_across("low", chart), x2="high:Q", color=color).properties(
            width=WIDTH, height=alt.Step(BAR * 1.5)
        ),
        texts.encode(y=_down(chart), x="middle:Q", text="text:N", color=ink),
    ]


def _intervals(chart: Chart) -> list[alt.Chart]:
    rows = [{**row, "text": _bar_text(chart, row), "end": _end(row)} for row in _rows(chart)]
    down = {"y": _down(chart), "yOffset": _offset(chart)}
    known = [row for row in rows if row["value"] is not None]
    color = _by_series(chart, LINES)
    shape = alt.Shape("series:N", scale=_scale(chart, SHAPES), legend=None)
    return [
        _of(known)
        .mark_rule(strokeWidth=2)
        .encode(**down, x=_across("low", chart), x2="high:Q", color=color)
        .properties(width=WIDTH, height=alt.Step(BAR)),
        _of(known)
        .mark_point(size=90, filled=True, opacity=1)
        .encode(**down, x="value:Q", color=color, shape=shape),
        _of(rows)
        .mark_text(align="left", dx=8, fontSize=13, color=INK)
        .encode(**down, x="end:Q", text="text:N"),
    ]


def _narrow_intervals(chart: Chart) -> list[alt.Chart]:
    """Each mark with its words in lines above it, so that nothing stands outside a phone's width."""
    marks, words, height = _under_each_other(chart)
    down = alt.Y("down:Q", scale=None, axis=None)
    color = _by_series(chart, LINES)
    shape = alt.Shape("series:N", scale=_scale(chart, SHAPES), legend=None)
    return [
        _of(marks)
        .mark_rule(strokeWidth=2)
        .encode(y=down, x=_across("low", chart), x2="high:Q", color=color)
        .properties(width=NARROW, height=height),
        _of(marks)
        .mark_point(size=90, filled=True, opacity=1)
        .encode(y=down, x="value:Q", color=color, shape=shape),
        _of(words)
        .mark_text(align="left", baseline="top", fontSize=14, color=INK)
        .encode(y=down, x=alt.value(0), text="line:N"),
    ]


def _under_each_other(chart: Chart) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    """The marks and the lines of words, each with how many pixels `down` it stands, and the whole height."""
    marks, words, top = [], [], 0
    for row, point in zip(_rows(chart), chart.points, strict=True):
        for line in _above(chart, point):
            words.append({"line": line, "down": top})
            top += LETTERS
        if point.value is not None:
            marks.append({**row, "down": top + MARK // 3})
        top += MARK
    return marks, words, top


def _above(chart: Chart, point: Point) -> list[str]:
    """The name of a mark and its figure, in lines of a phone's width."""
    name = f"{point.x}, {point.series}" if len(chart.series) > 1 else f"{point.x}"
    return wrap(f"{name}: {in_words(point)}", LETTERS_ACROSS)


DRAWN_BY: Mapping[str, Callable[[Chart], list[alt.Chart]]] = {
    "line": _lines,
    "band": _band,
    "bar": _bars,
    "stacked": _stacked,
    "interval": _intervals,
}
NARROW_BY: Mapping[str, Callable[[Chart], list[alt.Chart]]] = {"interval": _narrow_intervals}
"""The kinds that are drawn anew for a phone; the others can be pushed sideways there."""


def _of(rows: Sequence[Mapping[str, Any]]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=list(rows)))


def _rows(chart: Chart) -> list[dict[str, Any]]:
    return [
        {
            "x": point.x,
            "series": point.series,
            "value": _ink(point.value),
            "low": _ink(point.value if point.low is None else point.low),
            "high": _ink(point.value if point.high is None else point.high),
            "said": MISSING if point.value is None else write_number(point.value),
        }
        for point in chart.points
    ]


def _ink(value: Number | None) -> float | None:
    return None if value is None else float(value)


def _scale(chart: Chart, looks: Sequence[Any]) -> alt.Scale:
    """One look for each series, in order; they begin again when there are more series than looks."""
    names = chart.series
    return alt.Scale(domain=list(names), range=[looks[n % len(looks)] for n in range(len(names))])


def _by_series(chart: Chart, looks: Sequence[str], legend: alt.Legend | None = None) -> alt.Color:
    return alt.Color("series:N", scale=_scale(chart, looks), legend=legend)


def _along(chart: Chart) -> alt.X:
    if all(isinstance(place, int) for place in chart.places):
        named = {"labelExpr": f"{json.dumps(chart.names)}[datum.value - 1]"} if chart.names else {}
        axis = alt.Axis(title=chart.x_label, format="d", tickMinStep=1, grid=False, **named)
        return alt.X("x:Q", axis=axis, scale=alt.Scale(nice=False, zero=False))
    return alt.X("x:N", sort=None, axis=alt.Axis(title=chart.x_label, labelAngle=0, grid=False))


def _measured(field: str, chart: Chart) -> alt.Y:
    return alt.Y(f"{field}:Q", axis=alt.Axis(title=chart.y_label, format=",~f", tickCount=5, domain=False))


def _across(field: str, chart: Chart) -> alt.X:
    return alt.X(f"{field}:Q", axis=alt.Axis(title=chart.y_label, format=",~f", tickCount=5))


def _down(chart: Chart) -> alt.Y:
    return alt.Y("x:N", sort=None, axis=alt.Axis(title=None, ticks=False, domain=False, labelPadding=8))


def _offset(chart: Chart) -> alt.YOffset:
    return alt.YOffset("series:N", sort=list(chart.series))


def _bar_text(chart: Chart, row: Mapping[str, Any]) -> str:
    return row["said"] if len(chart.series) == 1 else f"{row['series']} {row['said']}"


def _end(row: Mapping[str, Any]) -> float:
    return row["high"] if row["high"] is not None else 0.0


def _line(chart: Chart) -> alt.Chart:
    dash = alt.StrokeDash("series:N", scale=_scale(chart, DASHES), legend=None)
    line = _of(_rows(chart)).mark_line(strokeWidth=2.5)
    return line.encode(
        x=_along(chart), y=_measured("value", chart), color=_by_series(chart, LINES), strokeDash=dash
    ).properties(width=WIDTH, height=HEIGHT)


def _limit(chart: Chart) -> list[alt.Chart]:
    if chart.limit is None:
        return []
    row = {"value": _ink(chart.limit.value), "said": chart.limit.label}
    rule = _of([row]).mark_rule(color=INK, strokeWidth=2).encode(y="value:Q")
    text = _of([row]).mark_text(
        align="left", baseline="bottom", dy=-5, fontSize=13, fontWeight=600, color=INK
    )
    return [rule, text.encode(x=alt.value(4), y="value:Q", text="said:N")]


def _names_at_the_end(chart: Chart) -> list[alt.Chart]:
    """The name of each line beside its last figure, moved apart where lines end close to each other."""
    last = {row["series"]: row for row in _rows(chart) if row["value"] is not None}
    values = [row["value"] for row in _rows(chart) if row["value"] is not None]
    least = LABEL_GAP * (max([*values, _highest_limit(chart)], default=0) - min([*values, 0], default=0))
    placed: list[dict[str, Any]] = []
    for row in sorted(last.values(), key=lambda row: row["value"]):
        lowest = placed[-1]["value"] + least if placed else row["value"]
        placed.append({**row, "value": max(row["value"], lowest)})
    text = _of(placed).mark_text(align="left", dx=8, fontSize=13, fontWeight=600)
    color = _by_series(chart, LINES)
    return [text.encode(x=_along(chart), y="value:Q", text="series:N", color=color)] if placed else []


def _highest_limit(chart: Chart) -> float:
    return float(chart.limit.value) if chart.limit else 0.0


def _placed(chart: Chart) -> tuple[list[dict[str, Any]], float]:
    """Each part of each bar with where it begins and ends, and the length of the longest bar."""
    ends: dict[Any, float] = {}
    rows = []
    for row in _rows(chart):
        low = ends.get(row["x"], 0.0)
        value = row["value"] or 0.0
        ends[row["x"]] = low + value
        fill = FILLS[chart.series.index(row["series"]) % len(FILLS)]
        rows.append(
            {
                **row,
                "value": value,
                "low": low,
                "high": low + value,
                "middle": low + value / 2,
                "text": f"{row['series']} {row['said']}",
                "ink": "#ffffff" if fill in ON_DARK else INK,
            }
        )
    return rows, max(ends.values(), default=0.0)
