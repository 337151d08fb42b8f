"""One unsaved row at a time, as the product's own verbs would have made it from a plan."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import mentorkorps
from mentorkorps.cases import cpr
from mentorkorps.cases.facts import agreement_letter, decision_letter, source
from mentorkorps.cases.models import (
    Agreement,
    Citizen,
    Course,
    Decision,
    Grant,
    MentorAssignment,
    Referral,
    Task,
    Visitation,
)
from mentorkorps.domain import law
from mentorkorps.domain.dates import add_months
from mentorkorps.followup.actions.course import FOLLOW_UP_MONTHS
from mentorkorps.followup.models import Contact, CourseTally, FollowUp, StatusReport
from mentorkorps.municipality.models import IN_COMPANY, Municipality, User
from mentorkorps.web.demo.plans import Period, Plan
from mentorkorps.web.demo.words import common

WAGE_PER_HOUR = 245_00  # øre, made up
FACT_SOURCE = "Samtale med borgeren"
SIGNED_BEFORE = timedelta(days=3)
STATUS_BEFORE_END = timedelta(days=28)
ANSWERED_WITHIN, SHARE_ANSWERED = 14, 0.8  # days
WHERE_NOW = {
    "job": (("job", "benefit", "lost"), (7, 2, 1)),
    "education": (("education", "job", "benefit"), (7, 1, 2)),
    "": (("benefit", "offer", "job", "lost"), (5, 3, 1, 1)),
}
AGE_WISHES = (("", "under_30", "30_to_49", "from_50"), (17, 1, 1, 1))
STAGE_SHARES = (4, 4, 2, 1)  # mentor, together, citizen, done
BEYOND_ORDINARY = "Oplæringen tager dobbelt så lang tid som ellers, og der skal følges op hver dag"
DECISIVE = "Uden en fast kollega kan pladsen ikke holdes"


def citizen(plan: Plan, case_number: str) -> Citizen:
    """The planned person, with the CPR number encrypted."""
    person = plan.person
    return Citizen(
        cpr_encrypted=cpr.encrypt(person.cpr),
        cpr_index=cpr.blind_index(person.cpr),
        first_name=person.first_name,
        last_name=person.last_name,
        birth_date=person.birth_date,
        gender=person.gender,
        address=person.address,
        phone=person.phone,
        protected=plan.protected,
        digital_post_exempt=plan.exempt,
        language=person.language,
        district=person.district,
        case_number=case_number,
        caseworker=plan.caseworker,
        unit=plan.caseworker.unit,
    )


def referral(plan: Plan, who: Citizen, municipality: Municipality, rng: Random) -> Referral:
    """A referral that was visitated within the municipality's own deadline.

    The wish for a mentor's age takes nothing from the world's dice.
    """
    deadline = timedelta(days=municipality.visitation_days)
    received = plan.first.decided_on - timedelta(days=rng.randint(3, deadline.days))
    return Referral(
        citizen=who,
        received_on=received,
        visitate_by=received + deadline,
        target_group=plan.target_group,
        target_group_from=received - timedelta(days=rng.randint(30, 900)),
        target_group_source="Fagsystem",
        purpose=plan.said.purpose,
        goals=plan.said.goal,
        mentor_age=Random(who.case_number).choices(*AGE_WISHES)[0],
        state=Referral.State.VISITATED,
        created_by=plan.caseworker,
    )


def visitation(plan: Plan, period: Period, who: Citizen, **of: Any) -> Visitation:
    """The locked assessment behind a period; `of` is the referral, or the course that it extends."""
    said = plan.said
    sources = {key: "CPR" if key == "birth_date" else FACT_SOURCE for key in period.facts}
    return Visitation(
        citizen=who,
        law_on=period.decided_on,
        facts=period.facts,
        sources={key: source(name, period.decided_on) for key, name in sources.items()},
        rule=period.finding.rule,
        situation=said.situation,
        prospect=said.prospect,
        citizens_view=said.view,
        other_help=said.other_help,
        minutes_per_week=period.minutes,
        deviation_reason=period.deviation_reason,
        start=period.start,
        end=period.end,
        caseworker=plan.caseworker,
        locked=True,
        **of,
    )


def decision(plan: Plan, period: Period, assessed: Visitation, extends: Course | None) -> Decision:
    """A grant, decided and sent the same day, with its letter; the first is decided before there is a mentor."""
    on = period.decided_on
    made = Decision(
        citizen=assessed.citizen,
        visitation=assessed,
        course=extends,
        kind=Decision.Kind.GRANT,
        state=Decision.State.DECIDED,
        law_on=on,
        facts=period.facts,
        answer=period.answer.as_json(),
        code_version=mentorkorps.__version__,
        rule=period.finding.rule,
        obligation=period.finding.obligation,
        level_row=period.level_row,
        level_minutes=period.level_row.minutes_per_week if period.level_row else None,
        minutes_per_week=period.minutes,
        deviation_reason=period.deviation_reason,
        start=period.start,
        end=period.end,
        situation=assessed.situation,
        prospect=assessed.prospect,
        citizens_view=assessed.citizens_view,
        other_help=assessed.other_help,
        tasks=plan.said.tasks,
        not_tasks=plan.said.not_tasks,
        drafted_by=plan.caseworker,
        drafted_on=on,
        decided_on=on,
        unit=assessed.citizen.unit,
        district=assessed.citizen.district,
        letter_sent_on=on,
        complain_by=on + timedelta(weeks=law.complaint_rule(on).weeks),
    )
    made.letter = decision_letter(made, signer=plan.caseworker).as_json()
    return made


def course(plan: Plan, who: Citizen) -> Course:
    """The course of the first period, before it has a mentor."""
    made = Course(
        citizen=who,
        unit=who.unit,
        function=plan.first.finding.function,
        target_group=plan.target_group,
        goal=plan.said.goal,
        start=plan.first.start,
        ended_on=plan.ended_on,
        end_reason=plan.end_reason,
    )
    put_period(made, plan, plan.first)
    return made


def put_period(made: Course, plan: Plan, period: Period) -> None:
    """What a course keeps of the grant in force (`PERIOD_FIELDS`)."""
    made.end = period.end
    made.obligation = period.finding.obligation
    made.rule = period.finding.rule
    made.citation = period.finding.citation
    made.minutes_per_week = period.minutes
    made.level_row = period.level_row
    made.signed_on = signed_on(period) if plan.has_agreement else None


PERIOD_FIELDS = ["end", "obligation", "rule", "citation", "minutes_per_week", "level_row", "signed_on"]


def signed_on(period: Period) -> date:
    """The agreement is signed a few days before the period begins, never before it is decided."""
    return max(period.decided_on, period.start - SIGNED_BEFORE)


def grant(period: Period, of: Course, by: Decision) -> Grant:
    """The period as granted."""
    return Grant(
        course=of,
        decision=by,
        start=period.start,
        end=period.end,
        minutes_per_week=period.minutes,
        rule=by.rule,
        obligation=by.obligation,
        level_row=period.level_row,
        level_minutes=by.level_minutes,
        target_group=of.target_group,
    )


def assignment(plan: Plan, of: Course, by: User) -> MentorAssignment:
    """The mentor from the first day on."""
    return MentorAssignment(course=of, mentor=plan.mentor, first=of.start, last=plan.ended_on, assigned_by=by)


def tasks(plan: Plan, of: Course, rng: Random, today: date) -> Iterator[Task]:
    """The agreed tasks; the mentor's own have moved on in a course that has begun."""
    wanted = [(title, True) for title in plan.said.tasks] + [(title, False) for title in plan.said.not_tasks]
    days = (min(of.end, today) - of.start).days
    for position, (title, mine) in enumerate(wanted):
        moves = mine and plan.has_agreement and days > 0
        stage = rng.choices(Task.Stage.values, STAGE_SHARES)[0] if moves else Task.Stage.MENTOR
        since = of.start + timedelta(days=rng.randint(0, days) if stage != Task.Stage.MENTOR else 0)
        yield Task(course=of, title=title, mine=mine, stage=stage, since=since, position=position)


def agreements(plan: Plan, period: Period, of: Course, today: date) -> Iterator[Agreement]:
    """The signed agreements of a period whose grant is saved: as many as it takes, since one has a longest length."""
    start = period.start
    while start <= min(period.end, max(today, period.start)):
        drafted = max(period.decided_on, start - SIGNED_BEFORE)
        end = min(period.end, law.agreement_rule(drafted).at_most.last_day(start))
        yield _agreement(plan, period, of, drafted, start, end)
        start = end + timedelta(days=1)


def _agreement(plan: Plan, period: Period, of: Course, drafted: date, start: date, end: date) -> Agreement:
    """One agreement, signed the day it is written, with the text that the law of that day demands."""
    bought = plan.mentor.kind in IN_COMPANY
    made = Agreement(
        course=of,
        goal=plan.said.goal,
        tasks=plan.said.tasks,
        not_tasks=plan.said.not_tasks,
        start=start,
        end=end,
        minutes_per_week=period.minutes,
        contact_every=plan.every,
        place="aftales fra gang til gang",
        mentor=plan.mentor,
        firm=plan.mentor.provider if bought else None,
        beyond_ordinary=BEYOND_ORDINARY if bought else "",
        decisive=DECISIVE if bought else "",
        wage_per_hour=WAGE_PER_HOUR if bought else None,
        drafted_by=plan.caseworker,
        drafted_on=drafted,
        signed_on=drafted,
        signed_how="på papir ved en samtale",
        signed_noted_by=plan.caseworker,
    )
    made.document = agreement_letter(made, signer=plan.caseworker).as_json()
    return made


def status(plan: Plan, period: Period, of: Course, rng: Random, by: User) -> StatusReport:
    """The mentor's status four weeks before a period ended that was followed by another."""
    return StatusReport(
        course=of,
        grant_end=period.end,
        goals=rng.choice(common("goals_now")),
        progress=rng.choice(common("progress")),
        citizens_view=plan.said.view,
        recommendation=StatusReport.Recommendation.CONTINUE,
        reason=rng.choice(common("reasons_to_continue")),
        written_by=by,
        written_on=period.end - STATUS_BEFORE_END,
    )


def follow_ups(of: Course, rng: Random, today: date, by: User) -> Iterator[FollowUp]:
    """What is asked 6, 12 and 18 months after an end; what has come due is answered, some of it within a fortnight."""
    for months in FOLLOW_UP_MONTHS:
        asked = FollowUp(course=of, months=months, due=add_months(of.ended_on, months))
        late = asked.due < today - timedelta(days=ANSWERED_WITHIN)
        if late or (asked.due < today and rng.random() < SHARE_ANSWERED):
            asked.outcome = rng.choices(*WHERE_NOW.get(of.end_reason, WHERE_NOW[""]))[0]
            asked.asked_on, asked.asked_by = (
                min(asked.due + timedelta(days=rng.randint(0, ANSWERED_WITHIN)), today),
                by,
            )
        yield asked


def tally(of: Course, contacts: list[Contact]) -> CourseTally:
    """What the contacts add up to, as `rebuild_tallies` would count it."""
    held = [contact for contact in contacts if contact.held]
    return CourseTally(
        course=of,
        delivered_minutes=sum(contact.minutes for contact in held),
        held=len(held),
        last_met_on=max((contact.day for contact in held), default=None),
    )
