"""Where the mentors sit: how many each unit and each supplier has, for the committee's slides."""

from mentorkorps.domain.danish import thousands
from mentorkorps.domain.questions.answer import (
    MISSING,
    Answer,
    AnswerTable,
    Figure,
    Given,
    count,
    hours,
)

LIMITS = (
    "Faglige mentorer på virksomheder og uddannelser er ikke med.",
    "Fravær er ikke trukket fra.",
)


def organisation(given: Given) -> Answer:
    """`places` are name, mentors and minutes a week with citizens (None where nobody has written any)."""
    places = given["places"]
    rows = tuple(
        (
            place["name"],
            thousands(place["mentors"]),
            MISSING if place["minutes"] is None else hours(place["minutes"]),
        )
        for place in places
    )
    everyone = sum(place["mentors"] for place in places)
    figures = (
        Figure("mentors", "Mentorer i alt", everyone, count(everyone, "mentor", "mentorer")),
        *(
            Figure(
                f"place-{number}",
                place["name"],
                place["mentors"],
                count(place["mentors"], "mentor", "mentorer"),
            )
            for number, place in enumerate(places, start=1)
        ),
    )
    header = ("Hvor", "Mentorer", "Tid med borgere om ugen")
    table = AnswerTable("Mentorerne efter, hvor de hører til", header, rows)
    sentence = (
        f"Der er {count(everyone, 'mentor', 'mentorer')} fordelt på {count(len(places), 'sted', 'steder')}."
    )
    return Answer("organisering", sentence, figures, table, LIMITS)
