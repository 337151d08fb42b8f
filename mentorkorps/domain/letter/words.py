"""Danish wording that letters share: amounts, periods, rhythms, lists and citations.

Numbers and their units are held together by a no-break space.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mentorkorps.domain.danish import capitalised, listed
from mentorkorps.domain.dates import MONTHS, NBSP, long_date

LAW_NAMES = {
    "LAB": "lov om en aktiv beskæftigelsesindsats",
    "LAS": "lov om aktiv socialpolitik",
    "SEL": "lov om social service",
    "RSL": "retssikkerhedsloven",
    "FVL": "forvaltningsloven",
    "OFL": "offentlighedsloven",
}
_NUMBERS = ("nul", "én", "to", "tre", "fire", "fem", "seks", "syv")


def amount(minutes: int) -> str:
    """45 minutter, 1 time, 2 timer og 30 minutter."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours}{NBSP}{'time' if hours == 1 else 'timer'}"] if hours else []
    if rest or not hours:
        parts.append(f"{rest}{NBSP}{'minut' if rest == 1 else 'minutter'}")
    return " og ".join(parts)


def span(start: date, end: date) -> str:
    """22. juni til og med 20. december 2026; the year twice only where it changes."""
    first = long_date(start)
    if start.year == end.year:
        first = f"{start.day}.{NBSP}{MONTHS[start.month - 1]}"
    return f"{first} til og med {long_date(end)}"


def standing_in(start: date, end: date, back: str | None) -> str:
    """How long somebody stands in: to a day, or until the mentor named in `back` is back, and no longer than that."""
    if not back:
        return span(start, end)
    return f"{long_date(start)}, til {back} er tilbage, dog højst til {long_date(end)}"


def genitive(name: str) -> str:
    """Fatimas; Jens' and Max', as Dansk Sprognævn writes names that end in s, x or z."""
    return f"{name}'" if name[-1].lower() in "sxz" else f"{name}s"


def sentence(text: str) -> str:
    """The text with a capital first and a full stop last, unless it closes itself ("Jeg kan selv.")."""
    clean = capitalised(text.strip())
    return clean if re.search(r"[.!?:][”’\"')]*$", clean) else f"{clean}."


@dataclass(frozen=True)
class Rhythm:
    """How often citizen and mentor are in contact at least, and whether the law or the agreement says so."""

    every: Literal["week", "fortnight"]
    at_least: int
    by: Literal["law", "agreement"]

    def __str__(self) -> str:
        """én gang om ugen, to gange hver anden uge."""
        count = _NUMBERS[self.at_least] if self.at_least < len(_NUMBERS) else str(self.at_least)
        period = "om ugen" if self.every == "week" else "hver anden uge"
        return f"{count} {'gang' if self.at_least == 1 else 'gange'} {period}"


def meet_words(rhythm: Rhythm | None) -> str:
    """The rhythm as a sentence to the citizen."""
    if rhythm is None:
        return "I aftaler selv, hvor tit I mødes."
    return f"I mødes mindst {rhythm}."


def tidy_citation(text: str) -> str:
    """§ 167, stk. 1, with no break between a mark and its number."""
    return re.sub(r"(§§?|stk\.|nr\.|kap\.) ", rf"\1{NBSP}", text)


def spelled_out(citations: tuple[str, ...], *, named: str = "") -> str:
    """§ 93 og § 31 c i lov om en aktiv beskæftigelsesindsats, from "LAB § 93" and "LAB § 31 c".

    A law already `named` (its abbreviation) becomes "samme lov". A citation that does not begin with
    a known abbreviation and a paragraph is kept as it is.
    """
    by_law: dict[str, list[str]] = {}
    for citation in citations:
        law, _, paragraph = citation.partition(" §")
        known = law in LAW_NAMES and paragraph
        by_law.setdefault(law if known else "", []).append(f"§{paragraph}" if known else citation)
    groups = []
    for law, paragraphs in by_law.items():
        if law:
            name = "samme lov" if law == named else LAW_NAMES[law]
            groups.append(f"{listed(tuple(map(_closed, paragraphs)))} i {name}".replace(",,", ","))
        else:
            groups.append(listed(tuple(paragraphs)))
    return tidy_citation(listed(tuple(groups)))


def _closed(paragraph: str) -> str:
    """§ 31 b, stk. 1, with the comma that closes what the first one opened."""
    return f"{paragraph}," if "," in paragraph else paragraph


def law_of(citation: str) -> str:
    """The abbreviation of the law that is cited, or an empty text."""
    law = citation.partition(" §")[0]
    return law if law in LAW_NAMES else ""
