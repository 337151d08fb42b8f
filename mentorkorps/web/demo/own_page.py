"""What citizens have said on their own pages, a mentor's wish among it, and the days on which Fjordby is closed."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from mentorkorps.cases.models import Course
from mentorkorps.followup.actions.citizen_page import answer_met, make_link, open_link, say_wish
from mentorkorps.followup.queries.citizen_page import asked_about
from mentorkorps.municipality.actions.calendar import close_days
from mentorkorps.web.demo.steps import Steps

# One after another for the caseworker's running courses; the third citizen says that they did not meet.
MET = ("yes", "yes", "no", "yes", "unsure", "yes", "yes", "yes")
WISHES = (
    "Jeg vil helst have en, der ikke skifter. Det tager lang tid, før jeg stoler på nogen.",
    "Gerne en, der taler mit sprog, når det er svært.",
)


def tell(steps: Steps) -> None:
    """Links opened, answers given and wishes written; the newest course has nothing yet, so that a link can be made."""
    running = Course.objects.filter(
        citizen__caseworker=steps.fjordby.helle,
        ended_on=None,
        mentor__user__isnull=False,
        start__lt=steps.today,
    )
    courses = [
        course for course in running.order_by("citizen__case_number") if asked_about(course, steps.today)
    ]
    for number, (course, met) in enumerate(zip(courses, MET, strict=False)):
        _open(course, steps.today)
        contact = asked_about(course, steps.today)[0]
        answer_met(contact, met=met, now=_evening(contact.day))
        if number < len(WISHES):
            say_wish(course, text=WISHES[number], now=_evening(contact.day))
    _close(steps)


def _open(course: Course, today: date) -> None:
    """The mentor hands over a link some days ago, and the citizen opens it."""
    now = _evening(today - timedelta(days=5))
    _, secret = make_link(course, by=course.mentor.user, now=now)
    open_link(secret, language="da", now=now + timedelta(hours=1))


def _close(steps: Steps) -> None:
    """The days between Christmas and New Year, in the winter that comes."""
    year = steps.today.year
    christmas = date(year, 12, 28) if steps.today < date(year, 12, 28) else date(year + 1, 12, 28)
    close_days(
        first=christmas, last=christmas + timedelta(days=3), name="Lukket mellem jul og nytår", today=steps.today,
        by=steps.fjordby.bodil,
    )  # fmt: skip


def _evening(day: date) -> datetime:
    return min(timezone.make_aware(datetime.combine(day, time(18, 40))), timezone.now())
