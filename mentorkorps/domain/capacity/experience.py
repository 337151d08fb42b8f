"""What has been seen of the corps before today: renewals, stops and new courses, as chances with their doubt."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import variance

FEWEST_ENDS = 20  # grants that ran out, before a share of renewals is said
FEWEST_WEEKS = 8  # weeks behind, before anything is said of new courses
STRETCHES, FEWEST_STRETCHES = (1, 4, 13), 4  # weeks
NEVER_DECIDED = 10**6  # days before its end: any renewal is later


@dataclass(frozen=True)
class Begun:
    """A course that began `back` weeks ago (1 is last week) with its minutes a week, decided `notice` days before."""

    group: str
    back: int
    minutes: int
    notice: int


@dataclass(frozen=True)
class Chance:
    """A share that has been counted: `yes` of `of`."""

    yes: int
    of: int

    @property
    def share(self) -> float:
        """0 where nothing has been counted."""
        return self.yes / self.of if self.of else 0.0

    @property
    def doubt(self) -> float:
        """The variance of the share, for having counted so few; a share of none or all is not taken to be sure."""
        share = (self.yes + 1) / (self.of + 2)
        return share * (1 - share) / (self.of + 2)


@dataclass(frozen=True)
class Experience:
    """What has been seen before today.

    `ran_out` has each grant that ran to its end: how many days before it the next was decided (negative after it),
    None where none was. `stopped` courses stopped before their time in so many `course_weeks`. `begun` are the
    courses that began in the `weeks` behind, `length` how many weeks a new grant is, and `new_minutes` what one gives
    a week.
    """

    ran_out: tuple[int | None, ...]
    stopped: int
    course_weeks: int
    begun: tuple[Begun, ...]
    weeks: int
    length: int
    new_minutes: int

    @property
    def renewed(self) -> int:
        """How many of the grants that ran out were followed by another."""
        return sum(notice is not None for notice in self.ran_out)

    @property
    def knows_renewals(self) -> bool:
        """Whether enough grants have run out to say how many are renewed."""
        return len(self.ran_out) >= FEWEST_ENDS

    @property
    def knows_new(self) -> bool:
        """Whether enough weeks lie behind to say how many begin."""
        return self.weeks >= FEWEST_WEEKS

    def still_renewed(self, days_left: int) -> Chance:
        """The share renewed of grants that had no next one so many days before their end: what comes late may come."""
        open_ended = [notice for notice in self.ran_out if notice is None or notice < days_left]
        return Chance(sum(notice is not None for notice in open_ended), len(open_ended))

    def still_begun(self, days: int) -> float:
        """The share of the minutes that begin on a day which nobody has decided so many days before."""
        minutes = sum(each.minutes for each in self.begun)
        return sum(each.minutes for each in self.begun if each.notice < days) / minutes if minutes else 0.0

    def left(self, days: int) -> float:
        """The share of courses that have not stopped before their time after so many days."""
        stops = self.stopped / self.course_weeks if self.course_weeks else 0.0
        return float((1 - stops) ** (days / 7))


def spread_of(behind: Sequence[int]) -> float:
    """The variance of a week's new minutes: the largest that single weeks and longer stretches show.

    Weeks that resemble their neighbours (a summer, a rise) spread more when they are added than single weeks tell.
    """
    found = [0.0]
    for weeks in STRETCHES:
        sums = [sum(behind[first : first + weeks]) for first in range(0, len(behind) - weeks + 1, weeks)]
        if len(sums) >= FEWEST_STRETCHES:
            found.append(float(variance(sums)) / weeks)
    return max(found)


def begun_by_week(experience: Experience) -> list[int]:
    """The minutes a week that began in each week behind, the newest first."""
    found = [0] * experience.weeks
    for each in experience.begun:
        if 1 <= each.back <= experience.weeks:
            found[each.back - 1] += each.minutes
    return found
