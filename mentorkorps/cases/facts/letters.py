"""Rows of a course -> its written agreement and the page for a substitute, every word resolved as it was stored."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from mentorkorps.cases.facts.letter_parts import complaint, head, mentor, sender
from mentorkorps.cases.models import Agreement, Course, MentorAssignment, Task
from mentorkorps.domain import law, letter
from mentorkorps.domain.danish import thousands
from mentorkorps.municipality.models import User
from mentorkorps.municipality.queries import law_book

STAGES: dict[str, letter.Stage] = {"mentor": "mentor", "together": "together", "citizen": "citizen"}


def agreement_letter(agreement: Agreement, *, signer: User) -> letter.Document:
    """The written agreement with every element that the law of its date demands. Raises letter.Incomplete."""
    course = agreement.course
    rule = law.agreement_rule(agreement.drafted_on)
    return letter.compose_agreement(
        letter.AgreementInput(
            head=_agreement_head(agreement, signer),
            authority=law.authority_word(agreement.drafted_on),
            decided_on=course.grants.order_by("-start").values_list("decision__decided_on", flat=True)[0],
            citations=tuple(dict.fromkeys((course.citation, rule.citation))),
            goal=agreement.goal,
            mentor=mentor(agreement.mentor),
            tasks=tuple(agreement.tasks),
            not_tasks=tuple(agreement.not_tasks),
            start=agreement.start,
            end=agreement.end,
            minutes_per_week=agreement.minutes_per_week,
            rhythm=letter.Rhythm(agreement.contact_every, agreement.contact_at_least, "agreement"),
            place=agreement.place,
            complaint=complaint(agreement.drafted_on),
            company=_company(agreement),
        )
    )


def _agreement_head(agreement: Agreement, signer: User) -> letter.Head:
    """Mentor and company get a copy, so a protected address, and any address before a company, stays out."""
    citizen = agreement.course.citizen
    full = head(citizen, signer, agreement.drafted_on)
    if citizen.protected or agreement.firm is not None:
        return replace(full, recipient=letter.Recipient(str(citizen)))
    return full


def handover_page(
    course: Course, *, substitute: MentorAssignment, signer: User, on: date,
    appointments: Iterable[letter.Appointment], works: tuple[str, ...], safety: tuple[str, ...],
) -> letter.Document:  # fmt: skip
    """One page for a substitute: first name and initial, goal, tasks and stages; no CPR number and no diagnosis.

    The course has a mentor. Raises letter.Incomplete, also where a text carries a CPR number.
    """
    citizen = course.citizen
    tasks = list(course.tasks.all())
    return letter.compose_handover(
        letter.HandoverInput(
            sender=sender(citizen.caseworker or signer, citizen),
            substitute=substitute.mentor.name,
            dated=on,
            case_number=citizen.case_number,
            citizen_first_name=citizen.first_name,
            citizen_initial=citizen.last_name[:1],
            mentor=mentor(course.mentor),
            start=substitute.first,
            end=substitute.last or course.end,
            goal=course.goal,
            tasks=task_stages(tasks),
            agreements=tuple(f"Ikke mentors opgave: {task.title}" for task in tasks if not task.mine),
            appointments=tuple(appointments),
            works=works,
            safety=safety,
            back=course.mentor.name if substitute.last is None else None,
        )
    )


def task_stages(tasks: Iterable[Task]) -> tuple[letter.TaskStage, ...]:
    """The mentor's tasks that are not done, with who does them now."""
    return tuple(
        letter.TaskStage(task.title, STAGES[task.stage])
        for task in tasks
        if task.mine and task.stage in STAGES
    )


def _company(agreement: Agreement) -> letter.CompanyPart | None:
    if agreement.firm is None:
        return None
    return letter.CompanyPart(
        firm=agreement.firm.name,
        cvr=agreement.firm.cvr,
        signer="Ledelsen",
        citation=_company_citation(agreement.drafted_on),
        beyond_ordinary=agreement.beyond_ordinary,
        decisive=agreement.decisive,
        wage=f"{_kroner(agreement.wage_per_hour or 0)} kr. i timen",
    )


def _company_citation(on: date) -> str:
    """The paragraph that sets the two-part test for a mentor in a company or school on a day."""
    found = next(
        (rule.citation for rule in law_book().rules_on(on) if rule.function == "company_mentor"), None
    )
    if found is None:
        raise law.MissingRule("faglig mentor", on, "lovens regler")
    return found


def _kroner(ore: int) -> str:
    return f"{thousands(ore // 100)},{ore % 100:02}"
