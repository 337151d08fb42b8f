"""Fjordby: a whole municipality in which something waits for everybody, and nothing the product could not have made."""

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from django.db.models import Count, F, Max, Q, Sum

from mentorkorps.cases import cpr
from mentorkorps.cases.models import (
    Agreement,
    Citizen,
    Complaint,
    Consent,
    Course,
    Decision,
    Grant,
    Party,
    Referral,
    Task,
    Visitation,
)
from mentorkorps.domain import law
from mentorkorps.domain.dates import week_number
from mentorkorps.domain.letter import Document
from mentorkorps.domain.paper import AgendaItem, choice, concerns
from mentorkorps.domain.service_level import shipped_level
from mentorkorps.followup.actions import rebuild_tally
from mentorkorps.followup.models import CitizenAbsence, Contact, CourseTally, FollowUp, StatusReport
from mentorkorps.followup.models.citizen_page import CitizenAnswer
from mentorkorps.followup.queries import strips
from mentorkorps.followup.queries.citizen_page import noes
from mentorkorps.municipality.models import (
    Mentor,
    MentorAbsence,
    MentorTraining,
    Municipality,
    Role,
    ServiceLevel,
    TaskTemplate,
    User,
)
from mentorkorps.steering.actions.runs import repeat
from mentorkorps.steering.models import Paper
from mentorkorps.web.demo import fjordby
from mentorkorps.web.demo.people import passes_modulus_11
from tests.web.worlds import a_world

TODAY = date(2026, 11, 20)
State, Kind = Decision.State, Decision.Kind
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def build() -> None:
    fjordby.build(Random(1), TODAY)


@pytest.fixture(scope="module", autouse=True)
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with a_world(django_db_blocker, build):
        yield


def running() -> Any:
    return Course.objects.filter(ended_on__isnull=True)


class TestWhoIsThere:
    def test_about_four_hundred_courses_run_and_a_year_lies_behind(self) -> None:
        assert 370 <= running().count() <= 410
        assert Course.objects.filter(ended_on__gte=TODAY - timedelta(days=366)).count() > 200
        assert Contact.objects.filter(day__lt=TODAY - timedelta(days=300)).exists()

    def test_about_as_many_have_run_in_every_week_of_more_than_a_year(self) -> None:
        mondays = [TODAY - timedelta(weeks=weeks) for weeks in range(60)]
        ran = [Q(start__lte=on) & (Q(ended_on__isnull=True) | Q(ended_on__gte=on)) for on in mondays]
        counts = [Course.objects.filter(each).count() for each in ran]
        assert min(counts) > 320 and max(counts) < 430
        assert Course.objects.filter(grants__start__gt=F("start"), ended_on__isnull=False).count() > 150

    def test_thirty_mentors_of_every_kind(self) -> None:
        kinds = dict(Mentor.objects.values_list("kind").annotate(Count("id")))
        assert kinds == {"internal": 20, "supplier": 5, "company": 4, "education": 1}
        assert Mentor.objects.filter(hours__isnull=True).count() == 0

    def test_somebody_in_every_role(self) -> None:
        roles = dict(User.objects.values_list("role").annotate(Count("id")))
        assert set(roles) == set(Role.values)
        assert roles[Role.CASEWORKER] > 1
        assert roles[Role.MENTOR] > 1

    def test_three_are_ill_and_a_certificate_has_run_out(self) -> None:
        ill = MentorAbsence.objects.filter(reason="sick", first__lte=TODAY, last__isnull=True)
        assert ill.count() == 3
        assert all(absence.mentor.courses.filter(ended_on__isnull=True).exists() for absence in ill)
        assert MentorTraining.objects.filter(expires_on__lt=TODAY).count() == 1

    def test_names_and_numbers_give_themselves_away(self) -> None:
        assert set(Citizen.objects.values_list("last_name", flat=True)) <= {"Prøve", "Eksempel"}
        assert {name.split()[-1] for name in User.objects.values_list("name", flat=True)} <= {
            "Prøve",
            "Eksempel",
        }
        for citizen in Citizen.objects.all():
            number = cpr.decrypt(citizen.cpr_encrypted)
            assert cpr.normalize(number) == number
            assert cpr.birth_date(number) == citizen.birth_date
            assert number[6:8] == "99"
            assert not passes_modulus_11(number)

    def test_nobody_has_a_password(self) -> None:
        assert not any(user.has_usable_password() for user in User.objects.all())

    def test_the_level_of_the_year_is_in_force_and_two_others_are_not(self) -> None:
        assert Municipality.objects.get().synthetic
        in_force = ServiceLevel.objects.get(in_force_from__lte=TODAY)
        assert in_force.name == shipped_level("eksempel-2026").name
        assert in_force.example
        assert ServiceLevel.objects.filter(in_force_from__isnull=True).count() == 2

    def test_the_catalogue_has_every_kind_with_its_source(self) -> None:
        kinds = dict(TaskTemplate.objects.values_list("kind").annotate(Count("id")))
        assert set(kinds) == set(TaskTemplate.Kind.values)
        assert not TaskTemplate.objects.filter(source="").exists()


class TestWhatWaits:
    def test_referrals(self) -> None:
        new = Referral.objects.filter(state="new")
        assert new.filter(visitate_by__lt=TODAY).exists()
        assert new.filter(visitate_by__gte=TODAY, visitations__isnull=True).exists()

    def test_a_ward_that_does_not_know_the_day_of_discharge(self) -> None:
        open_ = Visitation.objects.filter(locked=False)
        unknown = [
            v for v in open_ if v.facts.get("psychiatric_admission") and "discharge_date" not in v.facts
        ]
        questions = law.visitate(law.Facts.from_json(unknown[0].facts), on=unknown[0].law_on).open_questions
        assert ("discharge_date", "right") in [(question.fact, question.could_give) for question in questions]

    def test_decisions_in_every_state(self) -> None:
        hearing = Decision.objects.filter(state=State.HEARING)
        assert hearing.filter(hearing__answer_by__lt=TODAY).exists()
        assert hearing.filter(hearing__answer_by__gte=TODAY).exists()
        assert Decision.objects.filter(state=State.DRAFT, kind=Kind.GRANT).exists()
        assert Decision.objects.filter(state=State.DECIDED, letter_sent_on__isnull=True).count() >= 2
        second = Decision.objects.get(state=State.SECOND)
        assert (second.kind, second.obligation) == (Kind.REFUSAL, "right")
        decided = set(Decision.objects.filter(state=State.DECIDED).values_list("kind", flat=True))
        assert decided >= {Kind.GRANT, Kind.REFUSAL, Kind.CHANGE, Kind.EARLY_STOP}

    def test_complaints(self) -> None:
        assert Complaint.objects.filter(outcome="", reassess_by=TODAY).count() == 1
        assert Complaint.objects.filter(outcome="", reassess_by__gt=TODAY).exists()
        assert Complaint.objects.filter(outcome="sent_on").exists()

    def test_courses_without_mentor_or_signature(self) -> None:
        assert running().filter(mentor__isnull=True).count() >= 5
        assert Agreement.objects.filter(signed_on__isnull=True, course__ended_on__isnull=True).exists()

    def test_grants_that_run_out_with_and_without_status(self) -> None:
        soon = running().filter(end__range=(TODAY, TODAY + timedelta(days=28)), mentor__isnull=False)
        written = StatusReport.objects.filter(course__in=soon, grant_end=F("course__end"))
        assert 0 < written.count() < soon.count()
        assert Visitation.objects.filter(locked=False, extends__in=soon).exists()

    def test_a_citizen_says_that_they_did_not_meet(self) -> None:
        assert noes(Course.objects.all()).count() == 1
        assert CitizenAnswer.objects.filter(met="yes").count() > 3

    def test_follow_ups_that_are_due(self) -> None:
        assert FollowUp.objects.filter(due__lte=TODAY, asked_on__isnull=True).exists()
        assert FollowUp.objects.filter(asked_on__isnull=False).exists()

    def test_protected_and_exempt_citizens(self) -> None:
        assert Citizen.objects.filter(protected=True, courses__ended_on__isnull=True).exists()
        assert Citizen.objects.filter(digital_post_exempt=True, courses__ended_on__isnull=True).exists()


class TestTheWeeks:
    def states(self, weeks: int) -> dict[Any, list[str]]:
        this = week_number(TODAY)
        found = strips(list(running()), range(this - weeks, this + 1), TODAY)
        return {course: [week.state for week in strip] for course, strip in found.items()}

    def test_most_weeks_are_kept_and_some_of_each_other_state_is_there(self) -> None:
        seen = [state for weeks in self.states(8).values() for state in weeks]
        assert {"kept", "missed", "excused", "open"} <= set(seen)
        assert seen.count("kept") > 8 * seen.count("missed")

    def test_some_were_missed_twice_in_a_row(self) -> None:
        assert any(weeks[-3:-1] == ["missed", "missed"] for weeks in self.states(2).values())

    def test_contacts_of_every_outcome_and_some_corrected(self) -> None:
        logged = set(Contact.objects.values_list("outcome", flat=True))
        assert logged >= {"met", "no_show", "attempt", "cancelled_citizen", "cancelled_mentor"}
        assert Contact.objects.filter(superseded=True).count() >= 4
        assert not Contact.objects.filter(held=True, how="phone", not_in_person_reason="").exists()

    def test_two_meetings_overlap_and_not_many_more(self) -> None:
        same_time = (
            Contact.objects.filter(held=True, start__isnull=False)
            .values("mentor", "day", "start")
            .annotate(count=Count("id"))
            .filter(count__gt=1)
        )
        assert 1 <= same_time.count() <= 5

    def test_nobody_met_outside_the_course_or_in_the_future(self) -> None:
        outside = Q(day__lt=F("course__start")) | Q(day__gt=F("course__end")) | Q(day__gt=TODAY)
        assert not Contact.objects.filter(outside | Q(day__gt=F("course__ended_on"))).exists()

    def test_nobody_met_a_citizen_or_mentor_who_was_away(self) -> None:
        for absence in CitizenAbsence.objects.all():
            days = (absence.first, absence.last or TODAY)
            assert not absence.course.contacts.filter(held=True, day__range=days).exists()
        for absence in MentorAbsence.objects.all():
            days = (absence.first, absence.last or TODAY)
            assert not absence.mentor.contacts.filter(held=True, day__range=days).exists()

    def test_delivered_minutes_are_near_what_was_granted(self) -> None:
        met = Contact.objects.filter(held=True, how="in_person", course__function="social_mentor")
        weekly = met.exclude(course__agreements__contact_every="fortnight")
        ratio = weekly.aggregate(minutes=Sum("minutes"), granted=Sum("course__minutes_per_week"))
        assert 0.8 < ratio["minutes"] / ratio["granted"] < 1.3


class TestThatTheProductCouldHaveMadeIt:
    def test_every_grant_is_carried_by_the_law_of_its_day(self) -> None:
        decisions = Decision.objects.filter(state=State.DECIDED, kind=Kind.GRANT)
        for decision in decisions:
            answer = law.visitate(law.Facts.from_json(decision.facts), on=decision.law_on)
            assert answer.as_json() == decision.answer
            finding = answer.finding(decision.rule)
            assert finding.met is True
            latest = law.latest_end(finding, decision.start)
            assert latest is None or decision.end <= latest

    def test_who_departs_from_the_level_says_why_and_a_may_has_its_assessment(self) -> None:
        granted = Decision.objects.filter(state=State.DECIDED, kind=Kind.GRANT)
        departs = granted.filter(level_minutes__isnull=False).exclude(minutes_per_week=F("level_minutes"))
        assert departs.exists()
        assert not departs.filter(deviation_reason="").exists()
        assert not granted.filter(obligation="may").filter(Q(situation="") | Q(prospect="")).exists()

    def test_every_letter_and_agreement_can_be_read_back(self) -> None:
        for letter in Decision.objects.filter(state=State.DECIDED).values_list("letter", flat=True):
            assert "Hvis du er uenig" in Document.from_json(letter).as_text()
        for document in Agreement.objects.values_list("document", flat=True):
            assert "Aftale om mentor" in Document.from_json(document).as_text()

    def test_a_course_is_what_its_newest_grant_says(self) -> None:
        """The end is the last grant's; the figures are those of the last that has begun."""
        begun: dict[uuid.UUID, Grant] = {}
        for grant in Grant.objects.select_related("course").order_by("start"):
            if grant.start <= TODAY or grant.course_id not in begun:
                begun[grant.course_id] = grant
        ends = dict(Grant.objects.values_list("course").annotate(Max("end")))
        for key, grant in begun.items():
            course = grant.course
            said = (course.end, course.rule, course.obligation, course.minutes_per_week)
            assert said == (ends[key], grant.rule, grant.obligation, grant.minutes_per_week)

    def test_nobody_met_before_the_agreement_was_signed(self) -> None:
        firsts = dict(Contact.objects.filter(held=True).values_list("course").annotate(first=Max("day")))
        for course in Course.objects.filter(id__in=firsts).prefetch_related("agreements"):
            signed = [a.signed_on for a in course.agreements.all() if a.signed_on]
            assert signed
            assert min(signed) <= course.start

    def test_agreements_are_no_longer_than_the_law_lets_them_be(self) -> None:
        for agreement in Agreement.objects.all():
            rule = law.agreement_rule(agreement.drafted_on)
            assert agreement.end <= rule.at_most.last_day(agreement.start)

    def test_tallies_are_what_counting_gives(self) -> None:
        kept = {tally.pk: tally for tally in CourseTally.objects.all()}
        for course in Course.objects.filter(tally__isnull=False)[:100]:
            counted = rebuild_tally(course)
            before = kept[course.pk]
            assert (before.delivered_minutes, before.held, before.last_met_on) == (
                counted.delivered_minutes, counted.held, counted.last_met_on,
            )  # fmt: skip

    def test_jens_and_karla_have_parties_consents_and_tasks_in_every_stage(self) -> None:
        for name, parties in (("Jens", 6), ("Karla", 7)):
            citizen = Citizen.objects.get(first_name=name)
            assert citizen.parties.count() == parties
            assert citizen.courses.get().contacts.filter(held=True).count() > 5
        jens = Task.objects.filter(course__citizen__first_name="Jens")
        assert set(jens.filter(mine=True).values_list("stage", flat=True)) == set(Task.Stage.values)
        assert jens.filter(mine=False).exists()
        assert Consent.objects.filter(withdrawn_on__isnull=False).exists()
        assert Party.objects.filter(consents__isnull=True).exists()


class TestBeforeTheCommittee:
    def test_slagelse_s_item_is_postponed_with_five_questions_and_answered(self) -> None:
        paper = Paper.objects.get(case_number="330-2015-63716")
        first, second = paper.readings.all()
        assert (first.meeting_on, first.outcome) == (date(2015, 9, 8), "postponed")
        assert (second.meeting_on, second.outcome) == (date(2015, 11, 3), "noted")
        assert first.questions.count() == 5
        newest = AgendaItem.from_json(paper.versions.get(number=4).document)
        headings = [part.heading for part in newest.parts]
        assert newest.title == "4. Serviceniveau for mentorstøtte (D)"
        assert [
            heading.replace("\u00a0", " ") for heading in headings if heading.startswith("Indstilling")
        ] == [
            "Indstilling til mødet 8. september 2015",
            "Indstilling til mødet 3. november 2015",
        ]
        assert {"Retligt grundlag", "Konsekvenser for andre udvalg", "Bilag", "Fraværende"} <= set(headings)
        assert "Ikke besvaret endnu." not in str(newest)
        assert concerns(newest.parts) == ()

    def test_fjordby_s_figures_come_from_a_run_that_can_be_made_again(self) -> None:
        paper = Paper.objects.get(authority="Fjordby Kommune")
        run = paper.figures.first().run
        assert repeat(run).same
        assert all(choice(run.result, each.path).shown == each.shown for each in paper.figures.all())
        assert paper.proposal.state == "second_reading"
