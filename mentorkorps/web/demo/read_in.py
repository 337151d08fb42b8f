"""A file of mentors that the coordinator has read and not taken in: the corps as it is, with news and with slips."""

import uuid
from datetime import date

from mentorkorps.cases.actions.intake import choose_columns, columns_for, receive, table_of
from mentorkorps.cases.queries.intake_rows import mentors_out
from mentorkorps.domain.intake import KINDS
from mentorkorps.web.demo.fjordby_house import Fjordby
from mentorkorps.web.sheet import rows_file

MENTORS = KINDS["mentorer"]
HEADINGS = [column.heading for column in MENTORS.columns]


def tell(fjordby: Fjordby) -> None:
    """The file with its columns chosen; nothing of it is taken in, so that the world is as it was."""
    key = uuid.uuid5(fjordby.bodil.pk, "corps")
    file = receive(_file(fjordby.today), kind=MENTORS.key, key=key, by=fjordby.bodil)
    places = columns_for(file, table_of(file))
    choose_columns(file, places=places, today=fjordby.today, by=fjordby.bodil)


def _file(today: date) -> bytes:
    """Everyone as we know them, a new telephone and a new skill, two whom we do not know, and three slips."""
    known = [dict(zip(HEADINGS, row, strict=True)) for row in mentors_out(today)]
    known[1]["Telefon"], known[4]["Erfaring"] = "12 34 56 00", "unge, misbrug"
    new = {"Art": "intern mentor", "Sprog": "dansk", "Mentor fra": today, "Timer om ugen": "20"}
    rows = [
        *known,
        {"Navn": "Nora Prøve", "E-mail": "nora@example.invalid", **new},
        {"Navn": "Vagn Eksempel", "E-mail": "vagn@example.invalid", **new, "Sprog": "dansk, polsk"},
        {"Navn": "Elin Prøve", "E-mail": "elin@example.invalid", **new, "Timer om ugen": "fuld tid"},
        {"Navn": "Troels Eksempel", "E-mail": "troels(at)example.invalid", **new},
        {"Navn": "Rikke Prøve", "E-mail": "rikke@example.invalid", **new, "Mentor fra": "31-02-2027"},
    ]
    return rows_file("mentorer.csv", HEADINGS, ([row.get(each) for each in HEADINGS] for row in rows)).content
