"""The written agreement: drafted with what the law of its day demands, and signed."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.cases.actions.course import check_running, lock_course, put_tasks
from mentorkorps.cases.facts import agreement_letter
from mentorkorps.cases.models import Agreement, Course, Grant, Task
from mentorkorps.domain import law
from mentorkorps.domain.dates import field_date
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import IN_COMPANY, User
from mentorkorps.municipality.queries import law_book

LONGEST_TASK = Task._meta.get_field("title").max_length or 0
DAYS_IN = {"week": 7, "fortnight": 14}


@transaction.atomic
def draft_agreement(
    course: Course, *, goal: str, tasks: list[str], not_tasks: list[str], contact_every: str, contact_at_least: int,
    on: date, by: User, start: date | None = None, end: date | None = None, **fields: Any,
) -> Agreement:  # fmt: skip
    """The agreement with every element that the law of its date demands, replacing an unsigned one.

    Without `start` and `end` it runs with the newest grant, at most as long as one agreement may. Raises
    ValidationError, by field, for what is missing or against the grant or the law, and letter.Incomplete for
    what the text still lacks. A mentor in a company or school also needs why (LAB § 31 d, § 169).
    """
    lock_course(course)
    check_running(course)
    if course.mentor is None:
        raise ValidationError("Vælg en mentor først. Aftalen skal have mentors navn og kontaktoplysninger.")
    grant = course.grants.select_related("decision").order_by("-start").first()
    if grant is None:
        raise ValidationError("Forløbet har ingen bevilling. Aftalen hører til en afgørelse om mentor.")
    start = start or grant.start
    end = end or min(grant.end, law.agreement_rule(on).at_most.last_day(start))
    agreement = Agreement(
        course=course, goal=goal.strip(), tasks=tasks, not_tasks=not_tasks, start=start, end=end,
        minutes_per_week=grant.minutes_per_week, contact_every=contact_every, contact_at_least=contact_at_least,
        mentor=course.mentor, drafted_by=by, drafted_on=on, **fields,
    )  # fmt: skip
    if course.mentor.kind in IN_COMPANY:
        agreement.firm = course.mentor.provider
    problems = _missing(agreement) | _period(agreement, grant) | _rhythm(agreement)
    if problems:
        raise ValidationError(problems)
    agreement.document = agreement_letter(agreement, signer=by).as_json()
    course.agreements.filter(signed_on__isnull=True).delete()
    agreement.save()
    changed("skrevet aftale", by=by, about=agreement, citizen_id=course.citizen_id)
    return agreement


def _missing(agreement: Agreement) -> dict[str, str]:
    problems: dict[str, str] = {}
    if not agreement.goal:
        problems["goal"] = "Skriv målet med mentorstøtten."
    if not agreement.tasks:
        problems["tasks"] = "Skriv mindst én opgave, som mentor skal hjælpe med."
    if not agreement.not_tasks:
        problems["not_tasks"] = "Skriv mindst én ting, som ikke er mentors opgave. Det skal aftalen sige."
    both = set(agreement.tasks) & set(agreement.not_tasks)
    if both:
        problems["not_tasks"] = f"“{min(both)}” står begge steder. Slet den ene."
    for name, titles in (("tasks", agreement.tasks), ("not_tasks", agreement.not_tasks)):
        if any(len(title) > LONGEST_TASK for title in titles):
            problems[name] = f"Hver linje må højst være {LONGEST_TASK} tegn. Del den lange linje i to."
    return problems | (_company(agreement) if agreement.firm else {})


def _company(agreement: Agreement) -> dict[str, str]:
    problems: dict[str, str] = {}
    for name, text in (
        ("beyond_ordinary", "hvorfor støtten går ud over det sædvanlige"),
        ("decisive", "hvorfor den er afgørende"),
    ):
        if not str(getattr(agreement, name)).strip():
            problems[name] = f"Skriv, {text}. Loven kræver det, når mentor er fra virksomheden eller skolen."
    if not agreement.wage_per_hour:
        problems["wage_per_hour"] = "Skriv timelønnen, som virksomheden får dækket."
    return problems


def _period(agreement: Agreement, grant: Grant) -> dict[str, str]:
    if not grant.start <= agreement.start <= grant.end:
        return {"start": f"Vælg en dag i bevillingen: {field_date(grant.start)} til {field_date(grant.end)}."}
    if agreement.end < agreement.start:
        return {"end": "Sidste dag ligger før første dag."}
    if agreement.end > grant.end:
        return {"end": f"Bevillingen slutter {field_date(grant.end)}, og aftalen kan ikke løbe længere."}
    rule = law.agreement_rule(agreement.drafted_on)
    latest = rule.at_most.last_day(agreement.start)
    if agreement.end > latest:
        return {
            "end": f"En aftale løber højst {rule.at_most}: her til {field_date(latest)}. Lav en ny bagefter."
        }
    return {}


def _rhythm(agreement: Agreement) -> dict[str, str]:
    """An agreement may promise more contact than the law, never less."""
    asked = law.contact_rule(agreement.course.rule, agreement.drafted_on, book=law_book())
    if agreement.contact_at_least < 1:
        return {"contact_at_least": "Skriv, hvor mange gange I mindst mødes. Mindst 1."}
    if asked is None:
        return {}
    agreed = agreement.contact_at_least * DAYS_IN[asked.every]
    if agreed >= asked.at_least * DAYS_IN[agreement.contact_every]:
        return {}
    often = "om ugen" if asked.every == "week" else "hver 14. dag"
    return {"contact_every": f"{agreement.course.citation} kræver mindst {asked.at_least} kontakt {often}."}


@transaction.atomic
def sign_agreement(agreement: Agreement, *, on: date, how: str, today: date, by: User) -> None:
    """Records the signature: nothing is paid before it. The agreed tasks become the course's.

    Raises ValidationError at `on` or `how`, and for one that is signed already or names another mentor than today's.
    """
    course = agreement.course
    lock_course(course)
    agreement.refresh_from_db()
    check_running(course)
    if agreement.signed_on is not None:
        raise ValidationError(f"Aftalen er allerede underskrevet {field_date(agreement.signed_on)}.")
    if agreement.mentor_id != course.mentor_id:
        raise ValidationError(
            f"Aftalen nævner {agreement.mentor}, men mentor er nu {course.mentor}. Skriv aftalen igen, så den passer."
        )
    problems: dict[str, str] = {}
    if on > today:
        problems["on"] = "Datoen ligger i fremtiden."
    elif on < agreement.drafted_on:
        problems["on"] = (
            f"Aftalen er skrevet {field_date(agreement.drafted_on)}. Vælg den dag eller en senere."
        )
    if not how.strip():
        problems["how"] = "Vælg, hvordan aftalen er underskrevet."
    if problems:
        raise ValidationError(problems)
    agreement.signed_on, agreement.signed_how, agreement.signed_noted_by = on, how.strip(), by
    agreement.save(update_fields=["signed_on", "signed_how", "signed_noted_by"])
    course.signed_on, course.goal = on, agreement.goal.splitlines()[0][:300]
    course.save(update_fields=["signed_on", "goal"])
    put_tasks(course, agreement.tasks, agreement.not_tasks, since=on)
    changed("underskrevet aftale", by=by, about=agreement, citizen_id=course.citizen_id)
