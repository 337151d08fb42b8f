"""Those around a citizen with their consents, and the order in which they are shown."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from django.db.models import QuerySet

from mentorkorps.cases.models import Citizen, Consent, FinishedStep, Party
from mentorkorps.domain.dates import short_date

Held = Literal["given", "missing", "expired", "withdrawn"]


def parties_in(citizen: Citizen) -> list[Party]:
    """Everyone around the citizen with consents, those still at work first, then by date of the next step."""
    rows = citizen.parties.prefetch_related("consents")
    return sorted(rows, key=lambda p: (p.closed_on is not None, p.due or date.max, p.name))


def consents_in(citizen: Citizen) -> QuerySet[Consent]:
    """Every consent of a citizen, the newest first."""
    return citizen.consents.select_related("party", "recorded_by")


def finished_steps(citizen: Citizen) -> QuerySet[FinishedStep]:
    """The latest steps that were done, the newest first; at most ten."""
    return FinishedStep.objects.filter(party__citizen=citizen).select_related("party")[:10]


def holds(consent: Consent, today: date) -> bool:
    """Whether a consent can be relied on that day."""
    withdrawn = consent.withdrawn_on is not None and consent.withdrawn_on <= today
    return consent.given_on <= today and not withdrawn and not _run_out(consent, today)


def _run_out(consent: Consent, today: date) -> bool:
    return consent.until is not None and consent.until < today


def held_consents(party: Party, today: date) -> list[Consent]:
    """The consents of a party that hold that day. Reads `party.consents`, so prefetch them in a list."""
    return [each for each in party.consents.all() if holds(each, today)]


def may_be_told(party: Party, on: date) -> list[Consent]:
    """The consents that let us tell a party something on a day; one that only lets us ask is not among them."""
    return [row for row in held_consents(party, on) if row.direction != Consent.Direction.FROM_PARTY]


def consent(party: Party, today: date) -> tuple[Held, str]:
    """Whether the citizen's consent to speak with a party holds today, and what to say of it."""
    rows = list(party.consents.all())
    held = [row for row in rows if holds(row, today)]
    if held:
        return "given", _until(held, today)
    begun = [row for row in rows if row.given_on <= today]
    if not begun:
        return "missing", "samtykke mangler"
    last = max(begun, key=lambda row: row.given_on)
    if last.withdrawn_on and last.withdrawn_on <= today:
        return "withdrawn", f"trukket tilbage {short_date(last.withdrawn_on, today=today)}"
    return "expired", f"udløbet {short_date(last.until, today=today)}"


def _until(held: Iterable[Consent], today: date) -> str:
    """Until when the longest of the consents holds."""
    ends = [row.until for row in held]
    if any(end is None for end in ends):
        return f"givet {short_date(max(row.given_on for row in held), today=today)}"
    return f"til {short_date(max(ends), today=today)}"
