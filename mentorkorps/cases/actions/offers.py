"""Noting what other offer a citizen is in, from when, and who says so."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from mentorkorps.cases.models import Citizen, OtherOffer
from mentorkorps.journal.actions import changed
from mentorkorps.municipality.models import User


@transaction.atomic
def note_offer(citizen: Citizen, *, since: date, kind: str, source: str, today: date, by: User) -> OtherOffer:
    """From a day on the citizen is in this offer, or in none. The same post sent twice is one row.

    Raises ValidationError at `since`, `kind` or `source`.
    """
    if kind not in OtherOffer.Kind.values:
        raise ValidationError({"kind": "Vælg et tilbud, eller at der intet er."})
    if since > today:
        raise ValidationError({"since": "Dagen ligger i fremtiden. Skriv det, når tilbuddet er begyndt."})
    if since < citizen.birth_date:
        raise ValidationError({"since": "Dagen ligger før borgerens fødsel. Se efter, om året er rigtigt."})
    if not source.strip():
        raise ValidationError({"source": "Skriv, hvor du ved det fra."})
    Citizen.objects.select_for_update().get(pk=citizen.pk)
    newest = citizen.other_offers.filter(since=since).first()
    if newest is not None and (newest.kind, newest.source) == (kind, source.strip()):
        return newest
    made = OtherOffer.objects.create(
        citizen=citizen, since=since, kind=kind, source=source.strip(), noted_by=by
    )
    changed("noteret andet tilbud", by=by, about=made, citizen_id=citizen.id, kind=kind)
    return made
