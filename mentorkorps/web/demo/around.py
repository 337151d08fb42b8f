"""Those around Jens and Karla, with what each does next and what the citizen lets us share with them."""

from datetime import timedelta
from typing import NamedTuple

from mentorkorps.cases.actions.parties import give_consent, plan_step, save_party, withdraw_consent
from mentorkorps.cases.models import Citizen, Party
from mentorkorps.web.demo.steps import Steps


class Around(NamedTuple):
    """One party: the next step, who does it, the days until then, and what may be shared, or nothing."""

    name: str
    kind: str
    next_step: str
    owner: str
    due_in: int
    information: str = ""
    purpose: str = ""
    gives: str = ""
    minutes: int | None = None


AROUND_JENS = (
    Around("Hjemløseenheden", "homeless", "Møde om boligindstilling", "Helle Prøve", 3, "bolig og behandling",
           "at finde en bolig, han kan blive i", "opsøgende støtte efter serviceloven § 110", 60),
    Around("Socialforvaltningen, bolig", "social", "Svar på boligindstilling", "Socialforvaltningen", 9, "bolig",
           "at få en bolig anvist"),
    Around("Alkoholrådgivningen", "treatment", "Anden samtale", "Jens selv", 2, "behandling",
           "at aftaler ikke falder samme dag"),
    Around("Udbetaling Danmark", "benefit", "Ringe om boligstøtte", "Mentor", 5, "ydelser",
           "at få boligstøtten på plads"),
    Around("Egen læge", "doctor", "Attest til ressourceforløb", "Mentor", -2, "helbred", "en attest"),
)  # fmt: skip
AROUND_KARLA = (
    Around("Distriktspsykiatrisk Center", "psychiatry", "Samtale om medicin", "Karla selv", 4, "behandling",
           "at planen passer til behandlingen"),
    Around("Familieafdelingen", "family_unit", "Trepartsmøde", "Helle Prøve", 10, "familie", "én fælles plan"),
    Around("Udbetaling Danmark", "benefit", "Svar om børnetilskud for to år", "Udbetaling Danmark", 1, "ydelser",
           "at få tilskuddet udbetalt"),
    Around("ADHD-forening", "association", "Torsdagscafé", "Karla selv", 4),
    Around("Studievejleder, gartnerskolen", "education", "Samtale om start i august", "Mentor", 16, "uddannelse",
           "at finde en uddannelse, hun kan gennemføre"),
    Around("Virksomhedskonsulent", "job", "Praktik i et gartneri", "Virksomhedskonsulent", 20, "praktik",
           "at finde et gartneri"),
)  # fmt: skip


def jens(steps: Steps, citizen: Citizen) -> None:
    """Six parties: four consents in force, one withdrawn, and one party who is done."""
    parties = _surround(steps, citizen, AROUND_JENS, given_ago=120, holds_for=28)
    withdraw_consent(
        parties["Egen læge"].consents.get(), on=steps.day(8), today=steps.today, by=steps.fjordby.helle
    )
    home = parties["Hjemløseenheden"]
    plan_step(
        home,
        next_step=home.next_step,
        owner=home.owner,
        due=home.due,
        done_on=steps.day(20),
        by=steps.fjordby.helle,
    )
    save_party(
        citizen, by=steps.fjordby.helle, name="Borgerservice", kind="benefit", owner="Jens selv",
        next_step="Midlertidig adresse er på plads", closed_on=steps.day(60),
    )  # fmt: skip


def karla(steps: Steps, citizen: Citizen) -> None:
    """Six parties of whom one has no consent and one had a consent that ran out, and a home support that overlaps."""
    parties = _surround(steps, citizen, AROUND_KARLA, given_ago=60, holds_for=120)
    by = steps.fjordby.helle
    support = save_party(
        citizen, by=by, name="Bostøtten i Nord", kind="home_support", next_step="Svar på ansøgning", owner="Bostøtten",
        due=steps.today + timedelta(days=12), gives="bostøtte efter serviceloven § 85, prøveperiode",
        minutes_per_week=90,
    )  # fmt: skip
    give_consent(
        support, information="hvad mentor og bostøtte hver gør", purpose="at de ikke gør det samme", how="oral",
        given_on=steps.day(50), until=steps.day(5), today=steps.today, by=by,
    )  # fmt: skip
    family = parties["Familieafdelingen"]
    plan_step(
        family, next_step=family.next_step, owner=family.owner, due=family.due, done_on=steps.day(14), by=by
    )


def _surround(
    steps: Steps, citizen: Citizen, parties: tuple[Around, ...], *, given_ago: int, holds_for: int
) -> dict[str, Party]:
    made = {}
    by, until = steps.fjordby.helle, steps.today + timedelta(days=holds_for)
    for each in parties:
        party = save_party(
            citizen, by=by, name=each.name, kind=each.kind, next_step=each.next_step, owner=each.owner,
            due=steps.today + timedelta(days=each.due_in), gives=each.gives, minutes_per_week=each.minutes,
        )  # fmt: skip
        if each.information:
            give_consent(
                party, information=each.information, purpose=each.purpose, given_on=steps.day(given_ago), until=until,
                today=steps.today, by=by,
            )  # fmt: skip
        made[each.name] = party
    return made
