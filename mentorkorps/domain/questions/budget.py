"""How does it stand to the budget? The frame, what is spent, and where the year is likely to end."""

from mentorkorps.domain.danish import listed
from mentorkorps.domain.questions.answer import (
    Answer,
    AnswerTable,
    Figure,
    Given,
    figure,
    kroner,
    percent,
)


def budget(given: Given) -> Answer:
    """Amounts in øre, None where they are missing; `until` is the last closed day in words."""
    frame, spent, middle = given["frame"], given["spent"], given["middle"]
    lines = (
        ("Rammen", frame),
        (f"Brugt til og med {given['until']}", spent),
        ("Forventet ved årets slutning", middle),
        ("Forventet, lavt", given["low"]),
        ("Forventet, højt", given["high"]),
        ("Loft over refusion", given["ceiling"]),
    )
    rows = tuple(
        (label, kroner(ore), percent(ore, frame) if ore is not None and frame else "–")
        for label, ore in lines
    )
    table = AnswerTable(
        f"Rammen, forbruget og prognosen for {given['year']}", ("", "Beløb", "Af rammen"), rows
    )
    left = None if frame is None or middle is None else frame - middle
    return Answer("budget", _sentence(given, left), _figures(given, left), table, tuple(_limits(given)))


def _figures(given: Given, left: int | None) -> tuple[Figure, ...]:
    year = given["year"]
    return (
        figure("frame", f"Rammen for {year}", given["frame"], kroner(given["frame"]), "budget"),
        figure(
            "spent", f"Brugt til og med {given['until']}", given["spent"], kroner(given["spent"]), "months"
        ),
        figure("middle", "Forventet ved årets slutning", given["middle"], kroner(given["middle"]), "budget"),
        figure("left", "Rammen minus det forventede", left, kroner(left), "budget"),
    )


def _sentence(given: Given, left: int | None) -> str:
    year, frame, spent = given["year"], given["frame"], given["spent"]
    if frame is None:
        return f"Det kan vi ikke svare på: der er ikke skrevet et budget for {year}."
    used = f"Af rammen på {kroner(frame)} er {kroner(spent)} brugt til og med {given['until']}"
    if left is None:
        return f"{used}. Der er for få uger eller priser til at sige, hvor året ender."
    if given["low"] is not None and given["low"] <= frame <= given["high"]:
        band = f"mellem {kroner(given['low'])} og {kroner(given['high'])}"
        return f"{used}. Det er for tæt på til at sige, om rammen holder: året ender {band}, og den ligger imellem."
    if left < 0:
        return f"{used}. Året ender efter alt at dømme {kroner(-left)} over rammen."
    return f"{used}. Året ender efter alt at dømme inden for rammen, med {kroner(left)} tilbage."


def _limits(given: Given) -> list[str]:
    said = [
        "Prognosen regner de sidste 26 uger frem. Den ved intet om nye love, priser eller et nyt niveau.",
        "En ramme er aldrig en grund til at sige nej til det, en borger skal have eller har ret til.",
    ]
    if given["missing"]:
        said.append(f"Tallene er ikke hele: der mangler {listed(given['missing'])}.")
    if given["ceiling"] is None:
        said.append(
            f"Loftet over refusion for {given['year']} er ikke skrevet. Det betyder ikke, at der intet er."
        )
    return said
