"""Fjordby Kommune on the real today: the mass of courses, and what waits for somebody in every state."""

from datetime import date
from random import Random

from mentorkorps.municipality.models import MentorAbsence
from mentorkorps.web.demo import (
    absent,
    accounts,
    agreed,
    asked,
    bought,
    committee,
    contracts,
    controlled,
    decks,
    measured,
    outside,
    own_page,
    own_questions,
    past,
    phones,
    planned,
    read_in,
    running,
    shared,
    two_citizens,
    waiting,
)
from mentorkorps.web.demo.diary import Diary
from mentorkorps.web.demo.fjordby_courses import Planner
from mentorkorps.web.demo.fjordby_house import furnish
from mentorkorps.web.demo.garbage import no_search
from mentorkorps.web.demo.mass import Mass
from mentorkorps.web.demo.steps import Steps


@no_search()
def build(rng: Random, today: date) -> None:
    """The municipality with everyone in it."""
    fjordby = furnish(rng, today)
    past.leave_numbers(fjordby)
    diary = Diary(rng, today, list(MentorAbsence.objects.order_by("id")))
    plans = Planner(rng, fjordby).plans()
    courses = Mass(rng, fjordby.house.municipality, diary, fjordby.bodil).write(plans)
    contracts.tell(fjordby)
    steps = Steps(rng, fjordby)
    jens, karla = two_citizens.tell(steps)
    waiting.tell(steps)
    running.tell(steps, plans, courses)
    absent.tell(steps)
    shared.tell(Random(len(courses)), today)
    bought.tell(Random(len(courses)), today)
    agreed.tell(today)
    accounts.tell_fjordby(today)
    own_questions.tell(today)
    measured.tell(((jens, measured.JENS), (karla, measured.KARLA)))
    measured.measure(Random(len(courses)), courses, today)
    own_page.tell(steps)
    phones.tell(fjordby)
    read_in.tell(fjordby)
    controlled.tell(Random(len(courses)), today)
    asked.ask(asked.FJORDBY, today)
    committee.tell(today)
    decks.tell_fjordby(today)
    outside.tell(Random(len(courses)), today)
    past.tell(Random(len(courses)), fjordby)
    planned.tell(today)
