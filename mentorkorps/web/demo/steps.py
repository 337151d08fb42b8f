"""The steps of a case on chosen days, each by the product's own verb, for the citizens whose story is told in full."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from mentorkorps.cases.actions.agreement import draft_agreement, sign_agreement
from mentorkorps.cases.actions.decision import decide, draft_decision, send_letter
from mentorkorps.cases.actions.mentor import assign_mentor
from mentorkorps.cases.actions.referral import refer, register_citizen
from mentorkorps.cases.actions.visitation import open_visitation, save_visitation
from mentorkorps.cases.facts import law_answer
from mentorkorps.cases.models import Agreement, Course, Decision, Referral, Visitation
from mentorkorps.domain import law
from mentorkorps.municipality.models import Mentor, User
from mentorkorps.web.demo.fjordby_house import Fjordby
from mentorkorps.web.demo.people import Person
from mentorkorps.web.demo.plans import Said, say

WANTS = {"wants_mentor": True, "purpose_work_or_education": True}
NO_OTHER_HELP = "Der er set på bostøtte efter serviceloven § 85"


class Steps:
    """A case, step by step. `ago` is always days before today, moved back to a working day."""

    def __init__(self, rng: Random, fjordby: Fjordby) -> None:
        self.rng, self.fjordby, self.today = rng, fjordby, fjordby.today
        self.people = fjordby.house.people

    def day(self, ago: int) -> date:
        """A working day so many days ago, or the last one before it."""
        day = self.today - timedelta(days=ago)
        return day - timedelta(days=max(day.weekday() - 4, 0))

    def monday(self, weeks_ago: int) -> date:
        """Monday of the week so many weeks before this one."""
        return self.today - timedelta(days=self.today.weekday(), weeks=weeks_ago)

    def someone(self, ages: tuple[int, int] = (31, 58), **known: str) -> Person:
        """A made-up person; with a name where the story has one."""
        return self.people.draw(self.today, ages, **known)

    def refer(self, person: Person, by: User, *, ago: int, group: str, said: Said, **fields: Any) -> Referral:
        """A citizen and the referral, received so many days ago. `fields` go to the citizen where it has them."""
        about = {name: fields.pop(name) for name in ("protected", "digital_post_exempt") if name in fields}
        citizen = register_citizen(
            cpr=person.cpr, by=by, first_name=person.first_name, last_name=person.last_name, gender=person.gender,
            address=person.address, phone=person.phone, language=person.language, district=person.district, **about,
        )  # fmt: skip
        received = self.day(ago)
        return refer(
            citizen, received_on=received, purpose=said.purpose, by=by, goals=said.goal, target_group=group,
            target_group_from=received - timedelta(days=200), target_group_source="Fagsystem", **fields,
        )  # fmt: skip

    def visitate(
        self, referral: Referral, *, ago: int, facts: Mapping[str, Any], said: Said, **fields: Any
    ) -> Visitation:
        """The caseworker's assessment as saved so many days ago."""
        on, by = self.day(ago), referral.created_by
        visitation = open_visitation(referral, on=on, by=by)
        save_visitation(
            visitation, by=by, on=on, facts={**visitation.facts, **facts}, situation=said.situation,
            prospect=said.prospect, citizens_view=said.view, other_help=said.other_help or NO_OTHER_HELP, **fields,
        )  # fmt: skip
        visitation.refresh_from_db()
        return visitation

    def assess(
        self, who: Person, by: User, *, ago: int, group: str, function: str, facts: Mapping[str, Any]
    ) -> Visitation:
        """A referral and its assessment a week later, in the words of the function."""
        said = say(self.rng, function)
        referral = self.refer(who, by, ago=ago + 7, group=group, said=said)
        return self.visitate(referral, ago=ago, facts={**WANTS, **facts}, said=said)

    def draft_grant(
        self, visitation: Visitation, *, function: str, ago: int, start: date, said: Said, minutes: int,
        deviation_reason: str = "", weeks: int = 26,
    ) -> Decision:  # fmt: skip
        """A grant of so many weeks, never longer than the law lets it be."""
        answer = law_answer(visitation)
        finding = next(f for f in answer.findings if f.function == function and f.met is True)
        end = start + timedelta(weeks=weeks, days=-1)
        latest = law.latest_end(finding, start)
        return draft_decision(
            visitation, kind=Decision.Kind.GRANT, rule=finding.rule, on=self.day(ago), by=visitation.caseworker,
            start=start, end=min(end, latest) if latest else end, tasks=said.tasks, not_tasks=said.not_tasks,
            minutes_per_week=minutes, deviation_reason=deviation_reason,
        )  # fmt: skip

    def decide(self, decision: Decision, *, ago: int) -> Decision:
        """Decided and sent the same day."""
        decide(decision, on=self.day(ago), by=decision.drafted_by)
        send_letter(decision, on=self.day(ago), by=decision.drafted_by)
        decision.refresh_from_db()
        return decision

    def assign(self, course: Course, mentor: Mentor, *, first: date) -> None:
        """The coordinator's choice; the reason covers a full week too."""
        assign_mentor(
            course, mentor=mentor, first=first, by=self.fjordby.bodil, reason="Kender området og opgaverne"
        )

    def agree(self, course: Course, *, said: Said, ago: int, signed: bool = True) -> Agreement:
        """The written agreement, signed on paper the same day where it is signed."""
        by, on = course.citizen.caseworker, self.day(ago)
        agreement = draft_agreement(
            course, goal=said.goal, tasks=said.tasks, not_tasks=said.not_tasks, contact_every="week",
            contact_at_least=1, on=on, by=by, place="aftales fra gang til gang",
        )  # fmt: skip
        if signed:
            sign_agreement(agreement, on=on, how="på papir ved en samtale", today=self.today, by=by)
        return agreement
