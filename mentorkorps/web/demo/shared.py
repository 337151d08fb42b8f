"""Others who work with the citizens of a demo world: administrations, treatment, support at home and associations."""

from datetime import date, timedelta
from random import Random

from mentorkorps.cases.models import Citizen, Consent, Course, Party
from mentorkorps.ledger.queries.hours import running_on

SHARED, CONSENTS = (
    0.46,
    0.8,
)  # of the citizens who have somebody else, and of those somebody whom they let us speak with
MOST = 3
# Kind, name, help that is given already, its minutes a week, the next step, and how often it is this one.
AROUND = (
    ("social", "Socialforvaltningen", "", None, "Svar på boligindstilling", 5),
    ("home_support", "Bostøtten", "bostøtte efter serviceloven § 85", 90, "Fælles plan for ugen", 4),
    ("doctor", "Egen læge", "", None, "Attest", 3),
    ("psychiatry", "Distriktspsykiatrien", "samtaler", 45, "Samtale om medicin", 4),
    ("treatment", "Rusmiddelcentret", "behandling", 60, "Opfølgning på behandling", 3),
    ("benefit", "Udbetaling Danmark", "", None, "Svar om boligstøtte", 3),
    ("family_unit", "Familieafdelingen", "familievejledning", 60, "Trepartsmøde", 2),
    ("association", "Prøveforeningen", "", None, "Torsdagscafé", 1),
)


def tell(rng: Random, today: date) -> None:
    """Parties for a share of the citizens who have a running course and none yet; some steps are late or missing."""
    running = Course.objects.filter(running_on(today)).values("citizen")
    alone = Citizen.objects.filter(id__in=running, parties__isnull=True).order_by("case_number")
    shared = [citizen for citizen in alone if rng.random() < SHARED]
    parties = [party for citizen in shared for party in _around(rng, citizen, today)]
    Party.objects.bulk_create(parties, batch_size=500)
    consents = [_consent(party, today) for party in parties if rng.random() < CONSENTS]
    Consent.objects.bulk_create(consents, batch_size=500)


def _around(rng: Random, citizen: Citizen, today: date) -> list[Party]:
    drawn = rng.choices(AROUND, weights=[often for *_, often in AROUND], k=rng.randint(1, MOST))
    made = []
    for kind, name, gives, minutes, step, _ in dict.fromkeys(drawn):
        agreed = rng.random() < 0.7
        made.append(
            Party(
                citizen=citizen,
                kind=kind,
                name=name,
                gives=gives,
                minutes_per_week=minutes,
                next_step=step if agreed else "",
                owner=name if agreed else "",
                due=today + timedelta(days=rng.randint(-10, 40)) if agreed else None,
            )
        )
    return made


def _consent(party: Party, today: date) -> Consent:
    return Consent(
        citizen=party.citizen,
        party=party,
        information="det, vi aftaler om næste skridt",
        purpose="at hjælpen hænger sammen",
        how=Consent.How.WRITTEN,
        given_on=today - timedelta(days=40),
        until=today + timedelta(days=140),
    )
