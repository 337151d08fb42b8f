"""What a paper takes from the law and the level of its date: “Retligt grundlag”, and the annex on kan and skal."""

from collections.abc import Iterator, Sequence
from datetime import date

from mentorkorps.domain.codes import OBLIGATION_WORDS, OBLIGATIONS
from mentorkorps.domain.danish import capitalised, thousands
from mentorkorps.domain.dates import NBSP, long_date, write_minutes
from mentorkorps.domain.law import Rule
from mentorkorps.domain.letter.document import Block, Paragraph, Table
from mentorkorps.domain.paper.compose import Part
from mentorkorps.domain.service_level import LevelRow

OPEN = "ikke fastsat"
HEADER = ("Opgave", "Hjemmel", "I niveauet", "Tid om ugen", "Uger", "Timer pr. forløb", "Kroner pr. forløb")


def law_text(rules: Sequence[Rule], on: date) -> str:
    """A start of “Retligt grundlag”: what the law gives on a day, strongest first, a line for each rule."""
    lines = [
        f"- {rule.citation}: {rule.title} ({OBLIGATION_WORDS[obligation]})"
        for obligation in OBLIGATIONS
        for rule in _giving(rules, obligation)
    ]
    if not lines:
        return f"Der er ingen regler om mentorstøtte i programmet for {long_date(on)}."
    return "\n".join([f"Reglerne om mentorstøtte, som de gælder {long_date(on)}:", "", *lines])


def may_must_annex(
    rules: Sequence[Rule],
    rows: Sequence[LevelRow],
    *,
    on: date,
    number: int,
    level: str,
    ore_per_hour: int | None,
) -> tuple[Part, ...]:
    """The annex on what must be given, what is a right and what may be given, with hours and money for one course.

    Hours are the level's; money is hours times `ore_per_hour`. What has not been fixed says so and is no zero.
    """
    price = "ikke oplyst" if ore_per_hour is None else f"{_kroner(ore_per_hour)} pr. time"
    head = (
        Paragraph(
            f"Loven er vist, som den gælder {long_date(on)}. Timerne er dem i {level}. Prisen er {price}."
        ),
        Paragraph("Et serviceniveau vejleder. Det kan ikke sætte en pligt eller en ret ned."),
    )
    tables = tuple(_tables(rules, rows, ore_per_hour))
    return (Part(f"Bilag {number}: Kan- og skal-opgaver", 2, (*head, *tables), new_page=True),)


def _tables(rules: Sequence[Rule], rows: Sequence[LevelRow], ore: int | None) -> Iterator[Block]:
    for obligation in OBLIGATIONS:
        lines = tuple(line for rule in _giving(rules, obligation) for line in _lines(rule, rows, ore))
        if lines:
            yield Table(HEADER, lines, capitalised(OBLIGATION_WORDS[obligation]))


def _giving(rules: Sequence[Rule], obligation: str) -> list[Rule]:
    return [rule for rule in rules if rule.kind == "gives" and rule.obligation == obligation]


def _lines(rule: Rule, rows: Sequence[LevelRow], ore: int | None) -> Iterator[tuple[str, ...]]:
    """A line for each row of the level about the same task; one without when the level is silent."""
    found = [row for row in rows if rule.function in row.functions]
    task, citation = capitalised(rule.title), _unbroken(rule.citation)
    if not found:
        yield task, citation, "ingen række", OPEN, OPEN, OPEN, OPEN
    for row in found:
        yield task, citation, row.label, *_cells(row, ore)


def _unbroken(citation: str) -> str:
    """A citation whose numbers stay with their sign, whatever the width of a column."""
    return citation.replace("§ ", f"§{NBSP}").replace("stk. ", f"stk.{NBSP}")


def _cells(row: LevelRow, ore: int | None) -> tuple[str, str, str, str]:
    week = OPEN if row.minutes_per_week is None else write_minutes(row.minutes_per_week)
    weeks = OPEN if row.weeks is None else str(row.weeks)
    if row.minutes_per_week is None or row.weeks is None:
        return week, weeks, OPEN, OPEN
    minutes = row.minutes_per_week * row.weeks
    cost = "pris ikke oplyst" if ore is None else _kroner(minutes * ore // 60)
    return week, weeks, write_minutes(minutes), cost


def _kroner(ore: int) -> str:
    """Øre as 1.234,50 kr.; whole kroner without decimals."""
    kroner, rest = divmod(ore, 100)
    return f"{thousands(kroner)}{f',{rest:02}' if rest else ''}{NBSP}kr."
