"""Kontanthjælp, aktivitetsparat, a later offer, LAB § 96(3): must, every second week; no mentor found yet."""

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
    NotHeard,
    Previous,
    Support,
)

from .story import FATIMA, FORTNIGHTLY, JOBCENTRE, SIX_MONTHS, Story, head

SUPPORT = Support(
    start=date(2017, 5, 1),
    end=date(2017, 10, 31),
    minutes_per_week=60,
    rhythm=FORTNIGHTLY,
    mentor=None,
    first_meeting=None,
    tasks=(),
    not_tasks=(),
)
R2 = Story(
    head=head(JOBCENTRE, "Amina Prøve", "FJ-1290", "Eksempelvej 12, 2. tv.", "9999 Fjordby"),
    basis=LegalBasis(
        authority="jobcenteret",
        obligation="must",
        citation="LAB § 96, stk. 3",
        other_citations=("LAB § 31 c",),
        rule_title="mentor i stedet for et nyt tilbud",
        purpose="At du får det godt nok til at kunne være med i et tilbud",
        rule_says="Reglen gælder, når du i en periode ikke kan være med i et tilbud",
        at_most=SIX_MONTHS,
        at_least=None,
    ),
    refusal_basis=LegalBasis(
        authority="jobcenteret",
        obligation="may",
        citation="LAB § 31 b, stk. 1",
        other_citations=("LAB § 96, stk. 3",),
        rule_title="mentorstøtte",
        purpose="At du kan få eller beholde et tilbud, en uddannelse eller et arbejde",
        rule_says="En mentor skal hjælpe dig til at få eller beholde et tilbud eller et arbejde",
        at_most=SIX_MONTHS,
        at_least=None,
    ),
    decisions={
        "grant": (
            date(2017, 4, 18),
            Grant(SUPPORT, in_full=True),
            Assessment(
                situation="Du har været syg i foråret, og du måtte stoppe i køkkenet i Frivillighuset",
                prospect=None,
                citizen_view="Du har fortalt, at du helst vil have en mentor, der er kvinde",
                considerations=(),
                facts=(),
                deviation=None,
                other_help=(),
            ),
            None,
        ),
        "refusal": (
            date(2017, 4, 18),
            NoMentor(),
            Assessment(
                situation="Du arbejder i køkkenet i Frivillighuset fire dage om ugen",
                prospect="Vi mener ikke, at en mentor vil hjælpe dig hurtigere videre, end køkkenet gør nu",
                citizen_view="Du har fortalt, at du vil have en mentor til at skrive ansøgninger",
                considerations=(
                    "Du holder dine aftaler uden hjælp.",
                    "Du kan få hjælp til ansøgninger i Jobværkstedet.",
                ),
                facts=(
                    "Frivillighuset har skrevet til os, at du møder hver dag.",
                    "Du har selv søgt fire job siden nytår.",
                ),
                deviation=None,
                other_help=("Jobværkstedet. Du kan komme hver tirsdag kl. 10.00.",),
            ),
            NotHeard("Vi har kun brugt oplysninger, som du selv har givet os"),
        ),
        "change": (
            date(2017, 7, 3),
            Change(
                replace(
                    SUPPORT,
                    start=date(2017, 7, 10),
                    minutes_per_week=30,
                    mentor=FATIMA,
                    tasks=("at komme til samtaler",),
                    not_tasks=("at føre dine samtaler for dig",),
                ),
                Previous(date(2017, 4, 18), date(2017, 10, 31), 60),
            ),
            Assessment(
                situation="Du klarer nu de fleste aftaler selv",
                prospect=None,
                citizen_view="Du har fortalt, at du gerne vil prøve mere selv",
                considerations=("Du har ikke brug for så meget hjælp som i foråret.",),
                facts=("I har mødtes seks gange, og du kom hver gang.",),
                deviation=Deviation(60, "Du har selv ønsket det"),
                other_help=(),
            ),
            Heard(date(2017, 6, 19), "Du svarede, at det er fint med dig"),
        ),
        "early_stop": (
            date(2017, 8, 14),
            EarlyStop(Previous(date(2017, 4, 18), date(2017, 10, 31), 60), date(2017, 8, 31)),
            Assessment(
                situation="Du begynder i praktik i Fjordby Bageri den 1. september 2017",
                prospect=None,
                citizen_view="Du har fortalt, at du er klar til praktikken",
                considerations=("Du kan nu være med i et tilbud.",),
                facts=("Du har skrevet under på aftalen om praktik den 28. juli 2017.",),
                deviation=None,
                other_help=("En kontaktperson i bageriet. Hun hedder Lone Prøve.",),
            ),
            Heard(date(2017, 8, 1), "Du svarede, at du er enig"),
        ),
        "non_extension": (
            date(2017, 10, 9),
            NonExtension(Previous(date(2017, 4, 18), date(2017, 10, 31), 60)),
            Assessment(
                situation="Du er rask igen, og du begynder på et kursus den 6. november 2017",
                prospect=None,
                citizen_view="Du har fortalt, at du glæder dig til kurset",
                considerations=("Du kan være med i et tilbud igen.",),
                facts=("Din læge har den 2. oktober 2017 skrevet, at du er rask.",),
                deviation=None,
                other_help=("Læsehjælp på kurset. Den er med fra første dag.",),
            ),
            NotHeard("Du har selv sendt os brevet fra lægen og bedt om at komme på kurset"),
        ),
    },
)
