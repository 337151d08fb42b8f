"""Invented people and their decisions, one story for each regime of the law."""

from dataclasses import dataclass, replace
from datetime import date

from mentorkorps.domain.dates import Duration
from mentorkorps.domain.letter import (
    Answer,
    Assessment,
    Change,
    Complaint,
    DecisionInput,
    Deviation,
    EarlyStop,
    Grant,
    Head,
    Heard,
    Kind,
    LegalBasis,
    Mentor,
    NoMentor,
    NonExtension,
    NotHeard,
    Previous,
    Recipient,
    Rhythm,
    Sender,
    Support,
)

COMPLAINT = Complaint(weeks=4, reassess_weeks=4, appeal_body="Ankestyrelsen")
ADDRESS = ("Rådhuspladsen 1", "9999 Fjordby")
JOBCENTRE = Sender(
    "Fjordby Kommune", "Jobcenter Fjordby", ADDRESS, "12 34 56 78", "Helle Prøve", "sagsbehandler"
)
MUNICIPALITY = replace(JOBCENTRE, unit="Job og Vejledning")
FATIMA = Mentor("Fatima Eksempel", "Fatima", "12 34 56 79")
JENS = Mentor("Jens Prøve", "Jens", "12 34 56 80")
SIX_MONTHS = Duration(months=6)
WEEKLY = Rhythm("week", 1, "law")
FORTNIGHTLY = Rhythm("fortnight", 1, "law")


@dataclass(frozen=True)
class Story:
    """One citizen under one regime: the five decisions that can be made about her, with their days."""

    head: Head
    basis: LegalBasis
    decisions: dict[Kind, tuple[date, Answer, Assessment, Heard | NotHeard | None]]
    refusal_basis: LegalBasis | None = None

    def decision(self, kind: Kind) -> DecisionInput:
        """The input of one of the five letters."""
        dated, answer, assessment, hearing = self.decisions[kind]
        basis = self.refusal_basis if kind == "refusal" and self.refusal_basis else self.basis
        return DecisionInput(replace(self.head, dated=dated), basis, answer, assessment, COMPLAINT, hearing)


def _head(sender: Sender, name: str, number: str, *address: str) -> Head:
    return Head(sender, Recipient(name, address), name.split()[0], number, date(2000, 1, 1))


# R1: kontanthjælp, aktivitetsparat, LAB § 93: must, weekly.
_R1_SUPPORT = Support(
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
_R1_VIEW = "Du har fortalt, at du gerne vil i gang med noget to dage om ugen"
R1 = Story(
    head=_head(JOBCENTRE, "Jens Eksempel", "FJ-0412", "c/o Varmestuen", "Prøvegade 1", "9999 Fjordby"),
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
            Grant(_R1_SUPPORT, in_full=True),
            Assessment(
                situation="Du mangler et sted at bo, og du kan ikke være med i et tilbud lige nu",
                prospect="Vi mener, at en fast person kan hjælpe dig videre",
                citizen_view=_R1_VIEW,
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
                replace(_R1_SUPPORT, start=date(2015, 6, 8), minutes_per_week=90, first_meeting=None),
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

# R2: kontanthjælp, aktivitetsparat, a later offer, LAB § 96(3): must, every second week; no mentor found yet.
_R2_SUPPORT = Support(
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
    head=_head(JOBCENTRE, "Amina Prøve", "FJ-1290", "Eksempelvej 12, 2. tv.", "9999 Fjordby"),
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
            Grant(_R2_SUPPORT, in_full=True),
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
                    _R2_SUPPORT,
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

# R3: discharged from psychiatric admission, LAB § 167(2) before March 2023: right, no contact rule.
_R3_SUPPORT = Support(
    start=date(2021, 2, 1),
    end=date(2021, 7, 31),
    minutes_per_week=120,
    rhythm=None,
    mentor=JENS,
    first_meeting="Jens kommer på afdelingen tirsdag den 2. februar kl. 14.00",
    tasks=("at komme godt hjem fra hospitalet", "at holde aftaler med distriktspsykiatrien"),
    not_tasks=("at give medicin", "at tage stilling til din behandling"),
)
_R3_BASIS = LegalBasis(
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
_R3_PREVIOUS = Previous(date(2021, 1, 20), date(2021, 7, 31), 120)
R3 = Story(
    head=_head(JOBCENTRE, "Karen Eksempel", "FJ-2077", "Skovvej 4", "9998 Prøveby"),
    basis=_R3_BASIS,
    refusal_basis=replace(_R3_BASIS, other_citations=("LAB § 167, stk. 1",)),
    decisions={
        "grant": (
            date(2021, 1, 20),
            Grant(_R3_SUPPORT, in_full=True),
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
                    _R3_SUPPORT,
                    start=date(2021, 5, 3),
                    mentor=replace(FATIMA, name="Fatima Prøve"),
                    first_meeting=None,
                    end=date(2021, 9, 30),
                ),
                _R3_PREVIOUS,
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
            EarlyStop(_R3_PREVIOUS, date(2021, 5, 31)),
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
            NonExtension(_R3_PREVIOUS),
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

# R3b: a young person admitted to an education, LAB § 167(3): right; the rhythm stands in the agreement.
_R3B_SUPPORT = Support(
    start=date(2024, 8, 12),
    end=date(2025, 2, 11),
    minutes_per_week=90,
    rhythm=Rhythm("week", 2, "agreement"),
    mentor=replace(FATIMA, name="Max Prøve", first_name="Max"),
    first_meeting=None,
    tasks=("lektier",),
    not_tasks=("at tale med skolen uden dig",),
)
_R3B_PREVIOUS = Previous(date(2024, 7, 1), date(2025, 2, 11), 90)
R3B = Story(
    head=_head(JOBCENTRE, "Sofie Eksempel", "FJ-3316", "Havnegade 7, st. th.", "9999 Fjordby"),
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
            Grant(_R3B_SUPPORT, in_full=True),
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
                replace(_R3B_SUPPORT, start=date(2024, 11, 4), minutes_per_week=60, rhythm=None, mentor=None),
                _R3B_PREVIOUS,
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
            EarlyStop(_R3B_PREVIOUS, date(2024, 12, 20)),
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
            NonExtension(_R3B_PREVIOUS),
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

# R4: homeless and without an offer, LAB § 167(1) after February 2026: may, "kommunen".
_R4_SUPPORT = replace(
    _R1_SUPPORT,
    start=date(2026, 6, 22),
    end=date(2026, 12, 20),
    minutes_per_week=120,
    rhythm=Rhythm("week", 1, "agreement"),
    first_meeting="Onsdag den 24. juni kl. 11.00 i varmestuen",
)
_R4_PREVIOUS = Previous(date(2026, 6, 19), date(2026, 12, 20), 120)
R4 = Story(
    head=_head(MUNICIPALITY, "Jens Eksempel", "FJ-0412", "c/o Varmestuen", "Prøvegade 1", "9999 Fjordby"),
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
            Grant(_R4_SUPPORT, in_full=True),
            Assessment(
                situation="Du mangler et sted at bo, og seks kontorer er med i din sag",
                prospect="Vi mener, at en fast person kan hjælpe dig videre",
                citizen_view=_R1_VIEW,
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
                replace(_R4_SUPPORT, start=date(2026, 9, 21), minutes_per_week=60, first_meeting=None),
                _R4_PREVIOUS,
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
            EarlyStop(_R4_PREVIOUS, date(2026, 10, 30)),
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
            NonExtension(_R4_PREVIOUS),
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
    answer=Grant(_R4_SUPPORT, in_full=False),
    assessment=replace(
        _IN_FULL.assessment,
        citizen_view="Du har bedt om fire timer om ugen",
        considerations=("To timer om ugen er nok til de opgaver, I har aftalt.",),
        facts=("Alkoholenheden følger dig også, har de fortalt den 1. juni 2026.",),
    ),
    hearing=Heard(date(2026, 6, 3), "Du svarede, at du så vil prøve med to timer"),
)

STORIES = {"R1": R1, "R2": R2, "R3": R3, "R3b": R3B, "R4": R4}
KINDS: tuple[Kind, ...] = ("grant", "refusal", "change", "early_stop", "non_extension")
