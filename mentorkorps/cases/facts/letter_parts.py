"""What every letter of a case shares: who writes to whom, the mentor, the complaint guidance."""

from datetime import date

from mentorkorps.cases.models import Citizen
from mentorkorps.domain import law, letter
from mentorkorps.municipality.models import Mentor, Municipality, User
from mentorkorps.municipality.queries import the_municipality


def head(citizen: Citizen, signer: User, dated: date) -> letter.Head:
    """Who writes to whom, when and about which case."""
    return letter.Head(
        sender=sender(signer, citizen),
        recipient=letter.Recipient(
            str(citizen), tuple(citizen.address.split(", ")) if citizen.address else ("Ingen fast adresse",)
        ),
        first_name=citizen.first_name,
        case_number=citizen.case_number,
        dated=dated,
    )


def sender(signer: User, citizen: Citizen) -> letter.Sender:
    """The unit that has the case, and the person who signs."""
    municipality = _municipality()
    return letter.Sender(
        municipality=municipality.name,
        unit=citizen.unit.name,
        address_lines=tuple((citizen.unit.address or municipality.address).split(", ")),
        phone=phone(signer),
        name=signer.name,
        title=signer.get_role_display(),
    )


def desk(signer: User) -> letter.Sender:
    """The person who signs, at their own desk: of a paper about several cases."""
    municipality = _municipality()
    unit = signer.unit
    return letter.Sender(
        municipality=municipality.name,
        unit=unit.name if unit else municipality.name,
        address_lines=tuple(((unit and unit.address) or municipality.address).split(", ")),
        phone=phone(signer),
        name=signer.name,
        title=signer.get_role_display(),
    )


def phone(signer: User) -> str:
    """The signer's own number, or the municipality's."""
    return signer.phone or _municipality().phone


def mentor(row: Mentor) -> letter.Mentor:
    """The mentor as the citizen is told."""
    return letter.Mentor(row.name, row.name.split()[0], row.phone or "oplyses af kommunen")


def complaint(on: date) -> letter.Complaint:
    """Complaint guidance as the law of a date has it."""
    rule = law.complaint_rule(on)
    return letter.Complaint(rule.weeks, rule.reassess_weeks, rule.appeal_body)


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text that say something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _municipality() -> Municipality:
    municipality = the_municipality()
    if municipality is None:
        raise Municipality.DoesNotExist("a letter needs the municipality that sends it")
    return municipality
