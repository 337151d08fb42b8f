"""What is asked 6, 12 and 18 months after an end: what is due, what was answered, and who is lost from view."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from mentorkorps.cases.models import Course
from mentorkorps.domain.follow_up_file import MONTHS
from mentorkorps.followup.models import FollowUp, Whereabouts

OUTCOMES: dict[str, str] = dict(FollowUp._meta.get_field("outcome").choices)
LOST = "lost"


@dataclass(frozen=True)
class AnswersAt:
    """The follow-ups that are due some months after the end, by what was answered; "" is not answered."""

    months: int
    by_outcome: Mapping[str, int]

    @property
    def due(self) -> int:
        """All that should have been asked by now."""
        return sum(self.by_outcome.values())

    @property
    def unanswered(self) -> int:
        """Those nobody has an answer from."""
        return self.by_outcome.get("", 0)

    @property
    def found(self) -> int:
        """Those whose whereabouts are known."""
        return self.due - self.unanswered - self.by_outcome.get(LOST, 0)

    @property
    def outcomes(self) -> list[tuple[str, int]]:
        """The words of each answer and how many gave it, in the order of `OUTCOMES`."""
        return [(words, self.by_outcome.get(code, 0)) for code, words in OUTCOMES.items()]


def _of(courses: QuerySet[Course]) -> QuerySet[FollowUp]:
    return FollowUp.objects.filter(course__in=courses.order_by().values("pk"))


def answers_at(courses: QuerySet[Course], today: date) -> list[AnswersAt]:
    """What is due so far at each of the three times. One query."""
    found: dict[int, dict[str, int]] = {months: {} for months in MONTHS}
    rows = _of(courses).filter(due__lte=today).order_by().values_list("months", "outcome")
    for months, outcome, number in rows.annotate(number=Count("pk")):
        found.setdefault(months, {})[outcome] = number
    return [AnswersAt(months, by_outcome) for months, by_outcome in found.items()]


def due_follow_ups(courses: QuerySet[Course], today: date) -> QuerySet[FollowUp]:
    """Those that are due and nobody has answered, the oldest first."""
    rows = _of(courses).filter(due__lte=today, outcome="")
    return rows.select_related("course__citizen__unit").order_by("due", "id")


def whereabouts_of(follow_up: FollowUp) -> QuerySet[Whereabouts]:
    """Every answer that was given, the newest first."""
    return follow_up.whereabouts.select_related("noted_by")
