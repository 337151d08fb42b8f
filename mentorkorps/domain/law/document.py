"""The rows of the law as a page of Markdown, in English around the Danish texts: `docs/rules.md`."""

from collections.abc import Iterable, Iterator
from datetime import date

from mentorkorps.domain.codes import FUNCTIONS
from mentorkorps.domain.law.conditions import TESTS
from mentorkorps.domain.law.findings import DurationRule
from mentorkorps.domain.law.groups import groups
from mentorkorps.domain.law.reading import Dated, read
from mentorkorps.domain.law.rows import DEMANDS, Regime, Rule, contacts, regimes, rules
from mentorkorps.domain.law.tables import transitions

_HEAD = """# The law as it stands in Mentorkorps

This page is written by `python -m mentorkorps.domain.law` from the rows in `mentorkorps/domain/law/data`; a test fails
when it is stale. Texts of law are Danish as they are.

*Certainty*: `verified` = compared with the law's own text by a named person; `found` = read in a public page or source
document; `known` = general professional knowledge; `uncertain` = not to be relied on. Nobody has verified a row yet
unless the row says who and when. A date without an end is in force until the data says otherwise.
"""


def rules_as_markdown() -> str:
    """The whole page."""
    parts = (_regimes, _readings, _giving, _terms, _contacts, _transitions, _money, _accounts, _groups)
    return "\n".join([_HEAD, *(line for part in parts for line in part())]).rstrip() + "\n"


def _regimes() -> Iterator[str]:
    yield "## Regimes\n"
    rows = ((r.code, r.title, _span(r), r.certainty, _kind(r)) for r in regimes())
    yield from _table(("Code", "Title", "In force", "Certainty", ""), rows)


def _kind(regime: Regime) -> str:
    return "expected, never decides" if regime.expected else "overlay" if regime.overlay else ""


def _readings() -> Iterator[str]:
    yield "## Readings chosen where the sources leave room\n"
    for row in read("readings")["reading"]:
        yield f"- {', '.join(row['rows'])}: {row['says']}"
    yield ""


def _giving() -> Iterator[str]:
    yield "## Rules that give a mentor\n"
    for rule in rules():
        if rule.kind == "gives":
            yield from _rule(rule)


def _rule(rule: Rule) -> Iterator[str]:
    yield f"### {rule.id} · {rule.citation} · {_span(rule)}\n"
    yield f"**{rule.title}** — {rule.obligation}, {FUNCTIONS[rule.function]} (`{rule.function}`)\n"
    yield f"{rule.rule_says}\n"
    yield "- Borgeren " + "; ".join(TESTS[name].text for name in rule.conditions) + "."
    yield f"- Formål: {rule.purpose}."
    yield f"- Varighed: {_duration(rule.duration)}."
    yield "- Krav: " + "; ".join(DEMANDS[demand] for demand in rule.demands) + "."
    if rule.other_citations:
        yield "- Læses med " + ", ".join(rule.other_citations) + "."
    for reading in rule.other_readings:
        otherwise = f"højst {reading.at_most}" if reading.at_most else f"`{reading.obligation}`"
        yield f"- {reading.source} læser reglen anderledes: {otherwise}."
    for note in rule.notes:
        yield f"- Note: {note}"
    if rule.replaced_by:
        yield f"- Afløses af {', '.join(rule.replaced_by)}."
    yield f"- Certainty `{rule.certainty}`: {rule.source}. {_verified(rule)}\n"


def _duration(duration: DurationRule) -> str:
    bounds = [f"mindst {duration.at_least} i alt"] if duration.at_least else []
    bounds += [f"højst {duration.at_most} ad gangen"] if duration.at_most else []
    bounds += ["kan forlænges"] if duration.renewable else []
    return ", ".join(bounds) or "ingen grænse i rækken"


def _verified(rule: Rule) -> str:
    return f"Verified by {rule.verified_by} on {rule.verified_on}." if rule.verified_by else "Not verified."


def _terms() -> Iterator[str]:
    yield "## Rows that say how support is given, paid and read\n"
    yield "These give nobody a mentor by themselves. R5-01 is only expected.\n"
    rows = (
        (
            rule.id,
            rule.citation,
            _span(rule),
            f"**{rule.title}**: {' '.join((rule.text, *rule.notes))}",
            _source(rule),
        )
        for rule in rules()
        if rule.kind == "term"
    )
    yield from _table(("Row", "Citation", "In force", "Text", "Certainty"), rows)


def _source(rule: Rule) -> str:
    return f"{rule.certainty}: {rule.source}"


def _contacts() -> Iterator[str]:
    yield "## Least contact\n"
    rows = (
        (row.row, ", ".join(row.rules), f"{row.rule.at_least} per {row.rule.every}", _span(row))
        for row in contacts()
    )
    yield from _table(("Row", "Rules", "Least contact", "In force"), rows)


def _transitions() -> Iterator[str]:
    yield "## Running agreements when the law shifts\n"
    yield "No source settles these; they are parameters.\n"
    rows = (
        (str(t.shift), t.citation, t.running_agreements, t.minimum_contact, t.certainty)
        for t in transitions()
    )
    yield from _table(("Shift", "Law", "Running agreements", "Least contact", "Certainty"), rows)


def _money() -> Iterator[str]:
    yield "## Reimbursement by the day of the cost\n"
    yield "The first row that fits answers. An empty percent means that the sources give none.\n"
    rows = (
        (
            _days(row["valid_from"], row.get("valid_to")),
            _who(row),
            str(row.get("percent", "")),
            row.get("ceiling", ""),
            f"{row['certainty']}: {row['source']}",
        )
        for row in read("reimbursement")["row"]
    )
    yield from _table(("Cost", "Who", "Percent", "Ceiling", "Certainty"), rows)


def _accounts() -> Iterator[str]:
    yield "## Accounts by the day of the cost\n"
    rows = (
        (
            _days(row["valid_from"], row.get("valid_to")),
            _who(row),
            " grp. ".join(part for part in (row["number"], row.get("grouping")) if part),
            row["meaning"],
            f"{row['certainty']}: {row['source']}",
        )
        for row in read("accounts")["row"]
    )
    yield from _table(("Cost", "Who", "Account", "Meaning", "Certainty"), rows)


def _groups() -> Iterator[str]:
    yield "## Target groups\n"
    yield from _table(
        ("Code", "Name", "In force", "Certainty"), ((g.code, str(g), _span(g), g.certainty) for g in groups())
    )


def _who(row: dict[str, list[str]]) -> str:
    who = ", ".join([*row.get("functions", ()), *row.get("groups", ())]) or "all others"
    return f"{who}; agreed before {row['agreed_before']}" if "agreed_before" in row else who


def _span(row: Dated) -> str:
    return _days(row.valid_from, row.valid_to)


def _days(first: date, last: date | None) -> str:
    return f"{first} – {last or ''}".strip()


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"
    yield ""
