"""Kontanthjælp, aktivitetsparat, LAB § 93: must, weekly."""

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
    Support,
)

from .story import FATIMA, JOBCENTRE, SIX_MONTHS, WEEKLY, Story, head

SUPPORT = Support(
    start=date(2015, 3, 9),
    end=date(2015, 9, 8),
    minutes_per_week=45,
    rhythm=WEEKLY,
    mentor=FATIMA,
    first_meeting="Onsdag den 11. marts kl. 11.00 i varmestuen",
    tasks=(
        "at få en midlertidig adresse",
        "at blive fri for digital post",
        "at komme til læge og til Alkoholenheden",
    ),
    not_tasks=(
        "at give behandling (det gør Alkoholenheden)",
        "at finde en bolig (det gør Socialforvaltningen)",
    ),
)
VIEW = "Du har fortalt, at du gerne vil i gang med noget to dage om ugen"
R1 = Story(
    head=head(JOBCENTRE, "Jens Eksempel", "FJ-0412", "c/o Varmestuen", "Prøvegade 1", "9999 Fjordby"),
    basis=LegalBasis(
        authority="jobcenteret",
        obligation="must",
        citation="LAB § 93",
        other_citations=("LAB § 31 b, stk. 1", "LAB § 31 c"),
        rule_title="ret og pligt til en mentor",
        purpose="At din hverdag bliver så rolig, at du kan være med i et tilbud",
        rule_says="Reglen gælder, når du i en periode ikke kan være med i et tilbud",
        at_most=SIX_MONTHS,
        at_least=None,
    ),
    decisions={
        "grant": (
            date(2015, 3, 2),
            Grant(SUPPORT, in_full=True),
            Assessment(
                situation="Du mangler et sted at bo, og du kan ikke være med i et tilbud lige nu",
                prospect="Vi mener, at en fast person kan hjælpe dig videre",
                citizen_view=VIEW,
                considerations=(),
                facts=(),
                deviation=None,
                other_help=(),
            ),
            None,
        ),
        "refusal": (
            date(2015, 3, 2),
            NoMentor(),
            Assessment(
                situation="Du er begyndt på Værkstedet, og du kommer der tre dage om ugen",
                prospect=None,
                citizen_view="Du har fortalt, at du er glad for Værkstedet, men også vil have en mentor",
                considerations=(
                    "Du kan være med i et tilbud nu.",
                    "Du får hjælp af en fast medarbejder på Værkstedet.",
                ),
                facts=(
                    "Værkstedet har skrevet til os den 2. februar 2015, at du møder som aftalt.",
                    "Du sagde det samme til os ved samtalen den 10. februar 2015.",
                ),
                deviation=None,
                other_help=("Gældsrådgivning. Du har fået en tid den 12. marts.",),
            ),
            Heard(date(2015, 2, 12), "Du svarede, at du gerne vil have en at tale med om din gæld"),
        ),
        "change": (
            date(2015, 6, 1),
            Change(
                replace(SUPPORT, start=date(2015, 6, 8), minutes_per_week=90, first_meeting=None),
                Previous(date(2015, 3, 2), date(2015, 9, 8), 45),
            ),
            Assessment(
                situation="Du er begyndt i behandling, og der er mange aftaler at holde",
                prospect="Vi mener, at mere tid kan hjælpe dig med at blive i behandlingen",
                citizen_view="Du har fortalt, at du gerne vil have Fatima med til lægen",
                considerations=(),
                facts=(),
                deviation=Deviation(45, "Der er mange at tale med i din sag"),
                other_help=(),
            ),
            None,
        ),
        "early_stop": (
            date(2015, 7, 1),
            EarlyStop(Previous(date(2015, 3, 2), date(2015, 9, 8), 45), date(2015, 7, 31)),
            Assessment(
                situation="Du begynder på Værkstedet den 3. august 2015",
                prospect=None,
                citizen_view="Du har fortalt, at du glæder dig til at begynde",
                considerations=(
                    "Du kan nu være med i et tilbud.",
                    "Værkstedet giver dig en fast kontaktperson.",
                ),
                facts=(
                    "Du har selv besøgt Værkstedet to gange i maj 2015.",
                    "Fatima har skrevet i sin status, at du møder til aftalerne.",
                ),
                deviation=None,
                other_help=("Bostøtte fra Socialforvaltningen. Den fortsætter.",),
            ),
            Heard(date(2015, 6, 15), None),
        ),
        "non_extension": (
            date(2015, 8, 17),
            NonExtension(Previous(date(2015, 3, 2), date(2015, 9, 8), 45)),
            Assessment(
                situation="Du har fået en bolig, og du kommer på Værkstedet tre dage om ugen",
                prospect=None,
                citizen_view="Du har fortalt, at du gerne vil beholde Fatima lidt endnu",
                considerations=("Du kan være med i et tilbud nu.", "Du klarer selv aftalerne med lægen."),
                facts=(
                    "Værkstedet skriver, at du møder som aftalt.",
                    "I statusnotatet fra den 30. juli 2015 er begge mål nået.",
                ),
                deviation=None,
                other_help=("En frivillig besøgsven. Du siger til, hvis du vil have en.",),
            ),
            Heard(date(2015, 8, 3), "Du svarede, at du er bange for at blive alene med det hele"),
        ),
    },
)
