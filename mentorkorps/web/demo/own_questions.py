"""Fjordby's own questions about progress, which courses of the last months are asked."""

from datetime import date, timedelta

from mentorkorps.domain.dates import long_date
from mentorkorps.followup.actions.questions import (
    adopt_questions,
    begin_questions,
    remove_question,
    write_question,
)
from mentorkorps.municipality.models import Role
from mentorkorps.municipality.queries import people_by_role

BEGAN = timedelta(weeks=11)  # before today, on the first of its month
DECIDED = timedelta(weeks=3)  # before it began

MAIL = {
    "title": "MitID og Digital Post",
    "to_citizen": "Hvordan går det med MitID og Digital Post?",
    "to_mentor": "Hvordan går det med MitID og Digital Post?",
    "steps": [
        "Har ikke MitID",
        "Har MitID, men bruger det ikke",
        "Bruger det sammen med en anden",
        "Bruger det selv og spørger om det svære",
        "Klarer det selv",
    ],
}
WORK = {
    "title": "På vej mod job eller skole",
    "to_citizen": "Hvor langt er du på vej mod job eller skole i dag?",
    "to_mentor": "Hvor langt er borgeren på vej mod job eller skole i dag?",
    "steps": [
        "Det er der ikke plads til nu",
        "Har talt om, hvad det kunne være",
        "Har set et sted, det kunne være",
        "Er begyndt nogle timer om ugen",
        "Er i gang eller klar til det",
    ],
}


def tell(today: date) -> None:
    """What the leader took into use some eleven weeks ago."""
    leader, first = people_by_role()[Role.LEADER], (today - BEGAN).replace(day=1)
    decided = first - DECIDED
    own = begin_questions(on=decided, by=leader)
    remove_question(own, key="offices", by=leader)
    write_question(own, key="work", by=leader, **WORK)
    write_question(own, key="", by=leader, **MAIL)
    adopt_questions(
        own, name=f"Fjordby {first.year}", source=f"Ledelsen, {long_date(decided)}", in_force_from=first, on=decided,
        by=leader,
    )  # fmt: skip
