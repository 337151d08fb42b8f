"""What the fields of a rule and their values are called on a page."""

from datetime import date
from typing import Any, NamedTuple

from mentorkorps.domain import law
from mentorkorps.domain.codes import OBLIGATION_WORDS
from mentorkorps.domain.dates import long_date

FIELDS = {
    "citation": "Hjemmel",
    "valid_from": "Gælder fra",
    "valid_to": "Gælder til og med",
    "obligation": "Skal, ret eller kan",
    "at_most": "Højst ad gangen",
    "at_least": "Mindst i alt",
    "contact": "Mindste kontakt",
    "certainty": "Sikkerhed",
}
CERTAINTY = {
    "verified": "efterset i lovens egen tekst",
    "found": "fundet i de nævnte kilder",
    "known": "almindelig faglig viden",
    "uncertain": "usikker",
}
OBLIGATION = {**OBLIGATION_WORDS, "none": "giver intet i sig selv"}
GIVES = {"must": "skal have", "right": "har ret til", "may": "kan få"}
EVERY = {"week": "hver uge", "fortnight": "hver 14. dag"}
EMPTY = {
    "valid_to": "indtil videre",
    "at_most": "ingen grænse",
    "at_least": "ingen grænse",
    "contact": "intet krav",
}


class Difference(NamedTuple):
    """A field that reads otherwise, in words."""

    label: str
    before: str
    after: str


def value_in_words(name: str, value: Any) -> str:
    """A field's value as a sentence has it."""
    if value is None:
        return EMPTY[name]
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, law.ContactRule):
        return contact_in_words(value)
    return {"certainty": CERTAINTY, "obligation": OBLIGATION}.get(name, {}).get(value, str(value))


def contact_in_words(contact: law.ContactRule) -> str:
    """mindst 1 gang hver uge."""
    return f"mindst {contact.at_least} {'gang' if contact.at_least == 1 else 'gange'} {EVERY[contact.every]}"


def finding_differences(before: law.Finding | None, after: law.Finding | None) -> list[Difference]:
    """How a rule's answer about one citizen reads otherwise."""
    if before is None or after is None:
        return [Difference("Reglen", *(_stands(finding) for finding in (before, after)))]
    told = {name: (_of(before, name), _of(after, name)) for name in FIELDS if not name.startswith("valid")}
    return [
        Difference(FIELDS[name], value_in_words(name, old), value_in_words(name, new))
        for name, (old, new) in told.items()
        if old != new
    ]


def _stands(finding: law.Finding | None) -> str:
    if finding is None:
        return "giver ikke noget"
    return f"{OBLIGATION[finding.obligation]}, {finding.citation}" + (
        "" if finding.met else ", mangler oplysninger"
    )


def _of(finding: law.Finding, name: str) -> Any:
    return getattr(finding.duration, name) if name in ("at_most", "at_least") else getattr(finding, name)
