"""A young person admitted to an education, LAB § 167(3): right; the rhythm stands in the agreement."""

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
    Support,
)

from .story import FATIMA, JOBCENTRE, SIX_MONTHS, Story, head

SUPPORT = Support(
    start=date(2024, 8, 12),
    end=date(2025, 2, 11),
    minutes_per_week=90,
    rhythm=Rhythm("week", 2, "agreement"),
    mentor=replace(FATIMA, name="Max Prøve", first_name="Max"),
    first_meeting=None,
    tasks=("lektier",),
    not_tasks=("at tale med skolen uden dig",),
)
PREVIOUS = Previous(date(2024, 7, 1), date(2025, 2, 11), 90)
R3B = Story(
    head=head(JOBCENTRE, "Sofie Eksempel", "FJ-3316", "Havnegade 7, st. th.", "9999 Fjordby"),
    basis=LegalBasis(
        authority="jobcenteret",
        obligation="right",
        citation="LAB § 167, stk. 3",
        other_citations=("LAB § 167, stk. 1",),
        rule_title="mentor, når unge begynder på en uddannelse",
        purpose="At du kommer godt i gang på uddannelsen og bliver der",
        rule_says="Reglen gælder, når du får uddannelseshjælp og er optaget på en uddannelse",
        at_most=SIX_MONTHS,
        at_least=None,
    ),
    decisions={
        "grant": (
            date(2024, 7, 1),
            Grant(SUPPORT, in_full=True),
            Assessment(
                situation="Du er optaget på hf, og du begynder den 12. august 2024",
                prospect="Vi mener, at en mentor kan hjælpe dig over den svære start",
                citizen_view="Du har fortalt, at du stoppede sidst, fordi du kom bagud med lektierne",
                considerations=(),
                facts=(),
                deviation=Deviation(90, "Det passer med dit skema"),
                other_help=("Specialpædagogisk støtte på skolen. Skolen søger den sammen med dig.",),
            ),
            None,
        ),
        "refusal": (
            date(2024, 7, 1),
            NoMentor(),
            Assessment(
                situation="Du har søgt ind på hf, men du er ikke optaget endnu",
                prospect="Vi har også set på den almindelige regel. Du har allerede en vejleder",
                citizen_view="Du har fortalt, at du gerne vil have en mentor, før skolen svarer",
                considerations=("Man skal være optaget for at have ret til en mentor.",),
                facts=("Skolen skriver den 3. juni 2024, at du står på venteliste.",),
                deviation=None,
                other_help=("Din vejleder i Ungehuset. I mødes hver anden uge.",),
            ),
            Heard(date(2024, 6, 10), "Du svarede, at du siger til, så snart du er optaget"),
        ),
        "change": (
            date(2024, 10, 21),
            Change(
                replace(SUPPORT, start=date(2024, 11, 4), minutes_per_week=60, rhythm=None, mentor=None),
                PREVIOUS,
            ),
            Assessment(
                situation="Du følger med i timerne, og Max er rejst",
                prospect=None,
                citizen_view="Du har fortalt, at én gang om ugen er nok",
                considerations=("Du er ikke bagud mere.", "Skolen hjælper også med lektier nu."),
                facts=("Du har fortalt det ved samtalen den 7. oktober 2024.", "Skolen siger det samme."),
                deviation=None,
                other_help=("Specialpædagogisk støtte. Den fortsætter.",),
            ),
            Heard(date(2024, 10, 8), "Du svarede, at du er enig"),
        ),
        "early_stop": (
            date(2024, 11, 25),
            EarlyStop(PREVIOUS, date(2024, 12, 20)),
            Assessment(
                situation="Du holder op på hf til jul",
                prospect="Vi mener, at en vejleder kan hjælpe dig bedre med at vælge noget nyt",
                citizen_view="Du har fortalt, at du ikke vil gå i skole lige nu",
                considerations=("En mentor efter den regel skal hjælpe dig på uddannelsen.",),
                facts=("Skolen skriver den 28. oktober 2024, at du har meldt dig ud.",),
                deviation=None,
                other_help=("Ungehuset. Du har en tid den 6. januar 2025.",),
            ),
            Heard(date(2024, 11, 4), "Du svarede, at du hellere vil tale med en vejleder"),
        ),
        "non_extension": (
            date(2025, 1, 20),
            NonExtension(PREVIOUS),
            Assessment(
                situation="Du har bestået alle dine prøver, og du kommer i skole hver dag",
                prospect="Vi mener, at du kan klare resten selv",
                citizen_view="Du har fortalt, at du er stolt, men også lidt nervøs",
                considerations=("Du følger med i alle fag.", "Skolen giver dig en studievejleder."),
                facts=("Skolen skriver den 20. december 2024, at dit fravær er 3 procent.",),
                deviation=None,
                other_help=("Studievejlederen. I har aftalt at tales ved hver måned.",),
            ),
            Heard(date(2025, 1, 6), "Du svarede, at du gerne vil kunne vende tilbage"),
        ),
    },
)
