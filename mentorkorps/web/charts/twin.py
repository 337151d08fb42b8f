"""The twin of a chart: the same figures as a table of Danish text."""

from dataclasses import dataclass

from mentorkorps.domain.danish import listed, write_number
from mentorkorps.web.charts.model import Chart, Point

MISSING = "mangler"


@dataclass(frozen=True)
class ChartTable:
    """The column heads, and rows whose first cell is their heading."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def table(chart: Chart) -> ChartTable:
    """One row for each place and one column for each series; a figure that is missing is said to be."""
    found = {(point.x, point.series): point for point in chart.points}
    unit = f", {chart.unit}" if chart.unit else ""
    rows = tuple(
        (chart.place_in_words(place), *(in_words(found.get((place, name))) for name in chart.series))
        for place in chart.places
    )
    return ChartTable((chart.x_label, *(f"{name}{unit}" for name in chart.series)), rows)


def gaps(chart: Chart) -> str:
    """A sentence on the figures that are missing, or nothing."""
    missing = [f"{point.series} ({point.x})" for point in chart.points if point.value is None]
    return f"Tal mangler: {listed(missing)}." if missing else ""


def in_words(point: Point | None) -> str:
    """The figure with its interval: 34 (31 til 38)."""
    if point is None or point.value is None:
        return MISSING
    if point.low is None or point.high is None:
        return write_number(point.value)
    return f"{write_number(point.value)} ({write_number(point.low)} til {write_number(point.high)})"
