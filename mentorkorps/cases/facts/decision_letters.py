"""Decision rows -> decision and hearing letters: every word, date and minute as the decision stored it."""

from collections.abc import Iterator
from datetime import date

from mentorkorps.cases.facts.law import finding_of
from mentorkorps.cases.facts.letter_parts import complaint, head, lines, mentor, phone
from mentorkorps.cases.models import Decision, Hearing
from mentorkorps.domain import law, letter
from mentorkorps.domain.dates import long_date
from mentorkorps.municipality.models import User

Kind = Decision.Kind
ANSWER_WAYS = ("Ring til {name} på {phone}.", "Skriv til os i Digital Post, eller svar på brevet.")
HAS_NOT_SAID = "Du har ikke udtalt dig om det."


def decision_letter(
    decision: Decision, *, signer: User, heard: letter.Heard | letter.NotHeard | None = None
) -> letter.Document:
    """The letter of a decision, dated its `decided_on`. Raises letter.Incomplete for what is missing.

    `heard` stands in for a hearing that is still to come; otherwise the stored one is told.
    """
    finding = finding_of(decision)
    on = decision.decided_on
    return letter.compose_decision(
        letter.DecisionInput(
            head=head(decision.citizen, signer, on),
            basis=_basis(finding, on),
            answer=_answer(decision, finding),
            assessment=_assessment(decision, finding),
            complaint=complaint(on),
            hearing=heard or _stored_hearing(decision),
        )
    )


def hearing_letter(decision: Decision, *, signer: User, on: date, answer_by: date) -> letter.Document:
    """The letter that asks the citizen before an adverse decision (FVL § 19). Raises letter.Incomplete."""
    finding = finding_of(decision)
    return letter.compose_hearing(
        letter.HearingInput(
            planned=decision.kind,
            head=head(decision.citizen, signer, on),
            basis=_basis(finding, on),
            plan=_plan(decision),
            reason=decision.reasons,
            facts=tuple(_known_facts(decision, finding)),
            answer_by=answer_by,
            answer_how=tuple(way.format(name=signer.name, phone=phone(signer)) for way in ANSWER_WAYS),
        )
    )


def how_heard(hearing: Hearing | None) -> letter.Heard | letter.NotHeard | None:
    """How the citizen was heard, as the decision letter tells it; None while nobody has asked or answered."""
    if hearing is None:
        return None
    if hearing.waived_reason:
        return letter.NotHeard(hearing.waived_reason)
    return letter.Heard(hearing.sent_on, hearing.answer or None) if hearing.answered_on else None


def _stored_hearing(decision: Decision) -> letter.Heard | letter.NotHeard | None:
    if decision.kind == Kind.GRANT and decision.in_full:
        return None
    return how_heard(Hearing.objects.filter(decision=decision).first())


def _basis(finding: law.Finding, dated: date) -> letter.LegalBasis:
    return letter.LegalBasis(
        authority=law.authority_word(dated),
        obligation=finding.obligation,
        citation=finding.citation,
        other_citations=finding.other_citations,
        rule_title=finding.title,
        purpose=finding.purpose,
        rule_says=finding.rule_says,
        at_most=finding.duration.at_most,
        at_least=finding.duration.at_least,
    )


def _answer(decision: Decision, finding: law.Finding) -> letter.Answer:
    match Kind(decision.kind):
        case Kind.GRANT:
            return letter.Grant(_support(decision, finding), decision.in_full)
        case Kind.REFUSAL:
            return letter.NoMentor()
        case Kind.CHANGE:
            return letter.Change(_support(decision, finding), _previous(decision))
        case Kind.EARLY_STOP:
            return letter.EarlyStop(_previous(decision), decision.end)
        case Kind.NON_EXTENSION:
            return letter.NonExtension(_previous(decision))


def _support(decision: Decision, finding: law.Finding) -> letter.Support:
    course, contact = decision.course, finding.contact
    return letter.Support(
        start=decision.start,
        end=decision.end,
        minutes_per_week=decision.minutes_per_week,
        rhythm=letter.Rhythm(contact.every, contact.at_least, "law") if contact else None,
        mentor=mentor(course.mentor) if course and course.mentor else None,
        first_meeting=None,
        tasks=tuple(decision.tasks),
        not_tasks=tuple(decision.not_tasks),
    )


def _previous(decision: Decision) -> letter.Previous:
    """The decision in force until now: that of the last grant made before this decision."""
    grants = decision.course.grants.exclude(decision=decision).select_related("decision")
    grant = grants.order_by("-start")[0]
    return letter.Previous(grant.decision.decided_on, grant.end, grant.minutes_per_week)


def _assessment(decision: Decision, finding: law.Finding) -> letter.Assessment:
    level = decision.level_minutes
    deviates = decision.kind == Kind.GRANT and level not in (None, decision.minutes_per_week)
    return letter.Assessment(
        situation=decision.situation,
        prospect=decision.prospect or None,
        citizen_view=decision.citizens_view or HAS_NOT_SAID,
        considerations=lines(decision.reasons),
        facts=tuple(_said(condition) for condition in finding.conditions),
        deviation=letter.Deviation(level, decision.deviation_reason) if deviates else None,
        other_help=lines(decision.other_help),
    )


def _said(condition: law.Condition) -> str:
    """A condition of the rule as a sentence to the citizen; what is unknown is said to be."""
    if condition.met is True:
        return f"Du {condition.text}."
    if condition.met is False:
        return f"Reglen kræver, at du {condition.text}. Det er ikke opfyldt."
    return f"Vi ved ikke, om du {condition.text}."


def _known_facts(decision: Decision, finding: law.Finding) -> Iterator[letter.KnownFact]:
    sources = decision.visitation.sources if decision.visitation else {}
    for condition in finding.conditions:
        yield letter.KnownFact(_said(condition), _where_from(sources.get(condition.fact)))


def _where_from(said: dict[str, str] | None) -> str:
    if said is None:
        return "din sag"
    return f"{said['source']}, {long_date(date.fromisoformat(said['on']))}"


def _plan(decision: Decision) -> str:
    match Kind(decision.kind):
        case Kind.GRANT:
            minutes = decision.minutes_per_week
            return (
                f"Vi vil give dig en mentor i {minutes} minutter om ugen. Det er mindre, end du har bedt om."
            )
        case Kind.CHANGE:
            return f"Vi vil ændre din mentorstøtte til {decision.minutes_per_week} minutter om ugen."
        case Kind.REFUSAL:
            return "Vi vil give dig afslag på en mentor."
        case Kind.EARLY_STOP:
            return f"Vi vil stoppe din mentorstøtte den {long_date(decision.end)}, før perioden er slut."
        case Kind.NON_EXTENSION:
            return "Vi vil ikke give dig en ny periode med mentor."
