"""Discharged from psychiatric admission, LAB § 167(2) before March 2023: right, no contact rule."""

from dataclasses import replace
from datetime import date

from mentorkorps.domain.letter import (
    Assessment,
    Change,
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

from .story import FATIMA, JENS, JOBCENTRE, SIX_MONTHS, Story, head

SUPPORT = Support(
    start=date(2021, 2, 1),
    end=date(2021, 7, 31),
    minutes_per_week=120,
    rhythm=None,
    mentor=JENS,
    first_meeting="Jens kommer på afdelingen tirsdag den 2. februar kl. 14.00",
    tasks=("at komme godt hjem fra hospitalet", "at holde aftaler med distriktspsykiatrien"),
    not_tasks=("at give medicin", "at tage stilling til din behandling"),
)
BASIS = LegalBasis(
    authority="jobcenteret",
    obligation="right",
    citation="LAB § 167, stk. 2",
    other_citations=(),
    rule_title="mentor, når man bliver udskrevet fra psykiatrien",
    purpose="At du får hjælp i tiden lige før og efter, at du kommer hjem",
    rule_says="Reglen gælder, når du har været indlagt i psykiatrien og bliver udskrevet",
    at_most=None,
    at_least=SIX_MONTHS,
)
PREVIOUS = Previous(date(2021, 1, 20), date(2021, 7, 31), 120)
R3 = Story(
    head=head(JOBCENTRE, "Karen Eksempel", "FJ-2077", "Skovvej 4", "9998 Prøveby"),
    basis=BASIS,
    refusal_basis=replace(BASIS, other_citations=("LAB § 167, stk. 1",)),
    decisions={
        "grant": (
            date(2021, 1, 20),
            Grant(SUPPORT, in_full=True),
            Assessment(
                situation="Du bliver udskrevet den 12. februar 2021",
                prospect=None,
                citizen_view="Du har fortalt, at du gerne vil have en mentor, mens du falder til derhjemme",
                considerations=(),
                facts=(),
                deviation=None,
                other_help=("Bostøtte fra Handicap og Psykiatri. Du får den også.",),
            ),
            None,
        ),
        "refusal": (
            date(2021, 1, 20),
            NoMentor(),
            Assessment(
                situation="Du går til samtaler i distriktspsykiatrien, men du har ikke været indlagt",
                prospect="Vi har også set på den almindelige regel. Du har et job, som du selv passer",
                citizen_view="Du har fortalt, at du savner en at tale med om aftenen",
                considerations=(
                    "Man skal have været indlagt for at have ret til en mentor.",
                    "En mentor er for den, der skal have eller beholde et job. Du passer dit job.",
                ),
                facts=(
                    "Distriktspsykiatrien skriver den 28. december 2020, at du ikke har været indlagt.",
                    "Du har arbejdet i Fjordby Boghandel siden 2019.",
                ),
                deviation=None,
                other_help=("Aftenrådgivningen på tlf. 12 34 56 90.", "En støttegruppe i Frivillighuset."),
            ),
            Heard(date(2021, 1, 4), "Du svarede, at du forstår reglen, men at du gerne vil have hjælp"),
        ),
        "change": (
            date(2021, 4, 26),
            Change(
                replace(
                    SUPPORT,
                    start=date(2021, 5, 3),
                    mentor=replace(FATIMA, name="Fatima Prøve"),
                    first_meeting=None,
                    end=date(2021, 9, 30),
                ),
                PREVIOUS,
            ),
            Assessment(
                situation="Du var indlagt igen i marts, og Jens er holdt op",
                prospect=None,
                citizen_view="Du har fortalt, at du gerne vil have lidt længere tid",
                considerations=(),
                facts=(),
                deviation=None,
                other_help=(),
            ),
            None,
        ),
        "early_stop": (
            date(2021, 5, 10),
            EarlyStop(PREVIOUS, date(2021, 5, 31)),
            Assessment(
                situation="Du har bedt os om at stoppe, fordi du flytter til en anden by",
                prospect=None,
                citizen_view="Du har fortalt, at du får en ny mentor, hvor du flytter hen",
                considerations=("Du bestemmer selv, om du vil have en mentor.",),
                facts=("Du har skrevet til os den 5. maj 2021.", "Du flytter den 1. juni 2021."),
                deviation=None,
                other_help=("Din nye kommune. Vi sender papirerne, hvis du siger ja.",),
            ),
            NotHeard("Du har selv bedt om det"),
        ),
        "non_extension": (
            date(2021, 7, 5),
            NonExtension(PREVIOUS),
            Assessment(
                situation="Du er hjemme igen, og du er begyndt at arbejde to dage om ugen",
                prospect=None,
                citizen_view="Du har fortalt, at du har det bedre, men at du er nervøs for efteråret",
                considerations=("Du passer selv dit arbejde og din behandling.", "Du får stadig bostøtte."),
                facts=("I statusnotatet fra den 14. juni 2021 er målene nået.",),
                deviation=None,
                other_help=("Bostøtte fra Handicap og Psykiatri. Den fortsætter til nytår.",),
            ),
            Heard(date(2021, 6, 21), "Du svarede, at du gerne vil kunne ringe til Jens"),
        ),
    },
)
