"""The three kinds of file and their columns: heading, a line of help, how a cell is read, and other usual headings."""

from dataclasses import dataclass

from mentorkorps.domain.codes import AGE_WORDS
from mentorkorps.domain.intake import values
from mentorkorps.domain.intake.table import MOST_ROWS
from mentorkorps.domain.intake.values import Reader, several, text, word

LONGEST_TEXT = 4_000  # characters of a paragraph
GENDERS = {"kvinde": "k", "k": "k", "mand": "m", "m": "m"}
AGES = {words: band for band, words in AGE_WORDS.items()}


@dataclass(frozen=True)
class Column:
    """A column of ours. `key` names the value; `new` says that a row nobody knows cannot do without it."""

    key: str
    heading: str
    help: str
    read: Reader
    also: tuple[str, ...] = ()
    new: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of file. One of the `known_by` columns must be in it: what a row that is here already is found by."""

    key: str
    label: str
    columns: tuple[Column, ...]
    known_by: tuple[str, ...]
    most_rows: int

    def column(self, key: str) -> Column:
        """The column with a key. Raises KeyError."""
        return {each.key: each for each in self.columns}[key]


_UNIT = word("units", "Skriv enhedens navn, som det står i Mentorkorps.")
_LANGUAGE = word("languages", "Skriv sproget på dansk, fx arabisk.")
_GENDER = word("genders", "Skriv kvinde eller mand.", named=False)

_WHO = (
    Column(
        "cpr", "CPR-nummer", "10 cifre, fx 010190-1234. Borgeren kendes på det.", values.cpr,
        ("cpr", "cpr-nr", "cprnr.", "personnummer", "cpr nummer"), new=True,
    ),
    Column(
        "case_number", "Sagsnummer", "Vores eget nummer, fx FJ-0412. Tom for en ny borger: den får selv et.", text(20),
        ("sagsnr", "sag", "mentorkorps nummer"),
    ),
    Column(
        "external_case_number", "Nummer i fagsystem", "Borgerens nummer i jeres fagsystem.", text(40),
        ("fagsystem", "fagsystemnummer", "eksternt nummer", "eksternt sagsnummer", "journalnummer"),
    ),
)  # fmt: skip

CITIZENS = Kind(
    "borgere", "Borgere",
    (
        *_WHO,
        Column("first_name", "Fornavn", "Alle fornavne.", text(60), ("fornavne",), new=True),
        Column("last_name", "Efternavn", "Efternavn.", text(60), new=True),
        Column("gender", "Køn", "kvinde eller mand. Tom for en ny borger: det ses af CPR-nummeret.", _GENDER),
        Column(
            "address", "Adresse", "Vej, nummer, postnummer og by. En beskyttet adresse hentes aldrig ud.", text(200),
            ("bopæl", "adr"),
        ),
        Column("phone", "Telefon", "Cifre, fx 12 34 56 78.", values.phone, ("tlf", "telefonnummer", "mobil")),
        Column(
            "protected", "Navne- og adressebeskyttelse", "ja eller nej. En fil kan ikke ophæve beskyttelse.",
            values.flag, ("beskyttet", "adressebeskyttelse", "beskyttet adresse"),
        ),
        Column(
            "digital_post_exempt", "Fritaget for Digital Post", "ja eller nej.", values.flag,
            ("fritaget", "digital post"),
        ),
        Column(
            "language", "Sprog", "Sproget på dansk, fx arabisk. Tom for en ny borger: dansk.", _LANGUAGE, ("taler",),
        ),
        Column("district", "Område", "Bruges til at finde en mentor i nærheden.", text(40), ("distrikt", "bydel")),
        Column(
            "caseworker", "Sagsbehandler", "Sagsbehandlerens e-mail, som der logges ind med.",
            word("caseworkers", "Skriv sagsbehandlerens e-mail.", named=False), ("sagsbehandlers e-mail", "rådgiver"),
        ),
        Column("unit", "Enhed", "Enhedens navn, som det står i Mentorkorps.", _UNIT, ("afdeling", "team"), new=True),
    ),
    known_by=("cpr", "case_number", "external_case_number"), most_rows=MOST_ROWS,
)  # fmt: skip

MENTORS = Kind(
    "mentorer", "Mentorer",
    (
        Column("name", "Navn", "Fulde navn.", text(80), ("mentor", "mentornavn"), new=True),
        Column(
            "email", "E-mail", "Mentoren kendes på den; uden e-mail kendes mentoren på navnet.", values.email,
            ("mail", "mailadresse"),
        ),
        Column("phone", "Telefon", "Cifre, fx 12 34 56 78.", values.phone, ("tlf", "telefonnummer", "mobil")),
        Column(
            "kind", "Art", "intern mentor, mentor hos leverandør, faglig mentor i virksomhed eller på uddannelse.",
            word("mentor_kinds", "Skriv arten."), ("type", "mentortype"), new=True,
        ),
        Column("unit", "Enhed", "Enhedens navn, som det står i Mentorkorps.", _UNIT, ("afdeling", "team")),
        Column(
            "provider", "Leverandør", "Navn eller CVR-nummer. Tom for kommunens egne.",
            word("providers", "Skriv navnet, som det står i Mentorkorps, eller CVR-nummeret.", named=False),
            ("ansat hos", "firma", "virksomhed"),
        ),
        Column("gender", "Køn", "kvinde eller mand. Må være tom.", _GENDER),
        Column("birth_year", "Fødselsår", "Fire cifre, fx 1985. Må være tom.", values.birth_year, ("født",)),
        Column("languages", "Sprog", "Med komma imellem, fx dansk, arabisk.", several(_LANGUAGE)),
        Column(
            "districts", "Områder", "Med komma imellem, fx Nord, Midt.", several(text(40)), ("område", "distrikter"),
        ),
        Column(
            "skills", "Erfaring", "Med komma imellem, fx psykiatri, unge.", several(text(40)),
            ("kompetencer", "kompetence"),
        ),
        Column("max_citizens", "Højst antal borgere", "Et helt tal.", values.whole(500), ("maks. borgere",)),
        Column("active_from", "Mentor fra", "Første dag, fx 01-11-2026.", values.day, ("startdato", "fra"), new=True),
        Column(
            "active_to", "Mentor til og med", "Sidste dag. Tom, når mentoren bliver.", values.day, ("slutdato", "til"),
        ),
        Column(
            "minutes_per_week", "Timer om ugen", "Tid sammen med borgere, fx 22,5. Gælder fra i dag.", values.hours,
            ("timer", "ugentlige timer"),
        ),
    ),
    known_by=("email", "name"), most_rows=2_000,
)  # fmt: skip

REFERRALS = Kind(
    "henvisninger", "Henvisninger",
    (
        *_WHO,
        Column(
            "received_on", "Modtaget", "Dagen, henvisningen kom, fx 22-11-2026. Den kendes på borger og dag.",
            values.day_past, ("modtaget dato", "dato", "henvist"), new=True,
        ),
        Column(
            "purpose", "Formål", "Det, støtten skal hjælpe med.", text(LONGEST_TEXT),
            ("hvad støtten skal hjælpe med", "årsag"), new=True,
        ),
        Column("goals", "Borgerens mål", "Borgerens egne mål.", text(LONGEST_TEXT), ("mål",)),
        Column(
            "target_group", "Målgruppe", "Navnet på målgruppen, som det står i Mentorkorps på dagen.", text(200),
        ),
        Column("target_group_from", "Målgruppe fra", "Dagen, borgeren kom i målgruppen.", values.day_past),
        Column("target_group_source", "Kilde til målgruppen", "fx Fagsystem.", text(80), ("kilde",)),
        Column("benefit", "Ydelse", "fx Kontanthjælp.", text(80), ("forsørgelse",)),
        Column(
            "barriers", "Barrierer", "Med komma imellem, fx bolig, dansk.",
            several(word("barriers", "Skriv med komma imellem.")),
        ),
        Column("professionals", "Andre fagfolk", "Andre fagfolk om borgeren.", text(LONGEST_TEXT)),
        Column("safety_notes", "Sikkerhed ved besøg", "Kun det nødvendige. Mentor læser det.", text(LONGEST_TEXT)),
        Column("wishes", "Ønsker til mentor", "Andre ønsker end køn og alder.", text(LONGEST_TEXT), ("ønsker",)),
        Column("mentor_gender", "Ønsker mentor", "kvinde eller mand. Tom, når der ikke er et ønske.", _GENDER),
        Column(
            "mentor_age", "Ønsket alder på mentor", f"{', '.join(AGES)}. Tom, når der ikke er et ønske.",
            word("ages", "Skriv en af dem."), ("mentors alder", "ønsker alder"),
        ),
    ),
    known_by=("cpr", "case_number", "external_case_number"), most_rows=MOST_ROWS,
)  # fmt: skip

KINDS = {kind.key: kind for kind in (MENTORS, CITIZENS, REFERRALS)}
"""The kinds of file by the word that stands in addresses."""
