"""Plans -> rows, many at once: what the product's own verbs would have made, with the letters they would have composed.

What the bulk leaves out is the journal: one entry a kind of row stands for all of them, on the day the world was built.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

from django.db import models

from mentorkorps.cases.models import Course
from mentorkorps.followup.models import CitizenAbsence, Contact, CourseTally
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import Municipality, User
from mentorkorps.web.demo import rows
from mentorkorps.web.demo.diary import Diary
from mentorkorps.web.demo.plans import Period, Plan

BATCH = 1_000
SHARE_BOOKED = 0.7
Begun = list[tuple[Plan, Course]]


class Mass:
    """Writes plans. `written` counts the rows of each kind."""

    def __init__(self, rng: Random, municipality: Municipality, diary: Diary, coordinator: User) -> None:
        self.rng, self.municipality, self.diary, self.coordinator = rng, municipality, diary, coordinator
        self.written: Counter[str] = Counter()

    def write(self, plans: Sequence[Plan]) -> list[Course]:
        """The rows of the plans, and their journal. Returns the courses in the order of the plans."""
        begun = self._begin(plans)
        self._prolong([(plan, course) for plan, course in begun if len(plan.periods) > 1])
        self._follow_up(begun)
        self._look_ahead(begun)
        for name, count in sorted(self.written.items()):
            changed("bygget prøvedata", by=None, about=None, rows=name, count=count)
        return [course for _, course in begun]

    def _begin(self, plans: Sequence[Plan]) -> Begun:
        """Everything up to the signed agreement of the first period."""
        citizens = self._save(rows.citizen(plan, self._case_number()) for plan in plans)
        Municipality.objects.update(last_case_number=self.municipality.last_case_number)
        pairs = list(zip(plans, citizens, strict=True))
        referrals = self._save(rows.referral(plan, who, self.municipality, self.rng) for plan, who in pairs)
        visitations = self._save(
            rows.visitation(plan, plan.first, who, referral=referral)
            for (plan, who), referral in zip(pairs, referrals, strict=True)
        )
        begun = [(plan, rows.course(plan, who)) for plan, who in pairs]
        decisions = [
            rows.decision(plan, plan.first, assessed, None)
            for plan, assessed in zip(plans, visitations, strict=True)
        ]
        for (plan, course), decision in zip(begun, decisions, strict=True):
            course.mentor, decision.course = plan.mentor, course
        self._save(course for _, course in begun)
        self._save(decisions)
        self._save(
            rows.grant(plan.first, course, decision)
            for (plan, course), decision in zip(begun, decisions, strict=True)
        )
        self._save(rows.assignment(plan, course, self.coordinator) for plan, course in begun if plan.mentor)
        self._save(
            task for plan, course in begun for task in rows.tasks(plan, course, self.rng, self.diary.today)
        )
        self._agree([(plan, plan.first, course) for plan, course in begun])
        return begun

    def _prolong(self, begun: Begun) -> None:
        """A status, a new assessment and the next grant of courses that got one more period."""
        self._save(
            rows.status(plan, plan.first, course, self.rng, self._mentor_user(plan)) for plan, course in begun
        )
        visitations = self._save(
            rows.visitation(plan, plan.last, course.citizen, extends=course) for plan, course in begun
        )
        decisions = self._save(
            rows.decision(plan, plan.last, assessed, course)
            for (plan, course), assessed in zip(begun, visitations, strict=True)
        )
        for plan, course in begun:
            rows.put_period(course, plan, plan.last)
        Course.objects.bulk_update([course for _, course in begun], rows.PERIOD_FIELDS, batch_size=100)
        self._save(
            rows.grant(plan.last, course, decision)
            for (plan, course), decision in zip(begun, decisions, strict=True)
        )
        self._agree([(plan, plan.last, course) for plan, course in begun])

    def _agree(self, begun: list[tuple[Plan, Period, Course]]) -> None:
        self._save(
            agreement
            for plan, period, course in begun
            if plan.has_agreement
            for agreement in rows.agreements(plan, period, course, self.diary.today)
        )

    def _follow_up(self, begun: Begun) -> None:
        """Contacts with their tallies, and the days on which citizens were away."""
        contacts: list[Contact] = []
        tallies: list[CourseTally] = []
        for plan, course in begun:
            made = list(self.diary.contacts(plan, course, self._mentor_user(plan)))
            contacts += made
            tallies.append(rows.tally(course, made))
        self._save(contacts)
        self._save(tallies)
        self._save(
            CitizenAbsence(course=course, first=first, last=last, reason=reason, recorded_by=plan.caseworker)
            for plan, course in begun
            for first, last, reason in plan.away
        )

    def _look_ahead(self, begun: Begun) -> None:
        """The next meeting of most that run, and what is asked after the end of those that do not."""
        today = self.diary.today
        meeting = [(plan, c) for plan, c in begun if plan.has_agreement and plan.goes_on and c.end > today]
        booked = [self.diary.appointment(plan, c) for plan, c in meeting if self.rng.random() < SHARE_BOOKED]
        self._save(appointment for appointment in booked if appointment is not None)
        self._save(
            asked
            for plan, course in begun
            if course.ended_on is not None
            for asked in rows.follow_ups(course, self.rng, today, plan.caseworker)
        )

    def _mentor_user(self, plan: Plan) -> User:
        return (plan.mentor and plan.mentor.user) or self.coordinator

    def _case_number(self) -> str:
        self.municipality.last_case_number += 1
        return f"{self.municipality.case_prefix}-{self.municipality.last_case_number:04}"

    def _save(self, made: Iterable[Any]) -> list[Any]:
        """Saves rows of one kind and returns them."""
        saved = list(made)
        if saved:
            model: type[models.Model] = type(saved[0])
            model._default_manager.bulk_create(saved, batch_size=BATCH)
            self.written[model._meta.model_name or ""] += len(saved)
        return saved
