"""Jens and Karla, told in full: two citizens around whom many authorities move, and the mentors between them.

The kinds of task and of party are those of the two cases of the theme discussion in København, 29 September 2014.
Age, trade, places and words are changed, so that nobody can be recognised.
"""

import uuid
from datetime import date, time, timedelta
from typing import Any

from django.db.models import Q

from mentorkorps.cases.actions.course import move_task
from mentorkorps.cases.actions.referral import write_note
from mentorkorps.cases.models import Course
from mentorkorps.followup.actions import (
    book_appointment,
    correct_contact,
    log_contact,
    record_absence,
    write_status,
)
from mentorkorps.followup.models import Contact, StatusReport
from mentorkorps.municipality.models import Mentor
from mentorkorps.web.demo import around
from mentorkorps.web.demo.diary import BETWEEN, LAST_MINUTE
from mentorkorps.web.demo.plans import Said
from mentorkorps.web.demo.steps import WANTS, Steps

Outcome, How = Contact.Outcome, Contact.How
ELEVEN = 11 * 60  # minutes into the day

JENS = Said(
    purpose="Har ingen fast adresse og udebliver fra samtaler. Støtte til behandling, læge og bolig.",
    goal="Vil gerne have et fast sted at bo og en aktivitet to dage om ugen",
    situation="Du har ingen fast adresse, og seks forskellige kontorer er med i din sag",
    prospect="Vi mener, at en fast person kan hjælpe dig i behandling og videre til en aktivitet",
    view="Du har fortalt, at du gerne vil i gang med noget to dage om ugen",
    other_help="Hjemløseenheden følger dig og fortsætter med det",
    tasks=[
        "at mødes en gang om ugen på et sted, du vælger",
        "at blive fri for Digital Post",
        "at få en midlertidig adresse",
        "at finde ud af, om behandling er noget for dig",
        "at få papirer fra din læge",
        "at følge med i, hvor langt din boligsag er",
        "at gøre klar til et møde om ressourceforløb",
    ],
    not_tasks=[
        "at give behandling og medicin (det gør læge og behandlingssted)",
        "at finde en bolig til dig (det gør boligafdelingen)",
        "at føre dine samtaler for dig",
    ],
)
KARLA = Said(
    purpose="Mange aftaler på en gang: behandling, familieafdeling og en uddannelse, der trækker.",
    goal="Vil gerne uddanne sig til gartner og kunne passe behandlingen imens",
    situation="Du har ADHD og OCD, og du holder aftaler bedst, når én, du kender, går med",
    prospect="Vi mener, at følgeskab og en realistisk plan gør en praktik i et gartneri mulig til foråret",
    view="Du har fortalt, at du gerne vil begynde hurtigt, men er bange for at love for meget",
    other_help="Bostøtte efter serviceloven § 85 er søgt og afventer",
    tasks=[
        "at blive ved med at komme til behandling",
        "at holde møder med familieafdelingen",
        "at finde en forening, hvor du kan møde andre",
        "at ringe til Udbetaling Danmark",
        "at finde ud af, hvilken uddannelse du kan tage og leve af imens",
        "at lave en plan, der passer til dine kræfter",
        "at samle papirerne i din sag",
        "at finde en praktik sammen med virksomhedskonsulenten",
    ],
    not_tasks=[
        "at give behandling og medicin (det gør læge og behandlingssted)",
        "at træffe afgørelser i din sag (det gør din sagsbehandler)",
        "at føre dine samtaler for dig",
    ],
)
# Weeks ago -> what happened when it was not a plain meeting; the rest of the weeks they met.
JENS_WEEKS = {
    2: (Outcome.CANCELLED_CITIZEN, "Indlagt nogle dage. Ringede til afdelingen; Jens ville gerne have besøg bagefter."),
    6: (Outcome.NO_SHOW, "Mødte ikke på værestedet. Spurgte personalet; de havde ikke set ham."),
    7: (Outcome.ATTEMPT, "Ringede to gange og lagde en besked på værestedet."),
}  # fmt: skip
JENS_NOTES = (
    "Fulgtes til Borgerservice. Jens forklarede selv, hvorfor han ikke kan bruge Digital Post.",
    "Gik tur langs havnen. Talte om, hvad en aktivitet kunne være.",
    "Første samtale i alkoholrådgivningen. Fast kontaktperson aftalt.",
    "Jens ringede selv til lægen; jeg sad ved siden af.",
    "Møde med hjemløseenheden. Boligindstillingen er sendt.",
)
KARLA_NOTES = (
    "Fulgtes til distriktspsykiatrien. Karla gik selv ind.",
    "Trepartsmøde med familieafdelingen. Karla sagde, hvad hun havde skrevet ned.",
    "Ringede sammen til Udbetaling Danmark om børnetilskud for de sidste to år.",
    "Besøgte foreningens café. Karla vil komme igen.",
    "Tegnede en tidslinje: praktik først, uddannelse til august.",
)


def tell(steps: Steps) -> tuple[Course, Course]:
    """Jens' and Karla's courses."""
    return _jens(steps), _karla(steps)


def _jens(steps: Steps) -> Course:
    """His grant runs out within four weeks, two weeks in a row were missed, and one is excused."""
    fatima = steps.fjordby.fatima
    course = _grant(
        steps, JENS, "Jens", (45, 48), weeks_ago=22, minutes=180, mentor=fatima, digital_post_exempt=True,
        deviation_reason="Der er mange at tale med i din sag, og du har ingen fast adresse",
        barriers=["housing", "substance_use", "network"],
        safety_notes="Mød ham på værestedet, og gå ikke alene hjem med ham.",
    )  # fmt: skip
    first = steps.monday(2)
    record_absence(
        course, first=first, last=first + timedelta(days=4), reason="admitted", note="", by=fatima.user
    )
    _meet(steps, course, fatima, 22, JENS_WEEKS, JENS_NOTES)
    _move(
        course, ("done", "done", "citizen", "together", "together", "mentor", "mentor"), steps.day(30), fatima
    )
    around.jens(steps, course.citizen)
    write_status(
        course, on=steps.day(4), by=fatima.user, goals="Adressen er på plads. Aktiviteten er ikke begyndt endnu.",
        progress="Møder nu af sig selv på værestedet og ringer selv til lægen.",
        citizens_view="Vil gerne beholde mentor, til han har en bolig.",
        recommendation=StatusReport.Recommendation.CONTINUE, reason="Behandlingen er ny, og boligsagen er ikke slut.",
    )  # fmt: skip
    write_note(
        course.citizen, text="Jens bad om at få breve på papir. Noteret i sagen.", by=steps.fjordby.helle
    )
    return course


def _karla(steps: Steps) -> Course:
    """Two months in, with a meeting that was logged wrong and corrected."""
    mentor = steps.fjordby.social[2]
    course = _grant(
        steps, KARLA, "Karla", (33, 35), weeks_ago=9, minutes=150, mentor=mentor, gender="k",
        barriers=["mental_health", "network", "family"], wishes="Helst en kvinde, der ikke skifter.", mentor_gender="k",
    )  # fmt: skip
    _meet(steps, course, mentor, 9, {}, KARLA_NOTES)
    _move(
        course,
        ("citizen", "together", "done", "together", "mentor", "together", "mentor", "mentor"),
        steps.day(12),
        mentor,
    )
    around.karla(steps, course.citizen)
    wrong = course.contacts.filter(held=True).order_by("-day")[0]
    correct_contact(wrong, key=_key(steps), today=steps.today, by=mentor.user, minutes=wrong.minutes + 30)
    return course


def _grant(
    steps: Steps, said: Said, name: str, ages: tuple[int, int], *, weeks_ago: int, minutes: int, mentor: Mentor,
    deviation_reason: str = "", gender: str = "m", **fields: Any,
) -> Course:  # fmt: skip
    """From the referral to the signed agreement, which is signed before the first Monday."""
    start = steps.monday(weeks_ago)
    before = (steps.today - start).days
    person = steps.someone(
        ages, first_name=name, last_name="Eksempel" if name == "Jens" else "Prøve", gender=gender
    )
    group = "kontanthjaelp_aktivitetsparat"
    referral = steps.refer(person, steps.fjordby.helle, ago=before + 18, group=group, said=said, **fields)
    visitation = steps.visitate(referral, ago=before + 10, facts={**WANTS, "target_group": group}, said=said)
    decision = steps.draft_grant(
        visitation, function="social_mentor", ago=before + 9, start=start, said=said, minutes=minutes,
        deviation_reason=deviation_reason,
    )  # fmt: skip
    course = steps.decide(decision, ago=before + 7).course
    steps.assign(course, mentor, first=start)
    steps.agree(course, said=said, ago=before + 3)
    course.refresh_from_db()
    return course


def _meet(
    steps: Steps, course: Course, mentor: Mentor, weeks_ago: int,
    otherwise: dict[int, tuple[Outcome, str]], notes: tuple[str, ...],
) -> None:  # fmt: skip
    """A contact on each Wednesday behind on which the mentor was there, with a note; and the next appointment."""
    by = mentor.user
    for ago in range(weeks_ago, 0, -1):
        day = steps.monday(ago) + timedelta(days=2)
        if mentor.absences.filter(first__lte=day).filter(Q(last__isnull=True) | Q(last__gte=day)).exists():
            continue
        outcome, note = otherwise.get(ago, (Outcome.MET, notes[ago % len(notes)]))
        minutes = int(course.minutes_per_week * steps.rng.uniform(0.7, 1.1)) // 5 * 5
        log_contact(
            course, key=_key(steps), day=day, start=_free_from(mentor, day, minutes), outcome=outcome,
            today=steps.today, by=by, note=note, minutes=minutes if outcome == Outcome.MET else 0,
            place="på værestedet" if outcome == Outcome.MET else "",
            transport_minutes=20,
        )  # fmt: skip
    book_appointment(
        course,
        day=steps.today + timedelta(days=2),
        start=time(11),
        place="på værestedet",
        today=steps.today,
        by=by,
    )


def _free_from(mentor: Mentor, day: date, minutes: int) -> time | None:
    """Eleven, or the first quarter after the mentor's other meetings of the day; None where the day is full."""
    others = mentor.contacts.filter(day=day, held=True, start__isnull=False)
    over = [60 * c.start.hour + c.start.minute + c.minutes for c in others if c.start]
    begin = max([ELEVEN, *(15 * -(-(minute + BETWEEN) // 15) for minute in over)])
    return time(*divmod(begin, 60)) if begin + minutes <= LAST_MINUTE else None


def _key(steps: Steps) -> uuid.UUID:
    return uuid.UUID(int=steps.rng.getrandbits(128), version=4)


WAY = ("together", "citizen", "done")


def _move(course: Course, stages: tuple[str, ...], on: date, mentor: Mentor) -> None:
    """Each task goes its way to the stage it has now, evenly over the days from the start to `on`."""
    for place, (task, stage) in enumerate(
        zip(course.tasks.filter(mine=True).order_by("position"), stages, strict=True)
    ):
        way = WAY[: WAY.index(stage) + 1] if stage in WAY else ()
        for number, step in enumerate(way, 1):
            days = (on - course.start).days * number // (len(way) + place % 2)
            move_task(task, stage=step, on=course.start + timedelta(days=days), by=mentor.user)
