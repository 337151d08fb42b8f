"""One row of every kind that has an address, for Jens (Helle's) and for Olga, of whom Helle's unit knows nothing."""

import uuid
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.utils import timezone

import mentorkorps
from mentorkorps.cases.models import (
    Agreement,
    Avoidance,
    Citizen,
    Complaint,
    Consent,
    Course,
    Decision,
    Party,
    Referral,
    Task,
    Visitation,
)
from mentorkorps.domain import law
from mentorkorps.followup.models import Alert, Appointment, CitizenAbsence, Contact, FollowUp, FollowUpFile
from mentorkorps.followup.models.citizen_page import CitizenAnswer
from mentorkorps.ledger.models import Discrepancy
from mentorkorps.municipality.actions import propose_correction
from mentorkorps.municipality.models import Mentor, Role, ServiceLevel, ServiceLevelRow
from tests.cast import TODAY, Cast
from tests.ledger.control_scene import a_case
from tests.ledger.plan_scene import a_line

FACTS = {
    "target_group": "kontanthjaelp_aktivitetsparat",
    "birth_date": "1976-03-14",
    "wants_mentor": True,
    "purpose_work_or_education": True,
}


@dataclass
class Props:
    """The rows of one citizen, by the first word of their addresses."""

    rows: dict[str, Any]

    def key(self, prefix: str) -> Any:
        """The id that stands in an address that begins with `prefix`."""
        return self.rows[prefix].pk


def answer_for(facts: dict[str, Any], on: date) -> dict[str, Any]:
    """What the law says, as a decision stores it."""
    return law.visitate(law.Facts.from_json(facts), on=on).as_json()


def decision_for(
    citizen: Citizen, by: Any, *, course: Course | None = None, state: str = "draft"
) -> Decision:
    """A decision on the general may-rule of today."""
    on = date(2026, 6, 15)
    visitation = Visitation.objects.create(
        citizen=citizen, law_on=on, facts=FACTS, caseworker=by, locked=bool(course)
    )
    return Decision.objects.create(
        citizen=citizen, visitation=visitation, course=course, kind="grant", state=state, law_on=on, facts=FACTS,
        answer=answer_for(FACTS, on), code_version=mentorkorps.__version__, rule="R3-01", obligation="may",
        minutes_per_week=120, start=date(2026, 6, 22), end=date(2026, 12, 20), situation="Du mangler et sted at bo.",
        prospect="Du vil i gang med en aktivitet.", citizens_view="Du vil gerne have en fast person.",
        drafted_by=by, drafted_on=on, decided_on=on if state == "decided" else None,
        letter=LETTER if state == "decided" else None, unit=citizen.unit if state == "decided" else None,
        district=citizen.district if state == "decided" else "",
    )  # fmt: skip


LETTER = {
    "title": "Du får en mentor",
    "language": "da",
    "dated": "2026-06-15",
    "case_number": "FJ-0400",
    "greeting": "Kære Jens",
    "sender": {
        "municipality": "Fjordby Kommune",
        "unit": "Jobindsats Nord",
        "address_lines": ["Rådhuspladsen 1"],
        "phone": "12 34 56 78",
        "name": "Helle Prøve",
        "title": "sagsbehandler",
    },
    "recipient": {"name": "Jens Eksempel", "address_lines": ["Prøvegade 1"]},
    "sections": [
        {"heading": None, "blocks": [{"block": "paragraph", "text": "Du får en mentor.", "strong": ""}]}
    ],
    "signature": {
        "closing": "Venlig hilsen",
        "signers": [{"name": "Helle Prøve", "role": "sagsbehandler"}],
        "by_hand": False,
    },
    "footer": "Fjordby Kommune",
}


def props_of(course: Course, by: Any) -> Props:
    """Every kind of row for the citizen of a course."""
    citizen = course.citizen
    decided = decision_for(citizen, by, course=course, state="decided")
    course.grants.create(
        decision=decided, start=course.start, end=course.end, minutes_per_week=120, rule="R3-01", obligation="may",
        target_group=course.target_group,
    )  # fmt: skip
    draft = decision_for(citizen, by)
    referral = Referral.objects.create(
        citizen=citizen, received_on=TODAY, visitate_by=TODAY, purpose="En ny periode", created_by=by
    )
    agreement = Agreement.objects.create(
        course=course, goal="Et sted at bo", tasks=["Følge til læge"], start=course.start, end=course.end,
        minutes_per_week=120, mentor=course.mentor, drafted_by=by, drafted_on=TODAY, document=LETTER,
    )  # fmt: skip
    contact = Contact.objects.create(
        key=uuid.uuid4(), course=course, mentor=course.mentor, day=date(2026, 11, 13), week=2965, start=time(10),
        outcome="met", minutes=45, held=True, logged_by=by,
    )  # fmt: skip
    rows = {
        "borger": citizen,
        "forloeb": course,
        "henvisning": referral,
        "visitation": draft.visitation,
        "afgoerelse": draft,
        "aftale": agreement,
        "opgave": Task.objects.create(course=course, title="Følge til læge", since=course.start),
        "kontakt": contact,
        "klage": Complaint.objects.create(
            decision=decided, received_on=TODAY, text="Klage", reassess_by=TODAY
        ),
        "part": Party.objects.create(citizen=citizen, name="Egen læge"),
        "samtykke": Consent.objects.create(
            citizen=citizen,
            party=Party.objects.create(citizen=citizen, name="Hjemløseenheden"),
            information="bolig",
            given_on=date(2026, 6, 1),
            recorded_by=by,
        ),  # fmt: skip
        "opfoelgning": FollowUp.objects.create(course=course, months=6, due=TODAY),
        "fravaer": CitizenAbsence.objects.create(course=course, first=TODAY, reason="sick", recorded_by=by),
        "moede": Appointment.objects.create(course=course, day=TODAY),
        "borgersvar": CitizenAnswer.objects.create(
            contact=contact, course=course, met="no", answered_at=timezone.now()
        ),
        "opfoelgningsfil": FollowUpFile.objects.create(found=[], read_by=by),
        "decided": decided,
        "planlinje": a_line(course, by),
        "fravalg": Avoidance.objects.create(
            citizen=citizen,
            mentor=Mentor.objects.get(name="Ditte Eksempel"),
            reason="other",
            since=TODAY,
            noted_by=by,
        ),
        "kontrolsag": (case := a_case(course, by)),
        "kontrolafvigelse": Discrepancy.objects.create(
            case=case, course=course, what="Prøve", raised_by=by, raised_on=TODAY
        ),
        "advarsel": Alert.objects.create(
            course=course, kind="missed", about=date(2026, 11, 9), said="Prøve", raised_at=timezone.now()
        ),
    }
    return Props(rows)


def own_and_foreign(cast: Cast) -> tuple[Props, Props]:
    """Jens' rows and Olga's, with a service level that both hang on, and a correction of a rule that waits."""
    propose_correction(
        rule="R3-01", row_from=date(2020, 1, 1), changes={"citation": "LAB § 168"}, in_force_from=date(2026, 12, 1),
        reason="Flyttet", source="prøve", by=cast.people[Role.ADMINISTRATOR],
    )  # fmt: skip
    level = ServiceLevel.objects.create(name="Prøveniveau", source="prøve", in_force_from=date(2026, 1, 1))
    row = ServiceLevelRow.objects.create(
        level=level, key="raekke", position=1, label="Social mentor", obligation="may", minutes_per_week=90, weeks=26,
        functions=["social_mentor"],
    )  # fmt: skip
    olga = Course.objects.get(citizen__first_name="Olga")
    Course.objects.update(level_row=row)
    cast.course.refresh_from_db()
    return props_of(cast.course, cast.helle), props_of(olga, cast.karl)
