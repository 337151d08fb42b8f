"""The other papers of the same invented people: hearing, agreements, hand-over and status."""

from dataclasses import replace
from datetime import date

from mentorkorps.domain.letter import (
    AgreementInput,
    Appointment,
    CompanyPart,
    ContactCount,
    GoalStatus,
    HandoverInput,
    HearingInput,
    KnownFact,
    Mentor,
    Recipient,
    Rhythm,
    Score,
    StatusInput,
    TaskStage,
)

from .cast import COMPLAINT, FATIMA, MUNICIPALITY, R1, R4

HEARING = HearingInput(
    planned="early_stop",
    head=replace(R4.head, dated=date(2026, 9, 21)),
    basis=R4.basis,
    plan="Vi overvejer at stoppe din mentorstøtte den 30. oktober 2026",
    reason="Du er flyttet i egen bolig, og du begynder snart i praktik. Du får hjælp begge steder",
    facts=(
        KnownFact(
            "Du skrev under på lejekontrakten den 15. september 2026", "Dig selv, samtale 16. september"
        ),
        KnownFact("Du begynder i praktik den 2. november 2026", "Fjordby Bageri, brev 18. september"),
        KnownFact("Alle tre opgaver er løst", "Fatima Eksempel, status 18. september"),
    ),
    answer_by=date(2026, 10, 2),
    answer_how=(
        "Ring til Helle Prøve på tlf. 12 34 56 78 mellem kl. 9 og 15",
        "Skriv i din Digital Post eller til adressen nederst på siden",
        "Sig det til Fatima, så skriver hun det ned for dig",
    ),
)

AGREEMENT = AgreementInput(
    head=replace(R4.head, dated=date(2026, 6, 22)),
    authority="kommunen",
    decided_on=date(2026, 6, 19),
    citations=("LAB § 167, stk. 1", "LAB § 171"),
    goal="At være med i en aktivitet to dage om ugen inden jul",
    mentor=FATIMA,
    tasks=(
        "at få en midlertidig adresse",
        "at blive fri for digital post",
        "at komme til læge og til Alkoholenheden",
    ),
    not_tasks=(
        "at give behandling (det gør Alkoholenheden)",
        "at finde en bolig (det gør Socialforvaltningen)",
    ),
    start=date(2026, 6, 22),
    end=date(2026, 12, 20),
    minutes_per_week=120,
    rhythm=Rhythm("week", 1, "agreement"),
    place="I varmestuen, og hvor I ellers har brug for at mødes",
    complaint=COMPLAINT,
)

COMPANY_AGREEMENT = replace(
    AGREEMENT,
    head=replace(R1.head, dated=date(2014, 10, 1), recipient=Recipient("Amina Prøve", ("Eksempelvej 12",))),
    authority="jobcenteret",
    decided_on=date(2014, 9, 26),
    citations=("LAB § 31 b, stk. 1", "LAB § 31 c"),
    goal="At blive i praktikken i bageriet",
    mentor=Mentor("Lone Prøve", "Lone", "12 34 56 81"),
    tasks=("en grundig start på hver ny opgave", "at falde til blandt kollegerne"),
    not_tasks=("den oplæring, som alle nye får",),
    start=date(2014, 10, 1),
    end=date(2014, 12, 31),
    minutes_per_week=300,
    rhythm=None,
    place="Fjordby Bageri",
    company=CompanyPart(
        firm="Fjordby Bageri",
        cvr="12 34 56 74",
        signer="Bent Prøve",
        citation="LAB § 31 d",
        beyond_ordinary="Lone øver hver opgave med dig flere gange",
        decisive="Du er stoppet to gange før, fordi der ikke var tid til det",
        wage="212,50 kr. i timen. Det er Lones løn med feriepenge og pension",
    ),
)

HANDOVER = HandoverInput(
    sender=replace(MUNICIPALITY, name="Ole Prøve", title="fagkoordinator"),
    substitute="Max Prøve",
    dated=date(2026, 9, 4),
    case_number="FJ-0412",
    citizen_first_name="Jens",
    citizen_initial="E",
    mentor=FATIMA,
    start=date(2026, 9, 7),
    end=date(2026, 9, 27),
    goal="At være med i en aktivitet to dage om ugen inden jul",
    tasks=(
        TaskStage("Få en midlertidig adresse", "citizen"),
        TaskStage("Blive fri for digital post", "together"),
        TaskStage("Komme til læge og til Alkoholenheden", "mentor"),
    ),
    agreements=(
        "Ring dagen før, og skriv en sms samme morgen.",
        "I mødes ude. Han vil ikke mødes på kontoret.",
    ),
    appointments=(
        Appointment("Tirsdag den 8. september kl. 10.00", "Borgerservice", "Rådhuset"),
        Appointment("Torsdag den 17. september kl. 13.30", "Læge", "Prøvegade 9"),
    ),
    works=("Korte møder. Gå gerne en tur.", "Vent ti minutter. Han kommer ofte lidt sent."),
    safety=("Mød ham i varmestuens café, aldrig alene i baglokalet.",),
)
BARE_HANDOVER = replace(HANDOVER, agreements=(), appointments=(), works=(), safety=())

STATUS = StatusInput(
    sender=replace(MUNICIPALITY, name="Fatima Eksempel", title="mentor"),
    recipient=Recipient("Helle Prøve, sagsbehandler"),
    citizen="Jens Eksempel",
    dated=date(2026, 11, 5),
    case_number="FJ-0412",
    start=date(2026, 6, 22),
    end=date(2026, 12, 20),
    granted_minutes=20 * 120,
    delivered_minutes=1950,
    contacts=ContactCount("week", due=20, kept=16, excused=3, missed=1),
    goals=(
        GoalStatus("Være med i en aktivitet", "yes", "I praktik tre dage om ugen siden 2. november"),
        GoalStatus("Få styr på posten", "partly", "Han læser den selv, men svarer sent"),
    ),
    tasks=HANDOVER.tasks,
    scores=(
        Score("Jeg ved, hvad jeg skal i morgen", 4, 3),
        Score("Jeg kan ringe til kommunen selv", 3, None),
    ),
    scale="Fra 1 (passer slet ikke) til 5 (passer helt), uge 45.",
    deviations=("Fatima var på ferie i uge 30 og 31. Max Prøve var vikar.", "Et møde i uge 37 blev glemt."),
    citizen_view="“Jeg kan godt selv nu. Men jeg vil gerne kunne ringe til nogen.”",
    advice="end",
    reason="Målet er nået, og han får bostøtte to gange om ugen",
)

PAPERS = {
    "hearing": HEARING,
    "agreement": AGREEMENT,
    "company-agreement": COMPANY_AGREEMENT,
    "handover": HANDOVER,
    "handover-bare": BARE_HANDOVER,
    "status": STATUS,
}
