"""The written agreement and complaints."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.cases.actions.course import put_tasks
from mentorkorps.cases.facts import agreement_letter
from mentorkorps.cases.models import Agreement, Complaint, Course, Decision
from mentorkorps.domain import law
from mentorkorps.domain.dates import field_date
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import User

COMPANY = ("company", "education")


@transaction.atomic
def draft_agreement(
    course: Course, *, goal: str, tasks: list[str], not_tasks: list[str], contact_every: str, contact_at_least: int,
    on: date, by: User, **fields: Any,
) -> Agreement:  # fmt: skip
    """The agreement with every element that the law of its date demands, replacing an unsigned one.

    Raises ValidationError, by field, for what is missing: a mentor, a goal, tasks, and for a mentor in a company or
    school why it goes beyond the ordinary and why it is decisive (LAB § 31 d, § 169).
    """
    problems: dict[str, str] = {}
    if course.mentor is None:
        raise ValidationError("Vælg en mentor først. Aftalen skal have mentors navn og kontaktoplysninger.")
    if not goal.strip():
        problems["goal"] = "Skriv målet med mentorstøtten."
    if not tasks:
        problems["tasks"] = "Skriv mindst én opgave, som mentor skal hjælpe med."
    if course.mentor.kind in COMPANY:
        for name, text in (
            ("beyond_ordinary", "hvorfor støtten går ud over det sædvanlige"),
            ("decisive", "hvorfor den er afgørende"),
        ):
            if not str(fields.get(name, "")).strip():
                problems[name] = (
                    f"Skriv, {text}. Det kræver loven, når mentor er ansat i virksomheden eller på uddannelsen."
                )
        if not fields.get("wage_per_hour"):
            problems["wage_per_hour"] = "Skriv timelønnen, som virksomheden får dækket."
        fields["firm"] = course.mentor.provider
    if problems:
        raise ValidationError(problems)
    course.agreements.filter(signed_on__isnull=True).delete()
    agreement = Agreement(
        course=course, goal=goal.strip(), tasks=tasks, not_tasks=not_tasks, start=course.start, end=course.end,
        minutes_per_week=course.minutes_per_week, contact_every=contact_every, contact_at_least=contact_at_least,
        mentor=course.mentor, drafted_by=by, drafted_on=on, **fields,
    )  # fmt: skip
    grant = course.grants.order_by("-start").first()
    if grant is not None:
        agreement.start, agreement.end = grant.start, grant.end
    agreement.document = agreement_letter(agreement, signer=by).as_json()
    agreement.save()
    changed("skrevet aftale", by=by, about=agreement, citizen_id=course.citizen_id)
    return agreement


@transaction.atomic
def sign_agreement(agreement: Agreement, *, on: date, how: str, today: date, by: User) -> None:
    """Records the signature: nothing is paid before it. The agreed tasks become the course's."""
    if agreement.signed_on is not None:
        raise ValidationError(f"Aftalen er underskrevet {field_date(agreement.signed_on)}.")
    if on > today:
        raise ValidationError({"on": "Datoen ligger i fremtiden."})
    agreement.signed_on, agreement.signed_how, agreement.signed_noted_by = on, how, by
    agreement.save(update_fields=["signed_on", "signed_how", "signed_noted_by"])
    course = agreement.course
    course.signed_on, course.goal = on, agreement.goal.splitlines()[0][:300]
    course.save(update_fields=["signed_on", "goal"])
    put_tasks(course, agreement.tasks, agreement.not_tasks, since=on)
    changed("underskrevet aftale", by=by, about=agreement, citizen_id=course.citizen_id)


@transaction.atomic
def receive_complaint(
    decision: Decision, *, text: str, received_on: date, today: date, by: User
) -> Complaint:
    """A complaint over a decision, by whatever way it came; the municipality's own four weeks begin (RSL § 66)."""
    if decision.state != Decision.State.DECIDED:
        raise ValidationError("Der er ikke truffet en afgørelse at klage over endnu.")
    if received_on > today or received_on < decision.decided_on:
        raise ValidationError({"received_on": "Datoen skal ligge mellem afgørelsen og i dag."})
    if not text.strip():
        raise ValidationError({"text": "Skriv, hvad borgeren klager over. Få ord er nok."})
    rule = law.complaint_rule(received_on)
    complaint = Complaint.objects.create(
        decision=decision, text=text.strip(), received_on=received_on,
        reassess_by=received_on + timedelta(weeks=rule.reassess_weeks),
    )  # fmt: skip
    changed("modtaget klage", by=by, about=complaint, citizen_id=decision.citizen_id)
    return complaint


@transaction.atomic
def reassess_complaint(complaint: Complaint, *, outcome: str, reason: str, on: date, by: User) -> None:
    """The municipality's re-assessment: changed, or kept and sent on to Ankestyrelsen."""
    if complaint.outcome:
        raise ValidationError("Klagen er allerede genvurderet.")
    if not reason.strip():
        raise ValidationError({"outcome_reason": "Skriv begrundelsen. Den følger med til Ankestyrelsen."})
    complaint.outcome, complaint.outcome_on = Complaint.Outcome(outcome), on
    complaint.outcome_reason, complaint.outcome_by = reason.strip(), by
    complaint.save()
    changed(
        "genvurderet klage", by=by, about=complaint, citizen_id=complaint.decision.citizen_id, outcome=outcome
    )
