"""A course and the parties chosen for a meeting -> the coordination sheet, with only what their consents allow."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.core.exceptions import ValidationError

from mentorkorps.cases.facts.letter_parts import sender
from mentorkorps.cases.facts.letters import task_stages
from mentorkorps.cases.models import Consent, Course, Party, Task
from mentorkorps.cases.queries.parties import may_be_told
from mentorkorps.domain import letter
from mentorkorps.domain.dates import field_date
from mentorkorps.municipality.models import User


def coordination_sheet(
    course: Course, *, participants: Iterable[Party], tasks: Sequence[Task], with_goal: bool, questions: Iterable[str],
    on: date, meets_on: date | None, next_on: date | None, signer: User,
) -> letter.Document:  # fmt: skip
    """The sheet for those who take part: first name and initial, no CPR number, and nothing of anybody else.

    Raises ValidationError at `participants` for one whose consent does not hold on the day of the meeting, and
    letter.Incomplete where a text carries a CPR number.
    """
    day = max(meets_on or on, on)
    present = [(party, may_be_told(party, day)) for party in participants]
    without = [party.name for party, consents in present if not consents]
    if without:
        raise ValidationError(
            {
                "participants": f"{without[0]} har ikke et samtykke, der gælder {field_date(day)}. Fjern parten, eller "
                "spørg borgeren om et nyt samtykke."
            }
        )
    citizen = course.citizen
    return letter.compose_coordination(
        letter.CoordinationInput(
            sender=sender(signer, citizen),
            citizen=f"{citizen.first_name} {citizen.last_name[:1]}.",
            dated=on,
            case_number=citizen.case_number,
            mentor=course.mentor.name if course.mentor else "Er ikke valgt endnu",
            meets_on=meets_on,
            next_on=next_on,
            goal=course.goal or None if with_goal else None,
            tasks=task_stages(tasks),
            participants=tuple(_participant(party, consents) for party, consents in present),
            questions=tuple(questions),
        )
    )


def _participant(party: Party, consents: Iterable[Consent]) -> letter.Participant:
    return letter.Participant(
        name=party.name,
        what=party.next_step or "Intet aftalt endnu",
        owner=party.owner or "Aftales",
        due=party.due,
        shared=tuple(_shared(row) for row in consents),
    )


def _shared(row: Consent) -> letter.Shared:
    way = row.get_direction_display().capitalize()
    return letter.Shared(row.information, row.purpose or "Ikke skrevet", way, row.until)
