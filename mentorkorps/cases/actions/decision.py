"""Decisions: drafted on a visitation or a running course, heard and approved where needed, and taken once.

A decision stores what it rested on as it was on its day: facts, findings, law date, level and code version.
"""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

import mentorkorps
from mentorkorps.cases.actions.course import begin_course, change_course, prolong_course, shorten_course
from mentorkorps.cases.facts import (
    decision_letter,
    hearing_letter,
    law_answer,
    level_row_for,
    needs_hearing,
    needs_second_person,
)
from mentorkorps.cases.models import Course, Decision, Hearing, Referral, Visitation
from mentorkorps.domain import law
from mentorkorps.domain.dates import field_date
from mentorkorps.domain.refusal import Refusal
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import Municipality, User

Kind, State = Decision.Kind, Decision.State


@transaction.atomic
def draft_decision(
    visitation: Visitation,
    *,
    kind: str,
    rule: str,
    on: date,
    by: User,
    start: date | None = None,
    end: date | None = None,
    reasons: str = "",
    tasks: list[str] | None = None,
    not_tasks: list[str] | None = None,
) -> Decision:
    """A grant, a refusal or a non-extension on a visitation, with everything it rests on frozen.

    Replaces an earlier draft on the same visitation. Raises Refusal when the law does not carry it, and
    ValidationError, by field, when something is missing.
    """
    if visitation.locked:
        raise ValidationError("Der er allerede truffet en afgørelse på denne visitation.")
    answer = law_answer(visitation)
    finding = _finding(answer, rule)
    level_row = level_row_for(finding, visitation)
    decision = Decision(
        citizen=visitation.citizen,
        visitation=visitation,
        course=visitation.extends,
        kind=kind,
        law_on=visitation.law_on,
        facts=visitation.facts,
        answer=answer.as_json(),
        code_version=mentorkorps.__version__,
        rule=finding.rule,
        obligation=finding.obligation,
        level_row=level_row,
        level_minutes=level_row.minutes_per_week if level_row else None,
        minutes_per_week=visitation.minutes_per_week if kind == Kind.GRANT else None,
        deviation_reason=visitation.deviation_reason,
        start=start if kind == Kind.GRANT else None,
        end=end if kind == Kind.GRANT else None,
        situation=visitation.situation,
        prospect=visitation.prospect,
        citizens_view=visitation.citizens_view,
        other_help=visitation.other_help,
        reasons=reasons,
        tasks=tasks or [],
        not_tasks=not_tasks or [],
        drafted_by=by,
        drafted_on=on,
    )
    _check(decision, finding)
    visitation.decisions.filter(state=State.DRAFT).update(state=State.WITHDRAWN)
    decision.save()
    changed("skrevet kladde til afgørelse", by=by, about=decision, citizen_id=decision.citizen_id, what=kind)
    return decision


@transaction.atomic
def draft_on_course(
    course: Course, *, kind: str, on: date, by: User, reasons: str, start: date | None = None,
    end: date | None = None, minutes: int | None = None, citizens_view: str = "",
) -> Decision:  # fmt: skip
    """A change of minutes, a stop before time or a non-extension of a running course, on the basis of its grant.

    A running agreement keeps the rule it was made under, so facts and findings are those of its grant.
    """
    if course.ended_on is not None:
        raise ValidationError("Forløbet er afsluttet, så der er intet at ændre.")
    basis = course.grants.select_related("decision").order_by("-start")[0].decision
    decision = Decision(
        citizen=course.citizen, course=course, kind=kind, law_on=basis.law_on, facts=basis.facts,
        answer=basis.answer, code_version=mentorkorps.__version__, rule=basis.rule, obligation=basis.obligation,
        level_row=basis.level_row, level_minutes=basis.level_minutes, minutes_per_week=minutes, start=start,
        end=end or course.end, situation=basis.situation, prospect=basis.prospect, citizens_view=citizens_view,
        other_help=basis.other_help, reasons=reasons, drafted_by=by, drafted_on=on,
    )  # fmt: skip
    _check_on_course(decision, course)
    course.decisions.filter(state=State.DRAFT, visitation__isnull=True).update(state=State.WITHDRAWN)
    decision.save()
    changed("skrevet kladde til afgørelse", by=by, about=decision, citizen_id=decision.citizen_id, what=kind)
    return decision


def _finding(answer: law.Answer, rule: str) -> law.Finding:
    for finding in (*answer.findings, *answer.unmet):
        if finding.rule == rule:
            return finding
    raise ValidationError({"rule": "Vælg den regel, som afgørelsen hviler på."})


def _check(decision: Decision, finding: law.Finding) -> None:
    problems: dict[str, str] = {}
    if finding.obligation == "may":
        if not decision.situation.strip():
            problems["situation"] = (
                "Beskriv borgerens situation. Et kan-tilbud kræver en individuel faglig vurdering."
            )
        if not decision.prospect.strip():
            problems["prospect"] = "Beskriv udsigten til at komme videre mod borgerens egne mål."
    if decision.kind == Kind.GRANT:
        _check_grant(decision, finding, problems)
    elif not decision.reasons.strip():
        problems["reasons"] = (
            "Skriv, hvad der er lagt vægt på. Borgeren har krav på en begrundelse (FVL § 24)."
        )
    if problems:
        raise ValidationError(problems)


def _check_grant(decision: Decision, finding: law.Finding, problems: dict[str, str]) -> None:
    if finding.met is not True:
        raise Refusal(_why_not(finding), finding.citation)
    if not decision.minutes_per_week:
        problems["minutes_per_week"] = "Skriv, hvor mange minutter om ugen borgeren får. Mindst 1."
    elif (
        decision.level_minutes not in (None, decision.minutes_per_week)
        and not decision.deviation_reason.strip()
    ):
        problems["deviation_reason"] = (
            f"Niveauet er {decision.level_minutes} min. Skriv, hvorfor borgeren får {decision.minutes_per_week} min."
        )
    if decision.start is None or decision.end is None:
        problems["end" if decision.start else "start"] = "Skriv bevillingens første og sidste dag."
        return
    _check_period(decision, finding, problems)


def _check_period(decision: Decision, finding: law.Finding, problems: dict[str, str]) -> None:
    if decision.end < decision.start:
        problems["end"] = "Sidste dag ligger før første dag."
        return
    latest = law.latest_end(finding, decision.start)
    if latest is not None and decision.end > latest:
        problems["end"] = (
            f"{finding.citation} giver højst {finding.duration.at_most}. Fra {field_date(decision.start)} er den "
            f"sidste mulige dag {field_date(latest)}. Derefter kræver en ny periode en ny vurdering."
        )
    overlapping = _overlapping(decision, finding)
    if overlapping is not None:
        problems["start"] = (
            f"Borgeren har allerede denne mentorstøtte fra {field_date(overlapping.start)} til og med "
            f"{field_date(overlapping.end)}. Vælg en senere første dag, eller ændr det løbende forløb."
        )


def _overlapping(decision: Decision, finding: law.Finding) -> Course | None:
    others = Course.objects.filter(citizen=decision.citizen, function=finding.function, ended_on__isnull=True)
    return others.filter(start__lte=decision.end, end__gte=decision.start).first()


def _why_not(finding: law.Finding) -> str:
    unmet = [c.text for c in finding.conditions if c.met is False]
    if unmet:
        return f"Reglen er ikke opfyldt: {'; '.join(unmet)} – nej. Vælg en anden regel, eller giv afslag med begrundelse."
    unknown = [c.text for c in finding.conditions if c.met is None]
    return f"Vi mangler at vide: {'; '.join(unknown)}. Find det ud af, før du bevilger efter reglen. Ukendt er ikke nej."


def _check_on_course(decision: Decision, course: Course) -> None:
    problems: dict[str, str] = {}
    if not decision.reasons.strip():
        problems["reasons"] = (
            "Skriv, hvad der er lagt vægt på. Borgeren har krav på en begrundelse (FVL § 24)."
        )
    if decision.kind == Kind.CHANGE:
        if not decision.minutes_per_week:
            problems["minutes_per_week"] = "Skriv de nye minutter om ugen. Mindst 1."
        if decision.start is None or not course.start <= decision.start <= course.end:
            problems["start"] = (
                f"Vælg en dag i bevillingen: {field_date(course.start)} til {field_date(course.end)}."
            )
    if decision.kind == Kind.EARLY_STOP and not course.start <= decision.end < course.end:
        problems["end"] = (
            f"Vælg en sidste dag før {field_date(course.end)}, hvor bevillingen udløber af sig selv."
        )
    if problems:
        raise ValidationError(problems)


@transaction.atomic
def send_hearing(decision: Decision, *, on: date, by: User, answer_by: date | None = None) -> Hearing:
    """Hears the citizen before an adverse decision (FVL § 19): the letter says what is planned and on what ground."""
    _open(decision, State.DRAFT)
    answer_by = answer_by or on + timedelta(days=Municipality.objects.get().hearing_days)
    if answer_by <= on:
        raise ValidationError({"answer_by": "Svarfristen skal ligge efter i dag."})
    hearing = Hearing.objects.create(decision=decision, sent_on=on, answer_by=answer_by)
    hearing.letter = hearing_letter(decision, hearing).as_json()
    hearing.save(update_fields=["letter"])
    _move(decision, State.HEARING)
    changed("sendt partshøring", by=by, about=decision, citizen_id=decision.citizen_id)
    return hearing


@transaction.atomic
def waive_hearing(decision: Decision, *, reason: str, on: date, by: User) -> Hearing:
    """Records why the citizen is not heard, fx that every fact came from the citizen."""
    _open(decision, State.DRAFT)
    if not reason.strip():
        raise ValidationError({"waived_reason": "Skriv, hvorfor borgeren ikke høres."})
    hearing = Hearing.objects.create(decision=decision, waived_reason=reason.strip(), sent_on=on)
    changed("undladt partshøring", by=by, about=decision, citizen_id=decision.citizen_id)
    return hearing


@transaction.atomic
def record_answer(decision: Decision, *, answer: str, on: date, by: User) -> None:
    """What the citizen said in the hearing, in a few words, or that no answer came before the deadline."""
    _open(decision, State.HEARING)
    hearing = decision.hearing
    if not answer.strip() and on <= hearing.answer_by:
        raise ValidationError(
            {"answer": f"Skriv borgerens svar. Fristen løber til {field_date(hearing.answer_by)}."}
        )
    hearing.answer, hearing.answered_on = answer.strip(), on
    hearing.save(update_fields=["answer", "answered_on"])
    _move(decision, State.DRAFT)
    changed("ført høringssvar", by=by, about=decision, citizen_id=decision.citizen_id)


@transaction.atomic
def ask_second_person(decision: Decision, *, reason: str, by: User) -> None:
    """Sends a refusal of what the law says must or has a right to be given to another person, with the reason."""
    _open(decision, State.DRAFT)
    if not reason.strip():
        raise ValidationError({"second_reason": "Skriv, hvorfor noget, loven siger skal gives, afslås."})
    decision.second_reason = reason.strip()
    decision.save(update_fields=["second_reason"])
    _move(decision, State.SECOND)
    changed("sendt til anden godkender", by=by, about=decision, citizen_id=decision.citizen_id)


@transaction.atomic
def approve(decision: Decision, *, by: User) -> None:
    """The second person agrees. Raises Refusal when it is the same person."""
    _open(decision, State.SECOND)
    if decision.drafted_by_id == by.id:
        raise Refusal(
            "Du har selv skrevet afgørelsen. En anden skal godkende den.", "Kommunens regel om fire øjne"
        )
    decision.second_by, decision.second_at = by, timezone.now()
    decision.save(update_fields=["second_by", "second_at"])
    _move(decision, State.DRAFT)
    changed("godkendt som anden person", by=by, about=decision, citizen_id=decision.citizen_id)


@transaction.atomic
def send_back(decision: Decision, *, reason: str, by: User) -> None:
    """The second person does not agree; the draft goes back with the reason as a note in the case."""
    from mentorkorps.cases.actions.referral import write_note

    _open(decision, State.SECOND)
    if not reason.strip():
        raise ValidationError({"reason": "Skriv, hvad sagsbehandleren skal se på."})
    write_note(decision.citizen, text=f"Afgørelsen er sendt tilbage: {reason.strip()}", by=by)
    decision.second_reason = ""
    decision.save(update_fields=["second_reason"])
    _move(decision, State.DRAFT)
    changed("sendt tilbage", by=by, about=decision, citizen_id=decision.citizen_id)


@transaction.atomic
def decide(decision: Decision, *, on: date, by: User) -> Decision:
    """Takes the decision: composes and keeps the letter, and lets the course begin, change or stop.

    Raises Refusal while a hearing or a second person is missing.
    """
    _open(decision, State.DRAFT)
    if needs_hearing(decision) and not _heard(decision):
        raise Refusal(
            "Borgeren skal høres, før du afgør. Send partshøring, eller skriv hvorfor ikke.", "FVL § 19"
        )
    if needs_second_person(decision) and decision.second_by_id is None:
        raise Refusal(
            "Loven siger, at støtten skal gives. En anden skal godkende afslaget først.", decision.rule
        )
    decision.decided_on, decision.state = on, State.DECIDED
    _carry_out(decision, by=by, on=on)
    decision.letter = decision_letter(decision, signer=by).as_json()
    decision.save()
    changed("truffet afgørelse", by=by, about=decision, citizen_id=decision.citizen_id, what=decision.kind)
    return decision


def _carry_out(decision: Decision, *, by: User, on: date) -> None:
    visitation = decision.visitation
    if visitation is not None:
        visitation.locked = True
        visitation.save(update_fields=["locked"])
        Referral.objects.filter(pk=visitation.referral_id).update(state=Referral.State.VISITATED)
    decision.save()
    if decision.kind == Kind.GRANT and decision.course is None:
        decision.course = begin_course(decision)
    elif decision.kind == Kind.GRANT:
        prolong_course(decision)
    elif decision.kind == Kind.CHANGE:
        change_course(decision)
    elif decision.kind == Kind.EARLY_STOP:
        shorten_course(decision)


def _heard(decision: Decision) -> bool:
    hearing = Hearing.objects.filter(decision=decision).first()
    return hearing is not None and (bool(hearing.waived_reason) or hearing.answered_on is not None)


@transaction.atomic
def send_letter(decision: Decision, *, on: date, by: User) -> None:
    """Records that the letter has gone to the citizen, from which the complaint term runs (RSL § 67)."""
    if decision.state != State.DECIDED:
        raise ValidationError("Afgørelsen er ikke truffet endnu.")
    if decision.letter_sent_on is not None:
        raise ValidationError(f"Brevet er allerede sendt {field_date(decision.letter_sent_on)}.")
    rule = law.complaint_rule(on)
    decision.letter_sent_on, decision.complain_by = on, on + timedelta(weeks=rule.weeks)
    decision.save(update_fields=["letter_sent_on", "complain_by"])
    changed("sendt brev", by=by, about=decision, citizen_id=decision.citizen_id)


@transaction.atomic
def drop_draft(decision: Decision, *, by: User) -> None:
    """Gives up a decision that has not been taken; the visitation is open again."""
    if decision.state == State.DECIDED:
        raise ValidationError("En truffet afgørelse kan ikke slettes. Træf en ny, der ændrer den.")
    _move(decision, State.WITHDRAWN)
    changed("opgivet kladde", by=by, about=decision, citizen_id=decision.citizen_id)


def _open(decision: Decision, state: str) -> None:
    decision.refresh_from_db(fields=["state"])
    if decision.state != state:
        raise ValidationError(
            f"Afgørelsen er nu: {decision.get_state_display()}. Genindlæs siden, og se hvad der mangler."
        )


def _move(decision: Decision, state: str) -> None:
    decision.state = state
    decision.save(update_fields=["state"])
