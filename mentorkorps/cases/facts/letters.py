"""Rows of a case -> what the letters are composed from: every word, date and minute resolved as it was stored."""

from collections.abc import Iterable
from datetime import date

from mentorkorps.cases.models import Agreement, Citizen, Course, Decision, Hearing
from mentorkorps.domain import law, letter
from mentorkorps.municipality.models import Mentor, Municipality, User

SEND_ANSWER = ("Ring til {name} på {phone}.", "Skriv til os i Digital Post, eller svar på brevet.")


def decision_letter(decision: Decision, *, signer: User) -> letter.Document:
    """The letter of a decision that is being taken. Raises letter.Incomplete for what is missing."""
    answer = law.Answer.from_json(decision.answer)
    finding = answer.finding(decision.rule)
    return letter.compose_decision(
        letter.DecisionInput(
            head=_head(decision.citizen, signer, decision.decided_on),
            basis=_basis(answer, finding, decision.decided_on),
            answer=_answer(decision, finding),
            assessment=_assessment(decision, finding),
            complaint=complaint(decision.decided_on),
            hearing=_hearing(decision),
        )
    )


def hearing_letter(decision: Decision, hearing: Hearing) -> letter.Document:
    """The letter that asks the citizen before an adverse decision (FVL § 19)."""
    answer = law.Answer.from_json(decision.answer)
    finding = answer.finding(decision.rule)
    signer = decision.drafted_by
    return letter.compose_hearing(
        letter.HearingInput(
            planned=decision.kind,
            head=_head(decision.citizen, signer, hearing.sent_on),
            basis=_basis(answer, finding, hearing.sent_on),
            plan=_plan(decision),
            reason=decision.reasons,
            facts=tuple(letter.KnownFact(text, "din sag") for text in _key_facts(finding)),
            answer_by=hearing.answer_by,
            answer_how=tuple(way.format(name=signer.name, phone=_phone(signer)) for way in SEND_ANSWER),
        )
    )


def agreement_letter(agreement: Agreement, *, signer: User) -> letter.Document:
    """The written agreement with every element that the law of its date demands."""
    course = agreement.course
    rule = law.agreement_rule(agreement.drafted_on)
    return letter.compose_agreement(
        letter.AgreementInput(
            head=_head(course.citizen, signer, agreement.drafted_on),
            authority=law.authority_word(agreement.drafted_on),
            decided_on=course.grants.order_by("-start")[0].decision.decided_on,
            citations=(course.citation, rule.citation),
            goal=agreement.goal,
            mentor=_mentor(agreement.mentor),
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


def handover_page(
    course: Course, *, substitute: Mentor, signer: User, on: date, appointments: Iterable[letter.Appointment],
    works: tuple[str, ...], safety: tuple[str, ...],
) -> letter.Document:  # fmt: skip
    """One page for a substitute: first name and initial, goal, tasks and stages; no CPR number and no diagnosis."""
    citizen = course.citizen
    stages: dict[str, letter.Stage] = {"mentor": "mentor", "together": "together", "citizen": "citizen"}
    return letter.compose_handover(
        letter.HandoverInput(
            sender=_sender(signer, citizen),
            substitute=substitute.name,
            dated=on,
            case_number=citizen.case_number,
            citizen_first_name=citizen.first_name,
            citizen_initial=citizen.last_name[:1],
            mentor=_mentor(course.mentor) if course.mentor else None,
            start=course.start,
            end=course.end,
            goal=course.goal,
            tasks=tuple(
                letter.TaskStage(task.title, stages[task.stage])
                for task in course.tasks.filter(mine=True).exclude(stage="done")
            ),
            agreements=tuple(
                f"Ikke mentors opgave: {title}"
                for title in course.tasks.filter(mine=False).values_list("title", flat=True)
            ),
            appointments=tuple(appointments),
            works=works,
            safety=safety,
        )
    )


def complaint(on: date) -> letter.Complaint:
    """Complaint guidance as the law of a date has it."""
    rule = law.complaint_rule(on)
    return letter.Complaint(rule.weeks, rule.reassess_weeks, rule.appeal_body)


def _head(citizen: Citizen, signer: User, dated: date) -> letter.Head:
    return letter.Head(
        sender=_sender(signer, citizen),
        recipient=letter.Recipient(
            str(citizen), tuple(citizen.address.split(", ")) if citizen.address else ("Ingen fast adresse",)
        ),
        first_name=citizen.first_name,
        case_number=citizen.case_number,
        dated=dated,
    )


def _sender(signer: User, citizen: Citizen) -> letter.Sender:
    municipality = Municipality.objects.get()
    return letter.Sender(
        municipality=municipality.name,
        unit=citizen.unit.name,
        address_lines=tuple((citizen.unit.address or municipality.address).split(", ")),
        phone=_phone(signer),
        name=signer.name,
        title=signer.get_role_display(),
    )


def _phone(signer: User) -> str:
    return signer.phone or Municipality.objects.get().phone


def _basis(answer: law.Answer, finding: law.Finding, dated: date) -> letter.LegalBasis:
    others = [f.citation for f in answer.findings if f.met is True and f.citation != finding.citation]
    return letter.LegalBasis(
        authority=law.authority_word(dated),
        obligation=finding.obligation,
        citation=finding.citation,
        other_citations=tuple(dict.fromkeys(others)),
        rule_title=finding.title,
        purpose=finding.purpose,
        rule_says=finding.rule_says,
        at_most=finding.duration.at_most if finding.duration else None,
        at_least=finding.duration.at_least if finding.duration else None,
    )


def _answer(decision: Decision, finding: law.Finding):
    kind = Decision.Kind(decision.kind)
    if kind == Decision.Kind.GRANT:
        return letter.Grant(_support(decision, finding))
    if kind == Decision.Kind.REFUSAL:
        return letter.NoMentor()
    previous = _previous(decision)
    if kind == Decision.Kind.CHANGE:
        return letter.Change(_support(decision, finding), previous)
    if kind == Decision.Kind.EARLY_STOP:
        return letter.EarlyStop(previous, decision.end)
    return letter.NonExtension(previous)


def _support(decision: Decision, finding: law.Finding) -> letter.Support:
    course = decision.course
    contact = finding.contact
    return letter.Support(
        start=decision.start,
        end=decision.end,
        minutes_per_week=decision.minutes_per_week,
        rhythm=letter.Rhythm(contact.every, contact.at_least, "law") if contact else None,
        mentor=_mentor(course.mentor) if course and course.mentor else None,
        first_meeting=None,
        tasks=tuple(decision.tasks),
        not_tasks=tuple(decision.not_tasks),
    )


def _previous(decision: Decision) -> letter.Previous:
    """The decision in force until now: the last grant made before this decision."""
    grant = decision.course.grants.exclude(decision=decision).select_related("decision").order_by("-start")[0]
    return letter.Previous(grant.decision.decided_on, grant.decision.end or grant.end, grant.minutes_per_week)


def _assessment(decision: Decision, finding: law.Finding) -> letter.Assessment:
    deviates = decision.kind == Decision.Kind.GRANT and decision.level_minutes not in (
        None,
        decision.minutes_per_week,
    )
    return letter.Assessment(
        situation=decision.situation or decision.reasons,
        prospect=decision.prospect or None,
        citizen_view=decision.citizens_view or "Du har ikke udtalt dig om det.",
        considerations=_lines(decision.reasons),
        facts=tuple(_key_facts(finding)),
        deviation=letter.Deviation(decision.level_minutes, decision.deviation_reason) if deviates else None,
        other_help=_lines(decision.other_help),
    )


def _key_facts(finding: law.Finding) -> Iterable[str]:
    for condition in finding.conditions:
        if condition.met is True:
            yield f"Du {condition.text}."
        elif condition.met is False:
            yield f"Reglen kræver, at du {condition.text}. Det er ikke opfyldt."
        else:
            yield f"Vi ved ikke, om du {condition.text}."


def _hearing(decision: Decision) -> letter.Heard | letter.NotHeard | None:
    hearing = Hearing.objects.filter(decision=decision).first()
    if hearing is None:
        return None
    if hearing.waived_reason:
        return letter.NotHeard(hearing.waived_reason)
    return letter.Heard(hearing.sent_on, hearing.answer or None)


def _plan(decision: Decision) -> str:
    kind = Decision.Kind(decision.kind)
    if kind == Decision.Kind.CHANGE:
        return f"Vi vil ændre din mentorstøtte til {decision.minutes_per_week} minutter om ugen."
    return {
        Decision.Kind.REFUSAL: "Vi vil give dig afslag på en mentor.",
        Decision.Kind.EARLY_STOP: "Vi vil stoppe din mentorstøtte, før perioden er slut.",
        Decision.Kind.NON_EXTENSION: "Vi vil ikke give dig en ny periode med mentor.",
    }[kind]


def _company(agreement: Agreement) -> letter.CompanyPart | None:
    if agreement.firm is None:
        return None
    kroner = f"{agreement.wage_per_hour / 100:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return letter.CompanyPart(
        firm=agreement.firm.name,
        cvr=agreement.firm.cvr,
        signer=agreement.firm.name,
        citation="LAB § 169" if agreement.drafted_on.year >= 2020 else "LAB § 31 d",
        beyond_ordinary=agreement.beyond_ordinary,
        decisive=agreement.decisive,
        wage=f"{kroner} kr. i timen",
    )


def _mentor(mentor: Mentor) -> letter.Mentor:
    return letter.Mentor(mentor.name, mentor.name.split()[0], mentor.phone or "oplyses af kommunen")


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
