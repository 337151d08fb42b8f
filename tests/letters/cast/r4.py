"""Homeless and without an offer, LAB § 167(1) after February 2026: may, "kommunen"."""

from dataclasses import replace
from datetime import date

from mentorkorps.domain.letter import (
    Assessment,
    Change,
    Deviation,
    EarlyStop,
    Grant,
    Heard,
    LegalBasis,
    NoMentor,
    NonExtension,
    Previous,
    Rhythm,
)

from .r1 import SUPPORT as R1_SUPPORT
from .r1 import VIEW
from .story import MUNICIPALITY, SIX_MONTHS, Story, head

SUPPORT = replace(
    R1_SUPPORT,
    start=date(2026, 6, 22),
    end=date(2026, 12, 20),
    minutes_per_week=120,
    rhythm=Rhythm("week", 1, "agreement"),
    first_meeting="Onsdag den 24. juni kl. 11.00 i varmestuen",
)
PREVIOUS = Previous(date(2026, 6, 19), date(2026, 12, 20), 120)
R4 = Story(
    head=head(MUNICIPALITY, "Jens Eksempel", "FJ-0412", "c/o Varmestuen", "Prøvegade 1", "9999 Fjordby"),
    basis=LegalBasis(
        authority="kommunen",
        obligation="may",
        citation="LAB § 167, stk. 1",
        other_citations=(),
        rule_title="mentorstøtte",
        purpose="At du får styr på hverdagen, så du kan komme i gang med en aktivitet",
        rule_says="En mentor skal hjælpe dig til at få eller beholde en aktivitet eller et arbejde",
        at_most=SIX_MONTHS,
        at_least=None,
    ),
    decisions={
        "grant": (
            date(2026, 6, 19),
            Grant(SUPPORT, in_full=True),
            Assessment(
                situation="Du mangler et sted at bo, og seks kontorer er med i din sag",
                prospect="Vi mener, at en fast person kan hjælpe dig videre",
                citizen_view=VIEW,
                considerations=(),
                facts=(),
                deviation=Deviation(90, "Der er mange at tale med i din sag"),
                other_help=("Bostøtte. Du får den, når du har en bolig.",),
            ),
            None,
        ),
        "refusal": (
            date(2026, 6, 19),
            NoMentor(),
            Assessment(
                situation="Du har fået bostøtte, og du mødes med din støtteperson to gange om ugen",
                prospect="Vi mener ikke, at endnu en fast person vil hjælpe dig hurtigere i gang lige nu",
                citizen_view="Du har fortalt, at du gerne vil have en mentor, der kan følge dig i praktik",
                considerations=(
                    "Du får allerede hjælp til de samme ting.",
                    "Du og din støtteperson siger begge, at samarbejdet er godt.",
                    "Du er ikke begyndt i praktik endnu.",
                ),
                facts=(
                    "Du har fået bostøtte siden den 1. marts 2026.",
                    "Vi talte med dig og din støtteperson den 2. juni 2026.",
                ),
                deviation=None,
                other_help=(
                    "Bostøtte efter lov om social service § 85. Den fortsætter.",
                    "En mentor på arbejdspladsen. Det ser vi på, når du begynder i praktik.",
                ),
            ),
            Heard(date(2026, 6, 3), "Du svarede, at du gerne vil søge igen, når du får en praktikplads"),
        ),
        "change": (
            date(2026, 9, 14),
            Change(
                replace(SUPPORT, start=date(2026, 9, 21), minutes_per_week=60, first_meeting=None),
                PREVIOUS,
            ),
            Assessment(
                situation="Du har fået en midlertidig adresse, og du kommer selv til læge",
                prospect="Vi mener, at du kan gå videre med lidt mindre hjælp",
                citizen_view="Du har fortalt, at du gerne vil beholde Fatima",
                considerations=("To af de tre opgaver er løst.", "Du klarer flere aftaler selv."),
                facts=("Du og Fatima sagde det ved mødet den 24. august 2026.",),
                deviation=Deviation(90, "Du har ikke brug for mere nu"),
                other_help=(),
            ),
            Heard(date(2026, 8, 27), "Du svarede, at én time er nok, hvis I stadig mødes hver uge"),
        ),
        "early_stop": (
            date(2026, 10, 5),
            EarlyStop(PREVIOUS, date(2026, 10, 30)),
            Assessment(
                situation="Du er flyttet i egen bolig og begynder i praktik den 2. november 2026",
                prospect="Vi mener, at du nu får mest ud af støtten i din bolig og i praktikken",
                citizen_view="Du har fortalt, at du er klar til at prøve uden Fatima",
                considerations=(
                    "Alle tre opgaver er løst.",
                    "Du får bostøtte og en fast person i praktikken.",
                ),
                facts=("Du skrev under på lejekontrakten den 15. september 2026.",),
                deviation=None,
                other_help=(
                    "Bostøtte. Den er begyndt.",
                    "En fast person i praktikken. Hun hedder Lone Prøve.",
                ),
            ),
            Heard(date(2026, 9, 21), None),
        ),
        "non_extension": (
            date(2026, 11, 20),
            NonExtension(PREVIOUS),
            Assessment(
                situation="Du bor i egen lejlighed, og du er i praktik tre dage om ugen",
                prospect="Vi mener, at du kan gå videre uden en mentor",
                citizen_view="Du har fortalt, at du nok kan selv, men at du ikke vil miste kontakten",
                considerations=("De mål, I satte, er nået.", "Du får bostøtte to gange om ugen."),
                facts=(
                    "Det står i statusnotatet fra den 5. november 2026.",
                    "Praktikstedet siger, at du møder til tiden.",
                ),
                deviation=None,
                other_help=("Bostøtte. Den fortsætter.", "Varmestuens åbne rådgivning om torsdagen."),
            ),
            Heard(date(2026, 11, 9), "Du svarede, at du gerne vil kunne ringe til nogen"),
        ),
    },
)

# He asked for four hours and gets two: the letter owes him the reasons.
_IN_FULL = R4.decision("grant")
IN_PART = replace(
    _IN_FULL,
    answer=Grant(SUPPORT, in_full=False),
    assessment=replace(
        _IN_FULL.assessment,
        citizen_view="Du har bedt om fire timer om ugen",
        considerations=("To timer om ugen er nok til de opgaver, I har aftalt.",),
        facts=("Alkoholenheden følger dig også, har de fortalt den 1. juni 2026.",),
    ),
    hearing=Heard(date(2026, 6, 3), "Du svarede, at du så vil prøve med to timer"),
)
