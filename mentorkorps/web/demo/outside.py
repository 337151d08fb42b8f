"""What the municipality knows from outside its own courses: other offers, and how many the target groups have."""

from datetime import date, timedelta
from random import Random

from mentorkorps.cases.models import Citizen, OtherOffer
from mentorkorps.domain.dates import add_months
from mentorkorps.followup.models import BaseFigure
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


def tell(rng: Random, today: date) -> None:
    """What is noted of most citizens' other offers, and two years of bases except for the newest months."""
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
