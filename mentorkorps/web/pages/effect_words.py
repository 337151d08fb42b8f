"""What a publication says, in Danish. The word “effekt” stands only beside an adjusted difference with its interval."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from mentorkorps.domain.codes import OBLIGATION_WORDS
from mentorkorps.domain.danish import capitalised, listed, write_number
from mentorkorps.domain.evidence.tables import WHOLE
from mentorkorps.domain.evidence.words import MONTHS, shares_in_words
from mentorkorps.domain.law import FUNCTIONS
from mentorkorps.followup.queries.public_figures import group_words

UNKNOWN = "mangler"
Result = Mapping[str, Any]
Row = Mapping[str, Any]


def group_names(on: date) -> dict[tuple[str, str], str]:
    """What the groups of a publication are called, by cut and code; a provider is called by its name."""
    return {
        **{("obligation", code): capitalised(word) for code, word in OBLIGATION_WORDS.items()},
        **{("function", code): capitalised(word) for code, word in FUNCTIONS.items()},
        **{("target_group", code): word for code, word in group_words(on).items()},
        (WHOLE, ""): "Alle",
    }


def points(tenths: int) -> str:
    """+1,1 or −5 percentage points from tenths."""
    return f"{'+' if tenths > 0 else ''}{write_number(Decimal(tenths) / 10)}"


def seen(rows: list[Row], weeks: int) -> str:
    """One sentence on must, right and may, as far as they can be shown."""
    known = [
        (row["group"], row["shares"][str(weeks)][0])
        for row in rows
        if row["cut"] == "obligation" and row["shares"][str(weeks)]
    ]
    if not known:
        return "Tallene for skal, ret og kan er for små, eller for få er fulgt så længe, til at de kan vises."
    return shares_in_words(known, weeks)


def judged(found: Row) -> str:
    """What an adjusted difference can bear."""
    stronger, weaker = OBLIGATION_WORDS[found["stronger"]], OBLIGATION_WORDS[found["weaker"]]
    if found["value"] is None:
        return f"Borgere med {stronger} og borgere med {weaker} sammenlignes ikke: {found['why']}."
    if found["low"] is None:
        return f"Forskellen på {stronger} og {weaker} kendes kun uden usikkerhed: {found['why']}. Den kan ikke bruges."
    if found["low"] <= 0 <= found["high"]:
        return (
            f"Når vi sammenligner borgere, der ligner hinanden, er forskellen på {stronger} og {weaker} for usikker: "
            "en effekt er hverken vist eller udelukket."
        )
    better, other = (stronger, weaker) if found["value"] > 0 else (weaker, stronger)
    return (
        f"Når vi sammenligner borgere, der ligner hinanden, kommer flere med {better} end med {other} i job eller "
        "uddannelse. Det tyder på en effekt, men beviser den ikke."
    )


def reservations(found: Row) -> Iterator[str]:
    """What to know before using an adjusted difference."""
    yield f"Gjort ens på {listed(found['used'])}. Skjulte forskelle mellem grupperne kan ikke udelukkes."
    if found["left_out"]:
        yield f"Op til {found['left_out']} % er ikke med, fordi næsten ingen i den anden gruppe ligner dem."
    if found["uneven"]:
        yield f"Grupperne ligner stadig ikke helt hinanden på {listed(found['uneven'])}."
    if found["few_providers"]:
        yield "Forløbene er samlet hos få leverandører, så usikkerheden er stor."
    if found["unseen_cause"]:
        times = write_number(Decimal(found["unseen_cause"]) / 100)
        yield (
            f"Et forhold, vi ikke kender, kunne alene forklare tallet, hvis det gjorde både støtten og job eller "
            f"uddannelse {times} gange så sandsynlige."
        )


def unsaid(result: Result, weeks: int) -> Iterator[tuple[str, str]]:
    """What cannot be said: a headline and why."""
    yield (
        "Om mentor virker i det hele taget.",
        "Vi har ingen lignende borgere uden mentor. Et nyt serviceniveau, der begynder i ét område før et andet, "
        "kunne vise det.",
    )
    yield (
        "Hvad der er årsagen.",
        "Hvem der får skal, ret og kan, følger af loven og af borgerens situation. Grupperne er forskellige fra "
        "begyndelsen.",
    )
    hidden = sum(count is None for row in result["rows"] for count in row["people"].values())
    if hidden:
        yield (
            "De små grupper.",
            f"{hidden} tal er skjult. Nogle handler om færre end fem borgere, andre er skjult, så de første ikke kan "
            "regnes ud. Er tabellerne meget store, er der for en sikkerheds skyld skjult lidt flere, end der skal til.",
        )
    whole = result["rows"][0]["shares"][str(weeks)]
    if whole is None:
        yield (
            f"Hvordan det gik {MONTHS[weeks]} måneder efter.",
            "Under halvdelen er fulgt så længe. En andel af dem alene ville være misvisende.",
        )
    lost = result["rows"][0]["people"]["lost"]
    if lost != 0:
        count = "Nogle" if lost is None else write_number(lost)
        yield (
            "Hvordan det gik dem, vi har tabt af syne.",
            f"{count} borgere er flyttet, kan ikke findes eller er ikke spurgt. De tæller med, til de blev tabt.",
        )
    yield (
        "Hvordan det går lige efter et forløb.",
        "Slutter et forløb af andre grunde end job og uddannelse, ved vi først mere, når der er spurgt efter 6, 12 og "
        "18 måneder. Indtil da kan andelen se for høj ud.",
    )
