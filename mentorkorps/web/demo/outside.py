"""What the municipality knows from outside its own courses: other offers, and how many the target groups have."""

from datetime import date, timedelta
from random import Random

from mentorkorps.cases.models import Citizen, OtherOffer
from mentorkorps.domain.dates import add_months
from mentorkorps.followup.models import BaseFigure, FollowUp, Whereabouts
from mentorkorps.municipality.models import Role, User

SHARE_KNOWN = 0.7
KINDS = (OtherOffer.Kind.NONE, OtherOffer.Kind.TRAINEE, OtherOffer.Kind.SKILLS, OtherOffer.Kind.HOURS)
OFTEN = (6, 2, 2, 1)
BASES = {
    "": 2_140,
    "kontanthjaelp_aktivitetsparat": 690,
    "uddannelseshjaelp_aktivitetsparat": 260,
    "kontanthjaelp_jobparat": 430,
}
SOURCE = "Prøvedata: opgørelse som i Jobindsats"
MONTHS_BACK, NOT_OUT_YET = 24, 2  # the newest months have no base yet, as the state is behind
LONGEST_AGO = 500  # days
LATE, SHARE_FORGOTTEN = timedelta(weeks=5), 0.02  # of the follow-ups long due, so many were never asked


def tell(rng: Random, today: date) -> None:
    """Most citizens' other offers, two years of bases except for the newest months, and answers to follow-ups."""
    workers = list(User.objects.filter(role=Role.CASEWORKER).order_by("email"))
    leader = User.objects.filter(role=Role.LEADER).first() or workers[0]
    OtherOffer.objects.bulk_create(
        OtherOffer(
            citizen=citizen, since=today - timedelta(days=rng.randint(20, LONGEST_AGO)),
            kind=rng.choices(KINDS, OFTEN)[0], source="Fagsystem (prøvedata)", noted_by=rng.choice(workers),
        )
        for citizen in Citizen.objects.order_by("case_number") if rng.random() < SHARE_KNOWN
    )  # fmt: skip
    this = today.replace(day=1)
    BaseFigure.objects.bulk_create(
        BaseFigure(
            month=add_months(this, -back), target_group=group, source=SOURCE, noted_by=leader,
            persons=round(people * (100 + rng.randint(-3, 3)) / 100),
        )
        for back in range(MONTHS_BACK, NOT_OUT_YET, -1) for group, people in BASES.items()
    )  # fmt: skip
    _answers(rng, today)


def _answers(rng: Random, today: date) -> None:
    """The answers of follow-ups as history; some are forgotten, and stand as late."""
    asked = list(FollowUp.objects.exclude(outcome="").order_by("due", "course__citizen__case_number"))
    forgotten = [each for each in asked if each.due < today - LATE and rng.random() < SHARE_FORGOTTEN]
    left_out = {each.pk for each in forgotten}
    for each in forgotten:
        each.outcome, each.asked_on, each.asked_by = "", None, None
    FollowUp.objects.bulk_update(forgotten, ["outcome", "asked_on", "asked_by"])
    Whereabouts.objects.bulk_create(
        Whereabouts(
            follow_up=each, outcome=each.outcome, on=each.asked_on, noted_by=each.asked_by,
            source="Fagsystem (prøvedata)",
        )
        for each in asked if each.pk not in left_out
    )  # fmt: skip
