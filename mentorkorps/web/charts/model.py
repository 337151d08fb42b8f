"""What a chart is, before anybody draws it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

Number = int | Decimal


class Point(NamedTuple):
    """One figure of a chart. `x` is a category, or a whole number such as a week; None is a figure that is missing.

    `low` and `high` are the interval around the value, in the kinds that show one.
    """

    x: str | int
    series: str
    value: Number | None
    low: Number | None = None
    high: Number | None = None


class Limit(NamedTuple):
    """A line across the whole picture with its name, such as a ceiling."""

    label: str
    value: Number


@dataclass(frozen=True)
class Chart:
    """What a chart shows, in Danish. `description` says in a sentence or two what one sees.

    `kind`: "bar" (categories down, a bar for each series), "stacked" (the series of a category end to end), "line",
    "band" (a line within low and high) or "interval" (a mark within low and high, categories down). `x_label` names
    what the places are, `y_label` what is measured; `unit` stands in the heads of the table, such as "timer".
    Series and places keep the order in which `points` names them. `names` is what whole numbers along a line are
    called from 1 on, such as months: they stand on the axis and in the table instead of the numbers.
    """

    title: str
    description: str
    kind: Literal["bar", "stacked", "line", "band", "interval"]
    x_label: str
    y_label: str
    unit: str
    points: tuple[Point, ...]
    limit: Limit | None = None
    names: tuple[str, ...] = ()

    def place_in_words(self, place: str | int) -> str:
        """A place along the chart as it is read."""
        return self.names[place - 1] if self.names and isinstance(place, int) else str(place)

    @property
    def series(self) -> tuple[str, ...]:
        """The names of the series, in order."""
        return tuple(dict.fromkeys(point.series for point in self.points))

    @property
    def places(self) -> tuple[str | int, ...]:
        """The categories or numbers along the chart, in order."""
        return tuple(dict.fromkeys(point.x for point in self.points))
