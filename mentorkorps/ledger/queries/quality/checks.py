"""The registry of checks. Each is a small read: the rows that are wrong on a day, and nothing else."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from mentorkorps.cases.models import Citizen, Consent, Course, Grant, OtherOffer, Party, Referral
from mentorkorps.followup.models import FollowUp, StatusReport
from mentorkorps.followup.queries.caseload import STATUS_DUE
from mentorkorps.ledger.models import Invoice, Settlement
from mentorkorps.ledger.queries.quality.reading import (
    CITIZEN,
    COURSE,
    FOLLOW_UP,
    INVOICE,
    MENTOR,
    PARTY,
    REFERRAL,
    SETTLEMENT,
    Check,
)
from mentorkorps.municipality.models import Mentor, MentorHours, MentorTraining
from mentorkorps.municipality.periods import holding, not_over

AGREEMENT_WITHIN = timedelta(days=14)
FOLLOW_UP_WITHIN = timedelta(weeks=4)
ANSWER_WITHIN = timedelta(days=14)
CONTROL_WITHIN = timedelta(days=14)

Rows = QuerySet[Any]


def _running(today: date) -> QuerySet[Course]:
    return Course.objects.filter(ended_on__isnull=True, start__lte=today)


def _in_course(today: date) -> QuerySet[Citizen]:
    """Citizens with a course that has begun and has not ended."""
    return Citizen.objects.filter(Exists(_running(today).filter(citizen=OuterRef("pk"))))


def not_ended(today: date) -> Rows:
    """The granted period is over, and nobody has ended the course or granted another."""
    return _running(today).filter(end__lt=today)


def no_grant(today: date) -> Rows:
    """A course that nobody has decided."""
    return _running(today).filter(~Exists(Grant.objects.filter(course=OuterRef("pk"))))


def no_agreement(today: date) -> Rows:
    """Two weeks in, and nothing is signed; before that nothing is paid."""
    return _running(today).filter(signed_on__isnull=True, start__lte=today - AGREEMENT_WITHIN)


def no_mentor(today: date) -> Rows:
    """The period runs without anybody to meet."""
    return _running(today).filter(mentor__isnull=True, end__gte=today)


def contact_without_agreement(today: date) -> Rows:
    """They meet, but no agreement says how."""
    return _running(today).filter(signed_on__isnull=True, tally__held__gt=0)


def contact_after_end(today: date) -> Rows:
    """The newest contact lies after the course's own last day."""
    last = Coalesce(F("ended_on"), F("end"))
    return Course.objects.filter(tally__last_met_on__gt=last, tally__last_met_on__lte=today)


def contact_in_future(today: date) -> Rows:
    """A contact is logged on a day that has not been."""
    return Course.objects.filter(tally__last_met_on__gt=today)


def no_status(today: date) -> Rows:
    """Four weeks or less of the grant are left, and the mentor has not written what the next assessment rests on."""
    written = StatusReport.objects.filter(course=OuterRef("pk"), grant_end=OuterRef("end"))
    return _running(today).filter(~Exists(written), end__range=(today, today + STATUS_DUE))


def referral_late(today: date) -> Rows:
    """The municipality's own deadline for a visitation has passed."""
    return Referral.objects.filter(state=Referral.State.NEW, visitate_by__lt=today)


def no_group_date(today: date) -> Rows:
    """A referral that waits does not say since when the citizen is in the target group."""
    unknown = Q(target_group="") | Q(target_group_from__isnull=True)
    return Referral.objects.filter(unknown, state=Referral.State.NEW)


def no_caseworker(today: date) -> Rows:
    """A citizen in a course has nobody to ask."""
    return _in_course(today).filter(caseworker__isnull=True)


def no_gender(today: date) -> Rows:
    """A citizen in a course is counted as unknown by gender."""
    return _in_course(today).filter(gender="")


def offer_unknown(today: date) -> Rows:
    """Nobody has noted whether the mentor is the only offer."""
    noted = OtherOffer.objects.filter(citizen=OuterRef("pk"), since__lte=today)
    return _in_course(today).filter(~Exists(noted))


def no_consent(today: date) -> Rows:
    """Somebody around a citizen in a course, with whom no consent lets us speak."""
    withdrawn = Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=today)
    held = Consent.objects.filter(withdrawn, holding(today, "given_on", "until"), party=OuterRef("pk"))
    in_course = _running(today).filter(citizen=OuterRef("citizen"))
    return Party.objects.filter(~Exists(held), Exists(in_course), closed_on__isnull=True)


def follow_up_late(today: date) -> Rows:
    """Nobody has asked what became of the citizen, four weeks after it was due."""
    return FollowUp.objects.filter(asked_on__isnull=True, due__lt=today - FOLLOW_UP_WITHIN)


def _serving(today: date) -> QuerySet[Mentor]:
    return Mentor.objects.filter(holding(today, "active_from", "active_to"))


def no_hours(today: date) -> Rows:
    """An own mentor who has no time with citizens written down cannot be planned with."""
    hours = MentorHours.objects.filter(holding(today, "valid_from", "valid_to"), mentor=OuterRef("pk"))
    return _serving(today).filter(~Exists(hours), kind=Mentor.Kind.INTERNAL)


def no_training(today: date) -> Rows:
    """The audit asks for each mentor's qualification."""
    held = MentorTraining.objects.filter(not_over(today, "expires_on"), mentor=OuterRef("pk"))
    return _serving(today).filter(~Exists(held))


def dispute_unanswered(today: date) -> Rows:
    """A supplier was asked about a line and has not answered in two weeks."""
    return Settlement.objects.filter(
        way=Settlement.Way.DISPUTE, undone_at__isnull=True, answered_at__isnull=True,
        settled_at__date__lt=today - ANSWER_WITHIN,
    ).exclude(line__invoice__state=Invoice.State.RETURNED)  # fmt: skip


def invoice_waits(today: date) -> Rows:
    """An invoice has waited two weeks for somebody to settle how it differs from what was given."""
    return Invoice.objects.filter(state=Invoice.State.READ, read_on__lt=today - CONTROL_WITHIN)


CHECKS = {
    check.code: check
    for check in (
        Check("ikke-afsluttet", "Perioden er udløbet, og forløbet er ikke afsluttet",
              "Borgeren står uden afgørelse om, hvad der nu skal ske.", "course", COURSE, "end", not_ended),
        Check("ingen-bevilling", "Forløb uden bevilling",
              "Ingen afgørelse bærer støtten.", "course", COURSE, "start", no_grant),
        Check("ingen-aftale", "Ingen underskrevet aftale 14 dage efter start",
              "Timer før underskriften kan ikke betales.", "course", COURSE, "start", no_agreement),
        Check("kontakt-uden-aftale", "Kontakt uden underskrevet aftale",
              "De mødes, men intet siger hvordan.", "course", COURSE, "start", contact_without_agreement),
        Check("ingen-mentor", "Forløb i gang uden mentor",
              "Borgeren har ingen at møde.", "course", COURSE, "start", no_mentor),
        Check("kontakt-efter-slut", "Kontakt efter forløbets sidste dag",
              "Enten er dagen forkert, eller også er forløbet sluttet for tidligt.", "course", COURSE,
              "tally__last_met_on", contact_after_end),
        Check("kontakt-i-fremtiden", "Kontakt på en dag, der ikke har været",
              "Dagen er forkert.", "course", COURSE, "tally__last_met_on", contact_in_future),
        Check("ingen-status", "Status mangler, og perioden udløber inden 4 uger",
              "Den nye vurdering har intet at bygge på.", "course", COURSE, "end", no_status),
        Check("sen-visitation", "Henvisning ligger over fristen",
              "Borgeren venter længere, end kommunen har lovet.", "citizen", REFERRAL, "visitate_by",
              referral_late),
        Check("ingen-maalgruppe", "Henvisning uden målgruppe eller dato for den",
              "Loven kan ikke slås op.", "citizen", REFERRAL, "received_on", no_group_date),
        Check("ingen-sagsbehandler", "Borger i forløb uden sagsbehandler",
              "Ingen får besked, når noget sker.", "citizen", CITIZEN, "created_at__date", no_caseworker),
        Check("intet-koen", "Borger i forløb uden køn",
              "Tælles som ikke oplyst i de offentlige tal.", "citizen", CITIZEN, "created_at__date", no_gender),
        Check("andet-tilbud", "Ved ikke, om borgeren er i andet tilbud",
              "Vi kan ikke sige, hvem der kun har en mentor.", "citizen", CITIZEN, "created_at__date",
              offer_unknown),
        Check("intet-samtykke", "Part uden samtykke",
              "Vi må ikke tale med parten om borgeren.", "citizen", PARTY, "due", no_consent),
        Check("sen-opfoelgning", "Opfølgning mere end 4 uger over tiden",
              "Vi ved ikke, hvad der blev af borgeren.", "course", FOLLOW_UP, "due", follow_up_late),
        Check("ingen-timer", "Egen mentor uden timer",
              "Mentor kan ikke vælges efter plads.", "mentor", MENTOR, "active_from", no_hours),
        Check("ingen-uddannelse", "Mentor uden gyldig uddannelse eller kursus",
              "Tilsynet spørger om det i hver sag.", "mentor", MENTOR, "active_from", no_training),
        Check("intet-svar", "Leverandør har ikke svaret i 14 dage",
              "Afvigelsen på fakturaen er ikke afklaret.", "invoice", SETTLEMENT, "settled_at__date",
              dispute_unanswered),
        Check("faktura-venter", "Faktura har ventet på kontrol i 14 dage",
              "Dens afvigelser er ikke afklaret.", "invoice", INVOICE, "read_on", invoice_waits),
    )
}  # fmt: skip
"""By the word in the address, in the order in which they are shown: the gravest for a citizen first."""
