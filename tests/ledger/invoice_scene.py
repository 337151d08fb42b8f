"""A supplier with a price, and a citizen of its mentor with a grant, a signed agreement and eight hours in October."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db.models import Model

from mentorkorps.cases.models import Agreement, Course
from mentorkorps.domain.dates import week_number
from mentorkorps.followup.models import Contact
from mentorkorps.ledger.actions.intake import read_files, take_in
from mentorkorps.ledger.actions.invoices import settle
from mentorkorps.ledger.actions.prices import set_price
from mentorkorps.ledger.models import Invoice, Payment
from mentorkorps.ledger.queries.three_way import controlled_invoice
from mentorkorps.municipality.models import Role, User
from tests.cast import TODAY, Cast, citizen, course_for
from tests.ledger.paper_invoices import Paper, PaperLine, as_xml
from tests.web.stage import decision_for

SOURCE = "Rammeaftale 2026, bilag 2"


@dataclass
class Scene:
    """Viktor's course with Ditte of Prøvehuset, and those who handle the money."""

    cast: Cast
    course: Course
    controller: User
    leader: User

    def take(self, *papers: Paper) -> list[Invoice]:
        """The invoices, taken in by the controller."""
        files = [(f"{paper.number}.xml", as_xml(paper)) for paper in papers]
        return take_in(read_files(files, by=self.controller), by=self.controller, today=TODAY)

    def codes(self, invoice: Invoice) -> list[str]:
        """The differences that wait on an invoice."""
        return [
            each.difference.code
            for line in controlled_invoice(invoice)
            for each in line.found
            if each.settlement is None
        ]


def grant_and_agree(course: Course, cast: Cast, *, signed_on: date | None = date(2026, 6, 19)) -> Agreement:
    """A grant over the course's whole period, and the agreement under it."""
    decision = decision_for(course.citizen, cast.helle, course=course, state="decided")
    course.grants.create(
        decision=decision, start=course.start, end=course.end, minutes_per_week=120, rule="R3-01",
        obligation="may", target_group=course.target_group,
    )  # fmt: skip
    return Agreement.objects.create(
        course=course, goal="Et sted at bo", start=course.start, end=course.end, minutes_per_week=120,
        mentor=course.mentor, drafted_by=cast.helle, drafted_on=date(2026, 6, 19), signed_on=signed_on,
    )  # fmt: skip


def meet(course: Course, *days: date, minutes: int = 120) -> None:
    """A meeting of so many minutes on each day."""
    Contact.objects.bulk_create(
        Contact(
            key=uuid.uuid4(), course=course, mentor=course.mentor, day=day, week=week_number(day), outcome="met",
            minutes=minutes, held=True, logged_by=course.citizen.caseworker,
        )
        for day in days
    )  # fmt: skip


def a_course(cast: Cast, first_name: str, number: str) -> Course:
    """Another citizen with Ditte, granted, agreed and met four times in October."""
    course = course_for(
        citizen(first_name, "Prøve", number, cast.unit, caseworker=cast.helle), cast.ditte, cast.helle
    )
    grant_and_agree(course, cast)
    meet(course, *(date(2026, 10, day) for day in (1, 8, 15, 22)))
    return course


def invoice_scene(cast: Cast) -> Scene:
    """Everything in order: eight hours granted, delivered and priced at 420 kr."""
    course = Course.objects.get(citizen__first_name="Viktor")
    controller = cast.people[Role.CONTROLLER]
    grant_and_agree(course, cast)
    meet(course, *(date(2026, 10, day) for day in (1, 8, 15, 22)))
    set_price(cast.provider, ore=42_000, first=date(2026, 1, 1), source=SOURCE, by=controller)
    return Scene(cast, course, controller, cast.people[Role.LEADER])


MONEY = {"fakturaer", "fakturafiler", "betalinger", "fakturaspoergsmaal"}
"""The first words of addresses that carry the key of a row of money."""


def money_row(prefix: str, cast: Cast) -> Model:
    """A row for an address: an invoice of a course that nobody knows, its files, a payment, or a question about it."""
    controller = cast.people[Role.CONTROLLER]
    if prefix == "betalinger":
        return Payment.objects.create(number=1, made_by=controller, made_on=TODAY)
    paper = Paper(lines=(PaperLine(reference="FJ-9999"),))
    upload = read_files([("prøve.xml", as_xml(paper))], by=controller)
    if prefix == "fakturafiler":
        return upload
    (invoice,) = take_in(upload, by=controller, today=TODAY)
    if prefix == "fakturaer":
        return invoice
    line = invoice.lines.get()
    return settle(line, code="course", way="dispute", reason="Hvilken sag?", by=controller)
