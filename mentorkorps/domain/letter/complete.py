"""The refusal to leave a blank: a letter that lacks something it must say is not written."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date

from mentorkorps.domain.law import authority_word


class Incomplete(ValueError):
    """The letter lacks something it must say. `field` is the name in the input; the message is Danish."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


_LABELS = {
    "address_lines": "adressen",
    "agreements": "aftalerne med borgeren",
    "answer": "borgerens svar",
    "answer_by": "fristen for at svare",
    "answer_how": "hvordan borgeren kan svare",
    "appeal_body": "hvem der behandler klagen",
    "authority": "myndighedens navn",
    "beyond_ordinary": "hvorfor opgaven går ud over det sædvanlige",
    "case_number": "sagens nummer",
    "citation": "den paragraf, der er brugt",
    "citations": "de paragraffer, aftalen bygger på",
    "citizen": "borgerens navn",
    "citizen_first_name": "borgerens fornavn",
    "citizen_initial": "borgerens forbogstav til efternavnet",
    "citizen_view": "borgerens egen mening",
    "considerations": "det, der er lagt mest vægt på",
    "cvr": "virksomhedens CVR-nummer",
    "decisive": "hvorfor mentoren er afgørende",
    "deviations": "det, der gik anderledes",
    "facts": "de vigtigste oplysninger",
    "firm": "virksomhedens navn",
    "first_meeting": "det første møde",
    "first_name": "fornavnet",
    "goal": "målet",
    "goals": "målene",
    "hearing": "partshøringen eller grunden til, at der ikke er hørt",
    "mentor": "mentoren",
    "municipality": "kommunens navn",
    "name": "navnet",
    "not_tasks": "det, der ikke er mentorens opgave",
    "note": "bemærkningen til målet",
    "information": "hvad der må tales om",
    "other_citations": "de andre paragraffer, der er brugt",
    "other_help": "den anden hjælp, der er overvejet",
    "owner": "hvem der gør det",
    "participants": "deltagerne",
    "phone": "telefonnummeret",
    "place": "stedet, hvor de mødes",
    "plan": "det, vi overvejer",
    "prospect": "vurderingen af, om mentoren kan hjælpe borgeren videre",
    "purpose": "formålet",
    "question": "spørgsmålet",
    "reason": "begrundelsen",
    "rule_says": "hvad reglen siger",
    "rule_title": "reglens navn",
    "safety": "noten om sikkerhed",
    "scale": "forklaringen af tallene",
    "shared": "samtykket",
    "signer": "den, der skriver under for virksomheden",
    "situation": "borgerens situation",
    "source": "hvor oplysningen kommer fra",
    "substitute": "vikarens navn",
    "task": "opgaven",
    "tasks": "mentorens opgaver",
    "text": "oplysningen",
    "title": "titlen",
    "unit": "afdelingens navn",
    "wage": "lønnen",
    "way": "hvilken vej oplysningerne må gå",
    "what": "hvad mødet handler om",
    "when": "hvornår mødet er",
    "where": "hvor mødet er",
    "works": "det, der virker",
}


def missing(field: str) -> Incomplete:
    """The error for a field that is not filled in, with the field's Danish name."""
    return Incomplete(field, f"Brevet mangler {_LABELS[field]}. Udfyld feltet, og prøv igen.")


def require(owner: object, *names: str) -> None:
    """Raises Incomplete for the first of the named fields that is None or empty."""
    for name in names:
        if getattr(owner, name) in (None, ()):
            raise missing(name)


def require_texts(owner: object) -> None:
    """Raises Incomplete for the first blank text anywhere inside; None is a decided absence, blank is not."""
    for name, text in texts_of(owner):
        if not text.strip():
            raise missing(name)


_CPR = re.compile(r"\b\d{6}[- ]?\d{4}\b")


def require_no_cpr(owner: object, paper: str) -> None:
    """Raises Incomplete where a text of a paper that others read carries what looks like a CPR number."""
    for name, text in texts_of(owner):
        if _CPR.search(text):
            raise Incomplete(name, f"Der står et CPR-nummer i {paper}. Slet det, og prøv igen.")


def texts_of(value: object, name: str = "text") -> Iterator[tuple[str, str]]:
    """(field, text) for every text inside a frozen input."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_of(item, name)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_of(getattr(value, field.name), field.name)


def require_authority(authority: str, dated: date) -> None:
    """Raises Incomplete where a letter names the jobcenter on a day when the act no longer does."""
    word = authority_word(dated)
    if authority.lower().startswith("jobcent") and word != "jobcenteret":
        raise Incomplete(
            "authority", f"Brevet skal skrive “{word}”, som loven gør den dag, ikke “jobcenteret”."
        )
