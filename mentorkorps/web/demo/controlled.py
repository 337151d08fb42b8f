"""Delivery control in Fjordby: the month before last drawn and finished, the last one under way with a discrepancy."""

from datetime import date, timedelta
from random import Random

from mentorkorps.domain.dates import add_months
from mentorkorps.ledger.actions.control import (
    draw_month,
    finish_control,
    raise_discrepancy,
    record_answer,
    take_step,
)
from mentorkorps.ledger.models import ControlCase, ControlDraw, Discrepancy, DiscrepancyStep
from mentorkorps.ledger.queries.control import cases_now
from mentorkorps.municipality.models import Role, User

Kind = DiscrepancyStep.Kind
WHAT_FOR = (
    "Gå med til læge", "Få styr på post og regninger", "Komme ud ad døren", "Møde på praktikstedet",
    "Ringe til boligforeningen", "Finde et sted at træne",
)  # fmt: skip
WORDS = (
    "Han kommer, når han siger det.",
    "Det er rart, at det er den samme.",
    "Vi får lavet noget hver gang.",
    "",
)
ASKED_OF = 20  # of the last month's cases; the rest still wait
NO_ANSWER_EVERY, DECLINES = 9, 7  # every ninth is not reached, and one does not wish to answer
QUESTION = (
    "Borgeren husker færre møder, end der er registreret. Vil du se i din kalender, hvad der blev til noget?"
)
LEFT = "Fakturaerne er gennemgået for sig, og leverandøren har rettet forskellen på den næste."
ANSWER = "Vi mødtes på biblioteket den gang og ikke hjemme. Jeg ringer og minder om det."


def tell(rng: Random, today: date) -> None:
    """Both months, by the product's own verbs on the days they would have been used."""
    this = today.replace(day=1)
    bodil = User.objects.filter(role=Role.COORDINATOR).order_by("created_at")[0]
    lene = User.objects.get(role=Role.LEADER)
    finished = _drawn(add_months(this, -2), add_months(this, -1) + timedelta(days=3), bodil)
    _ask(rng, list(finished.cases.all()), finished.drawn_on + timedelta(days=7), bodil)
    _follow_to_the_end(finished, bodil, lene)
    finish_control(finished, because=LEFT, today=finished.drawn_on + timedelta(days=21), by=lene)
    running = _drawn(add_months(this, -1), min(this + timedelta(days=3), today), bodil)
    _ask(rng, list(running.cases.all())[:ASKED_OF], min(running.drawn_on + timedelta(days=7), today), bodil)
    _ask_mentor(running, today, bodil)


def _drawn(month: date, on: date, by: User) -> ControlDraw:
    return draw_month(month, today=max(on, add_months(month, 1)), by=by, seed=f"prøvedata {month:%Y-%m}")


def _ask(rng: Random, cases: list[ControlCase], on: date, by: User) -> None:
    """Most remember what is registered; the first remembers one meeting fewer."""
    for number, case in enumerate(cases):
        if number == DECLINES:
            record_answer(case, reached="declined", today=on, by=by)
        elif number and number % NO_ANSWER_EVERY == 0:
            record_answer(case, reached="not_reached", today=on, by=by)
        else:
            _talk(rng, case, case.logged_meetings, on, by)


def _talk(rng: Random, case: ControlCase, times: int, on: date, by: User) -> None:
    each = case.logged_minutes // case.logged_meetings if case.logged_meetings else 60
    record_answer(
        case, reached="answered", times=times, minutes_each=round(each / 15) * 15 or 15, what_for=rng.choice(WHAT_FOR),
        words=rng.choice(WORDS), today=on, by=by,
    )  # fmt: skip


def _one_that_differs(drawn: ControlDraw, on: date, by: User) -> Discrepancy:
    """A case of a mentor who signs in, in which the citizen remembers one meeting fewer on second thoughts."""
    several = drawn.cases.filter(logged_meetings__gte=2, answers__reached="answered").distinct()
    fatima = User.objects.filter(role=Role.MENTOR).order_by("created_at").first()
    case = (
        several.filter(mentor__user=fatima).first()
        or several.filter(mentor__user__isnull=False).first()
        or several.first()
    )
    assert case is not None, "a month without meetings is no control"
    _talk(Random(case.place), case, case.logged_meetings - 1, on, by)
    row = cases_now(ControlCase.objects.filter(pk=case.pk))[0]
    return raise_discrepancy(case, what=" ".join(row.differs), today=on, by=by)


def _follow_to_the_end(drawn: ControlDraw, by: User, leader: User) -> None:
    on = drawn.drawn_on + timedelta(days=8)
    found = _one_that_differs(drawn, on, by)
    mentor = found.case.mentor.user if found.case.mentor else None
    take_step(found, kind=Kind.ASKED, text=QUESTION, today=on, by=by)
    take_step(found, kind=Kind.ANSWERED, text=ANSWER, today=on + timedelta(days=2), by=mentor or by)
    closing = "Borgeren husker nu mødet på biblioteket. Borger og mentor er enige."
    take_step(
        found, kind=Kind.CLOSED, outcome=Discrepancy.Outcome.EXPLAINED, text=closing,
        today=on + timedelta(days=9), by=leader,
    )  # fmt: skip


def _ask_mentor(drawn: ControlDraw, today: date, by: User) -> None:
    on = min(drawn.drawn_on + timedelta(days=8), today)
    take_step(_one_that_differs(drawn, on, by), kind=Kind.ASKED, text=QUESTION, today=on, by=by)
