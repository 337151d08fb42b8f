"""What must hold before a decision can stand as a draft: errors by field, and Refusal where the law says no."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError

from mentorkorps.cases.facts import decision_letter
from mentorkorps.cases.models import Course, Decision
from mentorkorps.domain import law, letter
from mentorkorps.domain.danish import listed
from mentorkorps.domain.dates import field_date
from mentorkorps.domain.refusal import Refusal
from mentorkorps.domain.service_level import MINUTES_IN_A_WEEK
from mentorkorps.municipality.models import User

Kind = Decision.Kind
Problems = dict[str, str]
# Wider than anything real: what lies outside is a slip of the finger.
ABOUT_A_YEAR, LONGEST_PERIOD = timedelta(days=366), timedelta(days=731)
WHY = "Skriv, hvad du har lagt vægt på. Borgeren har krav på en begrundelse (FVL § 24)."
# Where a letter misses something -> the field in which it is written.
LETTER_FIELDS = {
    "considerations": "reasons", "citizen_view": "citizens_view", "situation": "situation", "prospect": "prospect",
    "other_help": "other_help", "reason": "deviation_reason", "tasks": "tasks", "not_tasks": "not_tasks",
}  # fmt: skip


def check_decision(decision: Decision, finding: law.Finding, *, on: date, signer: User) -> None:
    """A grant, a refusal or a non-extension on a visitation. Raises ValidationError and Refusal."""
    _check_law_day(decision, on)
    problems = _check_words(decision, finding)
    if decision.kind == Kind.GRANT:
        problems |= _check_grant(decision, finding, on)
    if problems:
        raise ValidationError(problems)
    check_letter(decision, on=on, signer=signer)


def check_on_course(decision: Decision, course: Course, *, on: date, signer: User) -> None:
    """A change, a stop or a non-extension of a running course. Raises ValidationError."""
    problems = {} if decision.reasons.strip() else {"reasons": WHY}
    if decision.kind == Kind.CHANGE:
        problems |= _check_minutes(decision) | _check_change(decision, course, on)
    if decision.kind == Kind.EARLY_STOP and not (
        decision.end and max(on, course.start) <= decision.end < course.end
    ):
        problems["end"] = (
            f"Vælg en sidste dag fra i dag og før {field_date(course.end)}, hvor bevillingen udløber af sig selv."
        )
    if problems:
        raise ValidationError(problems)
    check_letter(decision, on=on, signer=signer)


def check_letter(decision: Decision, *, on: date, signer: User) -> None:
    """Composes the letter to see that nothing is missing; an answer to a hearing may still be to come."""
    decision.decided_on = on
    try:
        decision_letter(decision, signer=signer, heard=letter.Heard(on, None))
    except letter.Incomplete as incomplete:
        field = LETTER_FIELDS.get(incomplete.field)
        raise ValidationError({field: incomplete.message} if field else incomplete.message) from None
    finally:
        decision.decided_on = None


def _check_law_day(decision: Decision, on: date) -> None:
    if law.regime_on(decision.law_on) != law.regime_on(on):
        raise Refusal(
            f"Visitationen ser på loven, som den gælder {field_date(decision.law_on)}. En afgørelse i dag følger "
            "loven i dag: sæt lovens dato til i dag, og se, hvad den siger.",
            law.regime_on(on).title,
        )


def _check_words(decision: Decision, finding: law.Finding) -> Problems:
    problems: Problems = {}
    if not decision.situation.strip():
        problems["situation"] = "Beskriv borgerens situation. Den står i brevet som grund til afgørelsen."
    if finding.obligation == "may" and not decision.prospect.strip():
        problems["prospect"] = (
            "Beskriv udsigten til at komme videre mod borgerens egne mål. Et kan-tilbud kræver en individuel vurdering."
        )
    adverse = decision.kind != Kind.GRANT or not decision.in_full
    if adverse and not decision.reasons.strip():
        problems["reasons"] = WHY
    if decision.kind != Kind.GRANT and not decision.other_help.strip():
        problems["other_help"] = "Skriv, hvilken anden hjælp der er overvejet (RSL § 5). Det står i brevet."
    return problems


def _check_grant(decision: Decision, finding: law.Finding, on: date) -> Problems:
    if finding.met is not True:
        raise Refusal(_why_not(finding), finding.citation)
    problems = _check_minutes(decision)
    level, minutes = decision.level_minutes, decision.minutes_per_week
    if not problems and level not in (None, minutes) and not decision.deviation_reason.strip():
        problems["deviation_reason"] = f"Niveauet er {level} min. Skriv, hvorfor borgeren får {minutes} min."
    if not decision.facts.get("target_group"):
        problems["target_group"] = "Målgruppen mangler. Den hører til i aftalen: skriv den i visitationen."
    return problems | _check_days(decision, on) or _check_period(decision, finding)


def _check_minutes(decision: Decision) -> Problems:
    if not decision.minutes_per_week or decision.minutes_per_week < 0:
        return {"minutes_per_week": "Skriv, hvor mange minutter om ugen borgeren får. Mindst 1."}
    if decision.minutes_per_week > MINUTES_IN_A_WEEK:
        return {"minutes_per_week": "En uge har 10.080 minutter. Skriv færre."}
    return {}


def _check_days(decision: Decision, on: date) -> Problems:
    problems: Problems = {}
    if decision.start is None:
        problems["start"] = "Skriv bevillingens første dag."
    elif abs(decision.start - on) > ABOUT_A_YEAR:
        problems["start"] = f"{field_date(decision.start)} ligger mere end et år fra i dag. Ret datoen."
    if decision.end is None:
        problems["end"] = "Skriv bevillingens sidste dag."
    elif decision.start and decision.end < decision.start:
        problems["end"] = "Sidste dag ligger før første dag."
    elif decision.start and decision.end - decision.start > LONGEST_PERIOD:
        problems["end"] = "Perioden er længere end to år. Ret datoen."
    return problems


def _check_period(decision: Decision, finding: law.Finding) -> Problems:
    problems: Problems = {}
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
    return problems


def _overlapping(decision: Decision, finding: law.Finding) -> Course | None:
    others = Course.objects.filter(citizen=decision.citizen, function=finding.function, ended_on__isnull=True)
    if decision.course_id is not None:
        # The next period of a course comes after its last one, whatever lay between them.
        own = others.filter(pk=decision.course_id, end__gte=decision.start).first()
        if own is not None:
            return own
    return others.filter(start__lte=decision.end, end__gte=decision.start).first()


def _why_not(finding: law.Finding) -> str:
    unmet = [condition.text for condition in finding.conditions if condition.met is False]
    if unmet:
        return f"Reglen kræver, at borgeren {unmet[0]}. Det er ikke opfyldt. Vælg en anden regel, eller giv afslag."
    unknown = listed([condition.text for condition in finding.unknown])
    return f"Vi ved ikke, om borgeren {unknown}. Find det ud af, før du bevilger efter reglen. Ukendt er ikke nej."


def _check_change(decision: Decision, course: Course, on: date) -> Problems:
    if (
        decision.start is None
        or not max(on, course.start + timedelta(days=1)) <= decision.start <= course.end
    ):
        return {
            "start": f"Vælg en dag fra i dag og til og med {field_date(course.end)}, hvor bevillingen udløber."
        }
    current = course.grants.filter(start__lte=decision.start, end__gte=decision.start).first()
    if current is None or current.start == decision.start:
        return {"start": "Ændringen skal begynde efter den første dag i en bevilling."}
    if decision.minutes_per_week == current.minutes_per_week:
        return {"minutes_per_week": f"Borgeren har allerede {current.minutes_per_week} min. om ugen."}
    return {}
