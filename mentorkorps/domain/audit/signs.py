"""What a person should look at in the meetings of a month, and the citizen's words beside them. Never a verdict."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mentorkorps.domain.dates import write_minutes

ENOUGH = 3  # meetings: a pattern in fewer says nothing
ROUND = 30  # minutes
AT_ONCE = 10  # minutes between the first and the last registration
ROOM = 25  # percent that a memory may differ before it is pointed out


@dataclass(frozen=True)
class Meeting:
    """A held meeting. `start` is minutes of the day, `logged` minutes of any clock; `confirmed` is the citizen's.

    `meets_other` says that the mentor has another citizen, not of the same group, at an overlapping time.
    """

    day: date
    start: int | None
    minutes: int
    logged: int
    meets_other: bool
    confirmed: bool | None


@dataclass(frozen=True)
class Sign:
    """Something to look at, with an innocent reason beside it, since there often is one."""

    code: str
    says: str
    may_be: str


def signs(meetings: Iterable[Meeting]) -> tuple[Sign, ...]:
    """What stands out in the meetings of one course and month."""
    rows = sorted(meetings, key=lambda each: (each.day, each.start or 0))
    return tuple(sign for find in _FINDERS if rows and (sign := find(rows)) is not None)


def _two_at_once(rows: Sequence[Meeting]) -> Sign | None:
    both = sum(row.meets_other for row in rows)
    if not both:
        return None
    says = f"{both} af {len(rows)} møder overlapper et møde med en anden borger."
    return Sign(
        "two_at_once", says, "De kan have mødtes sammen, eller klokkeslættet kan være skrevet forkert."
    )


def _round(rows: Sequence[Meeting]) -> Sign | None:
    if len(rows) < ENOUGH or any(row.minutes % ROUND for row in rows):
        return None
    return Sign("round", f"Alle {len(rows)} møder er på hele halve timer.", "Møderne kan være aftalt sådan.")


def _logged_at_once(rows: Sequence[Meeting]) -> Sign | None:
    logged = [row.logged for row in rows]
    if len({row.day for row in rows}) < ENOUGH or max(logged) - min(logged) > AT_ONCE:
        return None
    says = f"Alle {len(rows)} møder er registreret inden for {AT_ONCE} minutter."
    return Sign("logged_at_once", says, "Mentor kan have skrevet dem ind efter sin kalender.")


def _one_hour(rows: Sequence[Meeting]) -> Sign | None:
    starts = Counter(row.start for row in rows)
    if len(rows) < ENOUGH or None in starts or len(starts) > 1:
        return None
    at = rows[0].start or 0
    says = f"Alle {len(rows)} møder begynder kl. {at // 60:02}.{at % 60:02}."
    return Sign("one_hour", says, "De kan have en fast tid.")


def _unconfirmed(rows: Sequence[Meeting]) -> Sign | None:
    if any(row.confirmed is not None for row in rows):
        return None
    says = "Borgeren har ikke svaret på, om møderne blev til noget."
    return Sign("unconfirmed", says, "De fleste borgere bruger ikke deres egen side.")


_FINDERS: tuple[Callable[[Sequence[Meeting]], Sign | None], ...] = (
    _two_at_once, _round, _logged_at_once, _one_hour, _unconfirmed,
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What the citizen remembers of the month: how often, and about how long each time. None is not known."""

    times: int | None
    minutes_each: int | None

    @property
    def minutes(self) -> int | None:
        """About how long in all; none at all when they did not meet."""
        if self.times == 0:
            return 0
        return None if self.times is None or self.minutes_each is None else self.times * self.minutes_each


@dataclass(frozen=True)
class Registered:
    """What is logged, and what is invoiced; `invoiced` None is nothing received."""

    meetings: int
    minutes: int
    invoiced: int | None


def differs(told: Told, registered: Registered) -> tuple[str, ...]:
    """What does not agree, as sentences for a person to ask about. What nobody knows differs from nothing."""
    found = []
    if told.times is not None and told.times < registered.meetings:
        found.append(f"Borgeren husker {told.times} møder, og der er registreret {registered.meetings}.")
    if told.minutes is not None and 100 * told.minutes < (100 - ROOM) * registered.minutes:
        mine, theirs = write_minutes(told.minutes), write_minutes(registered.minutes)
        found.append(f"Der er registreret {theirs} i alt, og borgeren husker omkring {mine} tilsammen.")
    if registered.invoiced is not None and registered.invoiced > registered.minutes:
        billed, logged = write_minutes(registered.invoiced), write_minutes(registered.minutes)
        found.append(f"Der er faktureret {billed}, og der er registreret {logged} i alt.")
    return tuple(found)
