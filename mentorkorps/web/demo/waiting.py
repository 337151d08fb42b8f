"""What waits for a caseworker or a second person: referrals, drafts, hearings, letters, agreements and complaints."""

from datetime import timedelta
from typing import Any

from mentorkorps.cases.actions.complaint import reassess_complaint, receive_complaint
from mentorkorps.cases.actions.decision import (
    ask_second_person,
    decide,
    draft_decision,
    draft_on_course,
    record_answer,
    send_hearing,
    send_letter,
)
from mentorkorps.cases.actions.referral_correction import correct_referral
from mentorkorps.cases.facts import law_answer
from mentorkorps.cases.models import Complaint, Course, Decision, Visitation
from mentorkorps.municipality.models import User
from mentorkorps.web.demo.plans import say
from mentorkorps.web.demo.steps import WANTS, Steps

Kind = Decision.Kind
CASH_BENEFIT, SICK_PAY = "kontanthjaelp_aktivitetsparat", "sygedagpenge"
WHY_NOT = "Du holder dine aftaler uden hjælp.\nDu får følgeskab af den medarbejder, du kender på Værkstedet."
MORE_WHY = "Du er begyndt i praktik, og de første uger er de sværeste."
MORE_VIEW = "Du har fortalt, at du gerne vil have din mentor med de første uger"
FEWER_VIEW = "Du har fortalt, at du gerne vil prøve mere selv"
FEWER_WHY = "Du klarer nu de fleste aftaler selv.\nDu og din mentor er enige om, at der er brug for mindre."
TEAM_INSTEAD = (
    "Du får et udgående team fra psykiatrien i et halvt år.\nTeamet hjælper dig også med vejen til job."
)


def tell(steps: Steps) -> None:
    """Every state before a course runs, for Helle most of all; Karl has his own."""
    helle, karl = steps.fjordby.helle, steps.fjordby.karl
    _new_referrals(steps, helle, karl)
    _drafts(steps, helle)
    _in_hearing(steps, helle, sent=20)
    _in_hearing(steps, karl, sent=4)
    _for_a_second_person(steps, helle)
    _letter_not_sent(steps, helle)
    _letter_not_sent(steps, karl)
    _agreement_not_signed(steps, helle)
    _agreement_not_signed(steps, karl)
    _refused_with_complaints(steps, helle)


def _new_referrals(steps: Steps, helle: User, karl: User) -> None:
    """Four that came lately, one that is overdue, and one from a ward that does not know the day of discharge."""
    for by, ago in ((helle, 2), (helle, 9), (karl, 4), (karl, 12), (helle, 23)):
        said = say(steps.rng, "social_mentor")
        steps.refer(
            steps.someone(), by, ago=ago, group=CASH_BENEFIT, said=said, barriers=["network", "unemployment"]
        )
    said = say(steps.rng, "discharge_coordinator")
    referral = steps.refer(
        steps.someone((24, 40), language="ar"), helle, ago=6, group=CASH_BENEFIT, said=said, barriers=["mental_health"],
        professionals="Psykiatrisk afdeling, Prøvehospitalet, ved kontaktpersonen", mentor_age="under_30",
    )  # fmt: skip
    steps.visitate(
        referral,
        ago=4,
        facts={**WANTS, "target_group": CASH_BENEFIT, "psychiatric_admission": True},
        said=said,
    )
    correct_referral(
        referral, reason="Ønsket kom frem i samtalen på afdelingen.", seen=0, on=steps.day(4), by=helle,
        mentor_gender="k",
    )  # fmt: skip


def _drafts(steps: Steps, helle: User) -> None:
    """Assessments begun: one with the first facts alone, one that lacks only the decision, one drafted."""
    said = say(steps.rng, "social_mentor")
    begun = steps.refer(steps.someone(), helle, ago=8, group=SICK_PAY, said=said)
    steps.visitate(begun, ago=5, facts={"target_group": SICK_PAY}, said=said)
    _assessed(steps, helle, ago=3)
    visitation = _assessed(steps, helle, ago=6)
    _grant(steps, visitation, ago=2)


def _assessed(steps: Steps, by: User, *, ago: int, **facts: Any) -> Visitation:
    return steps.assess(
        steps.someone(), by, ago=ago, function="social_mentor", group=CASH_BENEFIT,
        facts={"target_group": CASH_BENEFIT, **facts},
    )  # fmt: skip


def _grant(steps: Steps, visitation: Visitation, *, ago: int) -> Decision:
    """A grant as the level has it, from the Monday after it is decided."""
    start = steps.monday(ago // 7) + timedelta(days=7)
    said = say(steps.rng, "social_mentor")
    return steps.draft_grant(
        visitation, function="social_mentor", ago=ago, start=start, said=said, minutes=150, weeks=26
    )


def _refuse(steps: Steps, visitation: Visitation, *, ago: int, reasons: str = WHY_NOT) -> Decision:
    """The draft of a refusal, by the rule that comes nearest to what is asked for."""
    answer = law_answer(visitation)
    return draft_decision(
        visitation, kind=Kind.REFUSAL, rule=answer.findings[0].rule, on=steps.day(ago), by=visitation.caseworker,
        reasons=reasons,
    )  # fmt: skip


def _in_hearing(steps: Steps, by: User, *, sent: int) -> None:
    """A refusal of a may-offer that the citizen has been asked about; after two weeks the term has run out."""
    decision = _refuse(steps, _may_only(steps, by, ago=sent + 2), ago=sent + 1)
    send_hearing(decision, on=steps.day(sent), by=by)


def _may_only(steps: Steps, by: User, *, ago: int) -> Visitation:
    """A citizen to whom the law gives no right, with every fact known that could give one."""
    return _assessed(steps, by, ago=ago, psychiatric_admission=False, integration_programme=False)


def _for_a_second_person(steps: Steps, by: User) -> None:
    """A right that the caseworker means to refuse; the citizen was heard, and another person must agree."""
    group = CASH_BENEFIT
    discharge = {
        "psychiatric_admission": True,
        "discharge_date": (steps.today + timedelta(days=15)).isoformat(),
    }
    visitation = steps.assess(
        steps.someone((22, 45)), by, ago=24, group=group, function="discharge_coordinator",
        facts={"target_group": group, **discharge},
    )  # fmt: skip
    decision = _refuse(steps, visitation, ago=22, reasons=TEAM_INSTEAD)
    send_hearing(decision, on=steps.day(22), by=by)
    record_answer(
        decision, answer="Vil stadig gerne have en, der tager med den første tid.", on=steps.day(9), by=by
    )
    ask_second_person(decision, reason="Det udgående team tager sig af det samme, som mentor ville.", by=by)


def _letter_not_sent(steps: Steps, by: User) -> None:
    decision = _grant(steps, _assessed(steps, by, ago=8), ago=5)
    decide(decision, on=steps.day(3), by=by)


def _agreement_not_signed(steps: Steps, by: User) -> None:
    """The grant runs and the mentor is chosen, but the agreement lies unsigned."""
    visitation = _assessed(steps, by, ago=16)
    decision = steps.decide(_grant(steps, visitation, ago=14), ago=13)
    course = decision.course
    steps.assign(course, steps.fjordby.social[7], first=course.start)
    said = say(steps.rng, "social_mentor")
    steps.agree(course, said=said, ago=5, signed=False)


def _refused_with_complaints(steps: Steps, by: User) -> None:
    """Three refusals with complaints: one to be re-assessed today, one new, one kept and sent on."""
    texts = (
        "Jeg mener ikke, at Værkstedet er nok.",
        "Jeg har brug for en, der tager med til læge.",
        "Jeg er uenig.",
    )
    for received, text in zip((28, 3, 33), texts, strict=True):
        complaint = _complain(steps, _refused(steps, by, ago=received + 9), text, received)
    reassess_complaint(
        complaint, outcome=Complaint.Outcome.SENT_ON, on=steps.today - timedelta(days=9), by=by,
        reason="Der er ikke kommet nye oplysninger. Afgørelsen hviler på, at Værkstedet giver den samme støtte.",
    )  # fmt: skip


def _refused(steps: Steps, by: User, *, ago: int) -> Decision:
    decision = _refuse(steps, _may_only(steps, by, ago=ago + 19), ago=ago + 18)
    send_hearing(decision, on=steps.day(ago + 17), by=by)
    record_answer(decision, answer="Vil gerne have en mentor alligevel.", on=steps.day(ago + 3), by=by)
    decide(decision, on=steps.day(ago), by=by)
    send_letter(decision, on=steps.day(ago), by=by)
    return decision


def _complain(steps: Steps, decision: Decision, text: str, ago: int) -> Complaint:
    received_on = steps.today - timedelta(days=ago)
    return receive_complaint(
        decision, text=text, received_on=received_on, today=steps.today, by=decision.drafted_by
    )


def change(steps: Steps, course: Course, *, minutes: int, ago: int, heard: bool) -> Decision:
    """A change of minutes from next Monday; fewer minutes are heard first, and wait there when not answered."""
    by, start, fewer = course.citizen.caseworker, steps.monday(-1), minutes < course.minutes_per_week
    decision = draft_on_course(
        course,
        kind=Kind.CHANGE,
        on=steps.day(ago),
        by=by,
        reasons=FEWER_WHY if fewer else MORE_WHY,
        start=start,
        minutes=minutes,
        citizens_view=FEWER_VIEW if fewer else MORE_VIEW,
    )
    if fewer:
        send_hearing(decision, on=steps.day(ago), by=by)
        if not heard:
            return decision
        record_answer(decision, answer="Er enig.", on=steps.day(ago - 5), by=by)
    return steps.decide(decision, ago=0)
