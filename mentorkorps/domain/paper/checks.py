"""What a person should look at before a paper leaves the house: small numbers, and cases somebody may recognise.

The rules are simple on purpose and are told where they are shown. They find what looks dangerous; they decide nothing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from mentorkorps.domain.danish import listed
from mentorkorps.domain.letter.document import Block, Bullets, Numbered, Paragraph, Table
from mentorkorps.domain.paper.compose import Part

FEWEST = 5
RULES = {
    "few": "Et tal på 1 til 4 borgere kan pege på en bestemt person.",
    "told": "Kun ét tal i kolonnen er skjult, så det kan regnes ud af summen.",
    "case": "Afsnittet nævner en enkelt persons alder eller køn sammen med noget andet om personen.",
}
Kind = Literal["few", "told", "case"]
_WORDS = r"(?:én|to|tre|fire|[1-4])"
_WHO = r"(?:borger(?:e|en)?|person(?:er)?|deltager(?:e)?|unge|kvinder|mænd|kvinde|mand|forløb)"
_FEW = re.compile(rf"(?<![\w.,]){_WORDS}\s+{_WHO}\b", re.IGNORECASE)
_OF_PEOPLE = re.compile(r"borgere|personer|deltagere|unge|forløb|antal", re.IGNORECASE)
_HIDDEN = re.compile(r"under 5|færre end 5|<\s*5|skjult", re.IGNORECASE)
_TOTAL = re.compile(r"i alt|sum", re.IGNORECASE)
_TRAITS = {
    "alder": re.compile(r"\b\d{1,2}[- ]årig(?:e|t)?\b|\b(?:på|er) \d{1,2} år\b", re.IGNORECASE),
    "køn": re.compile(r"\b(?:mand|manden|kvinde|kvinden|pige|pigen|dreng|drengen)\b", re.IGNORECASE),
    "helbred": re.compile(
        r"\b(?:adhd|ocd|ptsd|autis\w*|skizofren\w*|psykose\w*|depressi\w*|angst|hjerneska\w*|\w*misbrug\w*|"
        r"alkoholi\w*|diagnose\w*|hiv|kræft|epilepsi|demens|bipolar\w*|borderline)\b",
        re.IGNORECASE,
    ),
    "familie": re.compile(
        r"\b(?:enlig (?:mor|far)|(?:mor|far) til|enke|enkemand|gravid|skilt)\b", re.IGNORECASE
    ),
    "oprindelse": re.compile(r"\b(?:flygtning|indvandrer|asylansøger|kommer fra [A-ZÆØÅ])", re.IGNORECASE),
    "bolig": re.compile(r"\b(?:hjemløs|krisecenter|herberg\w*|bor (?:i|på) [A-ZÆØÅ]\w+)\b"),
    "straf": re.compile(r"\b(?:afsoner|løsladt|fængsel\w*|dømt)\b", re.IGNORECASE),
}
_OF_ONE = {"alder", "køn"}


@dataclass(frozen=True)
class Concern:
    """A place to look at: the section, the rule's code (see RULES), and the words or cells that were found."""

    heading: str
    kind: Kind
    found: str


def concerns(parts: Iterable[Part]) -> tuple[Concern, ...]:
    """Every place in a paper that a person should judge, in the paper's order."""
    return tuple(concern for part in parts for block in part.blocks for concern in _of_block(part, block))


def _of_block(part: Part, block: Block) -> Iterator[Concern]:
    match block:
        case Paragraph(text=text):
            yield from _of_text(part.heading, text)
        case Bullets(items=items) | Numbered(items=items):
            for item in items:
                yield from _of_text(part.heading, item)
        case Table():
            yield from _of_table(part.heading, block)


def _of_text(heading: str, text: str) -> Iterator[Concern]:
    for few in _FEW.finditer(text):
        yield Concern(heading, "few", few.group())
    traits = {name: found.group() for name, rule in _TRAITS.items() if (found := rule.search(text))}
    if len(traits) >= 2 and _OF_ONE & set(traits):
        yield Concern(heading, "case", listed([f"{name} ({word})" for name, word in traits.items()]))


def _of_table(heading: str, table: Table) -> Iterator[Concern]:
    """Small numbers in the columns that count people, and one hidden cell beside a total."""
    for place, name in enumerate(table.header):
        if place == 0 or not _OF_PEOPLE.search(name):
            continue
        column = [(row[0], row[place]) for row in table.rows]
        for label, cell in column:
            if cell.isdigit() and 0 < int(cell) < FEWEST:
                yield Concern(heading, "few", f"{label}, {name.lower()}: {cell}")
        hidden = [label for label, cell in column if _HIDDEN.search(cell)]
        if len(hidden) == 1 and any(_TOTAL.search(label) for label, _ in column):
            yield Concern(heading, "told", f"{hidden[0]}, {name.lower()}")
