"""The figures of a run that a paper can use: each number with its words, the rows as a table and as a chart."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mentorkorps.domain.codes import OBLIGATION_WORDS
from mentorkorps.domain.danish import write_number
from mentorkorps.domain.dates import NBSP
from mentorkorps.domain.letter.document import Block, Picture, Table

UNITS = {
    "citizens": ("borger", "borgere"),
    "citizens_touched": ("borger", "borgere"),
    "minutes_per_week": ("minut", "minutter"),
    "weeks": ("uge", "uger"),
    "hours_per_week": ("time", "timer"),
    "hours_per_year": ("time", "timer"),
    "hours_per_course": ("time", "timer"),
    "cost": ("kr.", "kr."),
    "reimbursement": ("kr.", "kr."),
    "net": ("kr.", "kr."),
    "headroom": ("kr.", "kr."),
    "cost_per_hour_at_budget": ("kr.", "kr."),
    "net_price_of_next_hour": ("kr.", "kr."),
    "amount": ("kr.", "kr."),
}
WORDS = {
    "total": "I alt",
    "by_obligation": "",
    "economy": "Penge",
    "proposal": "Forslaget",
    "difference": "Forslaget minus i dag",
    "rows": "",
    "ceiling": "loftet",
    "citizens": "borgere",
    "citizens_touched": "borgere, der berøres",
    "minutes_per_week": "minutter om ugen til en borger",
    "weeks": "uger",
    "hours_per_week": "timer om ugen",
    "hours_per_year": "timer om året",
    "hours_per_course": "timer i et forløb",
    "cost": "udgift om året",
    "reimbursement": "refusion om året",
    "net": "udgift efter refusion",
    "headroom": "budgettet minus udgiften",
    "cost_per_hour_at_budget": "budgettet delt på timerne",
    "net_price_of_next_hour": "en time mere, efter refusion",
    "amount": "beløb",
} | OBLIGATION_WORDS
ROWS = "rows"
CHART = "rows:chart"  # the same rows, drawn


@dataclass(frozen=True)
class Choice:
    """A figure to choose: where it stands in the result, what it is, and how a sentence has it."""

    path: str
    label: str
    shown: str
    value: Any = None
    block: Block | None = None

    @property
    def of_a_row(self) -> bool:
        """Whether it speaks of one row of a level, rather than of all of them."""
        return f"{ROWS}." in self.path


class NoFigure(KeyError):
    """The run has no figure at that place."""


def choice(result: Mapping[str, Any], path: str) -> Choice:
    """One figure of a result. Raises NoFigure for a path that leads to none."""
    for each in choices(result):
        if each.path == path:
            return each
    raise NoFigure(path)


def choices(result: Mapping[str, Any]) -> Iterator[Choice]:
    """Every figure of a result: the table and the chart of its rows, the sums, and the numbers of each row last."""
    yield from _of_answer(result)
    rows = result.get(ROWS)
    if isinstance(rows, list) and rows:
        yield Choice(ROWS, "Tabel: borgere og timer, række for række", "tabel", block=_table(result))
        yield Choice(CHART, "Diagram: timer om ugen, række for række", "diagram", block=_picture(result))
    yield from _numbers({name: value for name, value in result.items() if name != ROWS}, (), ())
    yield from _numbers({ROWS: result.get(ROWS)}, (), ())


def _of_answer(result: Mapping[str, Any]) -> Iterator[Choice]:
    """The table and the figures of an answer to a question (see `domain.questions`), as they were worded."""
    if "question" not in result:
        return
    table = result["table"]
    if table["rows"]:
        block = Table(tuple(table["header"]), tuple(tuple(row) for row in table["rows"]), table["caption"])
        yield Choice("table", f"Tabel: {table['caption']}", "tabel", block=block)
    for each in result["figures"]:
        yield Choice(f"figures.{each['key']}.value", each["label"], each["shown"], each["value"])


def _numbers(node: Any, path: tuple[str, ...], words: tuple[str, ...]) -> Iterator[Choice]:
    if isinstance(node, Mapping):
        for name, value in node.items():
            word = WORDS.get(name)
            if word is not None:
                yield from _numbers(value, (*path, name), (*words, word) if word else words)
    elif isinstance(node, list):
        for row in node:
            if isinstance(row, Mapping) and "key" in row:
                named = row.get("label") or row["key"]
                yield from _numbers(row, (*path, row["key"]), (*words, named))
    elif isinstance(node, int | float | Decimal) and not isinstance(node, bool):
        label = ": ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]
        yield Choice(".".join(path), label, _shown(path[-1], node), node)


def _shown(name: str, value: int | float | Decimal) -> str:
    """The number with its unit, unbreakable: 4.425 timer; kroner always with two decimals or none."""
    one, many = UNITS.get(name, ("", ""))
    exact = Decimal(str(value))
    number = _kroner(exact) if many == "kr." else write_number(exact)
    unit = one if exact == 1 else many
    return f"{number}{NBSP}{unit}" if unit else number


def _kroner(amount: Decimal) -> str:
    """Whole kroner without decimals, else two: 50,50."""
    written = write_number(amount)
    return f"{written}0" if "," in written and len(written.split(",")[1]) == 1 else written


def _table(result: Mapping[str, Any]) -> Table:
    rows = tuple(_line(row["label"], row) for row in result[ROWS])
    total = result.get("total")
    last = (_line("I alt", total),) if total else ()
    header = ("Opgave", "Skal, ret eller kan", "Borgere", "Minutter om ugen", "Timer om ugen")
    return Table(header, (*rows, *last), "Borgere og timer, række for række")


def _line(label: str, row: Mapping[str, Any]) -> tuple[str, ...]:
    minutes = row.get("minutes_per_week")
    return (
        label,
        OBLIGATION_WORDS.get(row.get("obligation", ""), ""),
        _cell(row.get("citizens")),
        "" if "obligation" not in row else _cell(minutes),
        _cell(row.get("hours_per_week")),
    )


def _cell(value: Any) -> str:
    return "mangler" if value is None else write_number(Decimal(str(value)))


def _picture(result: Mapping[str, Any]) -> Picture:
    """The hours a week of each row as bars, beside the proposal's where there is one."""
    proposed = {row["key"]: row for row in (result.get("proposal") or {}).get(ROWS, ())}
    points = [(row["label"], "I dag", _exact(row.get("hours_per_week"))) for row in result[ROWS]]
    points += [
        (row["label"], "Forslaget", _exact(proposed[row["key"]].get("hours_per_week")))
        for row in result[ROWS]
        if row["key"] in proposed
    ]
    beside = " i dag og med forslaget" if proposed else ""
    largest = max(result[ROWS], key=lambda row: row.get("hours_per_week") or 0)
    description = (
        f"Søjler med timer om ugen for hver opgave{beside}. Flest er der til {largest['label']}: "
        f"{_cell(largest.get('hours_per_week'))} timer om ugen."
    )
    title = f"Timer om ugen{beside}"
    chart = {"title": title, "description": description, "kind": "bar", "x_label": "Opgave"} | {
        "y_label": "Timer om ugen", "unit": "timer", "points": tuple(points)
    }  # fmt: skip
    return Picture(title, description, chart)


def _exact(value: Any) -> str | None:
    return None if value is None else str(value)
