"""Danish dates, weeks and durations: reading, counting and writing them.

A *week number* is a whole number, Mondays counted from 5 January 1970, so that weeks can be compared,
subtracted and indexed across year ends. `iso_week` turns it into the (year, week) people write.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

from mentorkorps.domain.danish import thousands

FIRST_MONDAY = date(1970, 1, 5)
NBSP = "\u00a0"
LONGEST_SAID = 40  # characters of what is no date, in the message about it
MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip
MONTHS_SHORT = (
    "jan.", "feb.", "mar.", "apr.", "maj", "jun.",
    "jul.", "aug.", "sep.", "okt.", "nov.", "dec.",
)  # fmt: skip
DAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")


def week_number(day: date) -> int:
    """The week that `day` lies in, counted from the week of 5 January 1970."""
    return (day - FIRST_MONDAY).days // 7


def week_start(week: int) -> date:
    """Monday of a week number."""
    return FIRST_MONDAY + timedelta(weeks=week)


def week_end(week: int) -> date:
    """Sunday of a week number."""
    return week_start(week) + timedelta(days=6)


def iso_week(week: int) -> tuple[int, int]:
    """(ISO year, ISO week) of a week number; 31 December may belong to week 1 of the next year."""
    year, number, _ = week_start(week).isocalendar()
    return year, number


def add_months(day: date, months: int) -> date:
    """The same day `months` calendar months later; the last day of a shorter month stands in for a missing one."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def month_end(month: date) -> date:
    """The last day of the month that begins on a day."""
    return add_months(month, 1) - timedelta(days=1)


def age_on(birth: date, day: date) -> int:
    """Whole years lived on `day`. Whoever is born on 29 February turns a year older on 1 March."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


@dataclass(frozen=True)
class Duration:
    """A length in calendar months or weeks, one of the two.

    Months are calendar months and the last day counts: six months from 15 January end on 14 July
    (law.md uncertainty 23 names this the municipality's parameter; this is its default reading).
    """

    months: int | None = None
    weeks: int | None = None

    def __post_init__(self) -> None:
        if (self.months is None) == (self.weeks is None):
            raise ValueError("a duration is either months or weeks")

    def last_day(self, start: date) -> date:
        """The last day inside the duration when it begins on `start`."""
        if self.weeks is not None:
            return start + timedelta(weeks=self.weeks, days=-1)
        return add_months(start, self.months or 0) - timedelta(days=1)

    def as_json(self) -> dict[str, int]:
        """`{"months": 6}` or `{"weeks": 26}`."""
        return {"months": self.months} if self.months is not None else {"weeks": self.weeks or 0}

    @classmethod
    def from_json(cls, data: Mapping[str, int]) -> "Duration":
        """The inverse of `as_json`."""
        return cls(months=data.get("months"), weeks=data.get("weeks"))

    def __str__(self) -> str:
        amount, one, many = (
            (self.months, "måned", "måneder") if self.months is not None else (self.weeks, "uge", "uger")
        )
        return f"{amount}{NBSP}{one if amount == 1 else many}"


class UnreadableDate(ValueError):
    """The text is no date; the message is Danish and says what would be."""


_PATTERNS = (
    re.compile(r"(?P<d>\d{1,2})[-./ ](?P<m>\d{1,2})[-./ ](?P<y>\d{4}|\d{2})"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    re.compile(r"(?P<d>\d{2})(?P<m>\d{2})(?P<y>\d{4}|\d{2})"),
    re.compile(rf"(?P<d>\d{{1,2}})\.? (?P<name>{'|'.join(MONTHS)}) (?P<y>\d{{4}})"),
)


def parse_date(text: str) -> date:
    """Reads 22-11-2026, 22.11.2026, 22/11 26, 221126, 2026-11-22 and 22. november 2026.

    A two-digit year means 2000–2069 or 1970–1999. Raises UnreadableDate with a Danish message.
    """
    clean = " ".join(text.replace(NBSP, " ").strip().lower().split())
    match = next((m for m in (p.fullmatch(clean) for p in _PATTERNS) if m), None)
    if match is None:
        said = text if len(text) <= LONGEST_SAID else f"{text[:LONGEST_SAID]}…"
        raise UnreadableDate(f"“{said}” er ikke en dato. Skriv fx 22-11-2026.")
    parts = match.groupdict()
    month = MONTHS.index(parts["name"]) + 1 if parts.get("name") else int(parts["m"])
    year = int(parts["y"])
    if year < 100:
        year += 2000 if year < 70 else 1900
    try:
        return date(year, month, int(parts["d"]))
    except ValueError:
        raise UnreadableDate(f"Datoen {text} findes ikke i kalenderen. Skriv fx 22-11-2026.") from None


def long_date(day: date) -> str:
    """22. november 2026, with no break inside."""
    return f"{day.day}.{NBSP}{MONTHS[day.month - 1]}{NBSP}{day.year}"


def short_date(day: date, *, today: date | None = None) -> str:
    """22. nov., with the year where it is not the year of `today` (or always when `today` is None)."""
    text = f"{day.day}.{NBSP}{MONTHS_SHORT[day.month - 1]}"
    return text if today is not None and day.year == today.year else f"{text}{NBSP}{day.year}"


def field_date(day: date) -> str:
    """22-11-2026, as fields and lists write it."""
    return f"{day:%d-%m-%Y}"


def write_minutes(minutes: int) -> str:
    """45 min., 1 t., 1 t. 30 min.; negative with a true minus."""
    sign = "−" if minutes < 0 else ""
    hours, rest = divmod(abs(minutes), 60)
    parts = [f"{thousands(hours)}{NBSP}t."] if hours else []
    if rest or not hours:
        parts.append(f"{rest}{NBSP}min.")
    return sign + NBSP.join(parts)


@lru_cache(maxsize=64)
def danish_holidays(year: int) -> Mapping[date, str]:
    """Statutory Danish holidays of a year with their Danish names; no local closing days."""
    return dict(holidays.country_holidays("DK", years=year, language="da").items())
