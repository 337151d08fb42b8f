"""Reading one cell. A reader takes a text that is not empty and gives the value, or says in Danish why it cannot.

No message repeats what stood in the cell: it says what sort of value it was.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from stdnum.dk import cpr as stdnum_cpr
from stdnum.exceptions import ValidationError as WrongNumber

from mentorkorps.domain.danish import thousands
from mentorkorps.domain.dates import UnreadableDate, parse_date
from mentorkorps.domain.intake.table import ERROR, FORMULA
from mentorkorps.domain.money import parse_number

FIRST_YEAR, LAST_YEAR = 1900, 2100
MOST_HOURS = 168  # in a week
MOST_NAMED = 25  # words that a message lists
YES, NO = {"ja", "j", "x", "1", "sand", "true"}, {"nej", "n", "0", "falsk", "false"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")


class Unusable(ValueError):
    """A cell cannot be used; the message is Danish, holds no value, and says what to write."""


@dataclass(frozen=True)
class Around:
    """What a file is read against: the day, and for each set of words the value that each (in lower case) means."""

    today: date
    words: Mapping[str, Mapping[str, Any]]


Reader = Callable[[str, Around], Any]


def kind_of(text: str) -> str:
    """What sort of value a text is, without telling it."""
    if text == FORMULA:
        return "en formel"
    if text == ERROR:
        return "en fejl fra regnearket"
    digits = re.sub(r"[\s-]", "", text)
    try:
        parse_date(text)
    except UnreadableDate:
        if digits.isdecimal():
            return _digits(digits)
        return "en e-mail" if _EMAIL.fullmatch(text) else f"en tekst på {thousands(len(text))} tegn"
    return "en dato" if not digits.isdecimal() or len(digits) == 8 else _digits(digits)


def _digits(text: str) -> str:
    return "1 ciffer" if len(text) == 1 else f"{len(text)} cifre"


def canonical(text: str) -> str:
    """A text with one sort of line end and nothing blank around it: two that look alike are the same."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def text(most: int) -> Reader:
    """A text of at most so many characters."""

    def read(cell: str, around: Around) -> str:
        said = canonical(cell)
        if len(said) > most:
            raise Unusable(f"her står {thousands(len(said))} tegn. Skriv højst {thousands(most)}.")
        if _CONTROL.search(said):
            raise Unusable("teksten har et tegn, der ikke kan vises. Skriv cellen igen.")
        return said

    return read


def cpr(cell: str, around: Around) -> str:
    """Ten digits with a birth date that exists. Modulus 11 is nobody's business here (cpr.dk, since October 2007)."""
    digits = re.sub(r"[\s-]", "", cell)
    if not (digits.isascii() and digits.isdigit()):
        raise Unusable(f"her står {kind_of(cell)}. Et CPR-nummer er 10 cifre, fx 010190-1234.")
    if len(digits) == 9:
        raise Unusable(
            "her står 9 cifre. Er det første 0 faldet væk? Lav kolonnen om til tekst, og skriv 10 cifre."
        )
    if len(digits) != 10:
        raise Unusable(f"her står {_digits(digits)}. Et CPR-nummer er 10 cifre, fx 010190-1234.")
    try:
        born = stdnum_cpr.get_birth_date(digits)
    except WrongNumber:
        raise Unusable("de første 6 cifre er ikke en dato, der findes. Se efter i borgerens sag.") from None
    if born > around.today:
        raise Unusable("fødselsdatoen ligger i fremtiden. Se efter i borgerens sag.")
    return digits


def fails_modulus_11(digits: str) -> bool:
    """Whether the check digit of a CPR number is another than it was before 2007; many real numbers' are."""
    return bool(stdnum_cpr.checksum(digits))


def day(cell: str, around: Around) -> date:
    """A day of a year that somebody can mean."""
    try:
        read = parse_date(cell)
    except UnreadableDate:
        raise Unusable(f"her står {kind_of(cell)} og ikke en dag, der findes. Skriv fx 22-11-2026.") from None
    if not FIRST_YEAR <= read.year <= LAST_YEAR:
        raise Unusable(f"året kan ikke passe. Skriv et år fra {FIRST_YEAR} til {LAST_YEAR}.")
    return read


def day_past(cell: str, around: Around) -> date:
    """A day that has been."""
    read = day(cell, around)
    if read > around.today:
        raise Unusable("dagen ligger i fremtiden. Skriv den dag, det skete.")
    return read


def whole(most: int) -> Reader:
    """A whole number from 0."""

    def read(cell: str, around: Around) -> int:
        if not (cell.isascii() and cell.isdigit() and len(cell) < 9):
            raise Unusable(f"her står {kind_of(cell)} og ikke et helt tal. Skriv fx 12.")
        if int(cell) > most:
            raise Unusable(f"tallet er for stort. Skriv højst {thousands(most)}.")
        return int(cell)

    return read


def birth_year(cell: str, around: Around) -> int:
    """The year in which somebody living was born."""
    if not re.fullmatch(r"[0-9]{4}", cell):
        raise Unusable(f"her står {kind_of(cell)} og ikke et år. Skriv fire cifre, fx 1985.")
    if not FIRST_YEAR <= int(cell) <= around.today.year:
        raise Unusable(f"året kan ikke passe. Skriv et år fra {FIRST_YEAR} til {around.today.year}.")
    return int(cell)


def hours(cell: str, around: Around) -> int:
    """Hours a week, fx 22,5, as whole minutes."""
    try:
        read = parse_number(cell)
    except ValueError:
        raise Unusable(f"her står {kind_of(cell)} og ikke timer. Skriv fx 22,5.") from None
    if not 0 <= read <= MOST_HOURS:
        raise Unusable(f"en uge har højst {MOST_HOURS} timer. Skriv fx 22,5.")
    return round(read * Decimal(60))


def flag(cell: str, around: Around) -> bool:
    """Yes or no."""
    said = cell.lower()
    if said in YES | NO:
        return said in YES
    raise Unusable(f"her står {kind_of(cell)}. Skriv ja eller nej.")


def phone(cell: str, around: Around) -> str:
    """A telephone number, as it is written."""
    said: str = text(20)(cell, around)
    if not re.fullmatch(r"[0-9+() -]+", said):
        raise Unusable(f"her står {kind_of(cell)} og ikke et telefonnummer. Skriv fx 12 34 56 78.")
    return said


def email(cell: str, around: Around) -> str:
    """An e-mail address in lower case."""
    said: str = text(254)(cell, around)
    if not _EMAIL.fullmatch(said):
        raise Unusable(f"her står {kind_of(cell)} og ikke en e-mail. Skriv fx navn@kommune.dk.")
    return said.lower()


def word(which: str, means: str, *, named: bool = True) -> Reader:
    """A word of one of the sets of words, as what it means; `means` says in Danish what to write instead.

    A refusal lists the known words where they are few, unless they are not to be `named`.
    """

    def read(cell: str, around: Around) -> Any:
        known = around.words[which]
        said = " ".join(cell.lower().split())
        if said not in known:
            raise Unusable(
                f"her står {kind_of(cell)}, som ikke kendes. {means}{_listed(known) if named else ''}"
            )
        return known[said]

    return read


def _listed(known: Mapping[str, Any]) -> str:
    return f" Kendte: {', '.join(known)}." if 0 < len(known) <= MOST_NAMED else ""


def several(one: Reader) -> Reader:
    """A list with commas between, each once, read one by one."""

    def read(cell: str, around: Around) -> list[Any]:
        said = [each.strip() for each in cell.split(",") if each.strip()]
        return list(dict.fromkeys(one(each, around) for each in said))

    return read
