"""What capacity ahead says: the verdict in sentences, the picture, the rows of the table and the file."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.http import HttpResponse

from mentorkorps.domain.capacity import CLAIMED, FEWEST_ENDS, WEEKS_AHEAD, Week, mentors_needed
from mentorkorps.domain.danish import listed, thousands
from mentorkorps.domain.dates import NBSP, iso_week, week_start
from mentorkorps.ledger.queries.capacity_ahead import Outlook
from mentorkorps.web.charts import Chart, Point
from mentorkorps.web.sheet import rows_file, sheet

MOST_WEEKS_NAMED = 6


def verdict_words(found: Outlook) -> list[str]:
    """The answer first, then how much, where there is room, and what is not known."""
    if not any(week.given.normal for week in found.weeks):
        return [
            "Vi kan ikke svare.",
            "Ingen mentor har timer i de kommende uger. Skriv timerne på mentorerne først.",
        ]
    said = [headline(found), *_lacking(found), *_room(found), *_closed(found)]
    if not found.experience.knows_renewals:
        said.append(
            f"Vi ved ikke, hvor mange der får en ny periode: {len(found.experience.ran_out)} bevillinger er udløbet i "
            f"det seneste år, og der skal {FEWEST_ENDS} til. Båndet går fra, at ingen får en ny, til at alle gør."
        )
    if not found.experience.knows_new:
        said.append(
            "Nye forløb er ikke regnet med: der er for få uger bag os til at sige, hvor mange der plejer at begynde."
        )
    return said


def headline(found: Outlook) -> str:
    """Fuld fra uge 8. / Kan blive fuld fra uge 8. / Der er plads i alle 26 uger."""
    verdict, first = found.verdict, found.weeks[0].number
    if verdict.full_from is not None:
        return "Fuld allerede." if verdict.full_from == first else f"Fuld fra {week_word(verdict.full_from)}."
    if verdict.may_be_full_from is not None:
        when = (
            "allerede nu"
            if verdict.may_be_full_from == first
            else f"fra {week_word(verdict.may_be_full_from)}"
        )
        return f"Kan blive fuld {when}."
    return f"Der er plads i alle {WEEKS_AHEAD} uger."


def week_word(number: int) -> str:
    """uge 8, with no break inside."""
    return f"uge{NBSP}{iso_week(number)[1]}"


def hours_between(low: int, high: int) -> str:
    """40–75 timer of two minutes, the lower first; one figure where they are the same."""
    first, last = sorted((_whole(low), _whole(high)))
    return f"{thousands(first)} timer" if first == last else f"{thousands(first)}–{thousands(last)} timer"


def free_words(week: Week) -> str:
    """How much is free in a week, or how much is lacking, by the band."""
    if week.most_free < 0:
        return f"mangler {hours_between(-week.most_free, -week.least_free)}"
    if week.least_free < 0:
        lacking, free = thousands(_whole(-week.least_free)), thousands(_whole(week.most_free))
        return f"{lacking} for lidt til {free} ledige"
    return f"{hours_between(week.least_free, week.most_free)} ledige"


def _lacking(found: Outlook) -> list[str]:
    full = found.verdict.full_from
    week = next((each for each in found.weeks if each.number == full), None)
    if week is None or week.usual_least >= 0:
        return []
    return [
        f"I {week_word(week.number)} mangler der {hours_between(max(-week.usual_most, 0), -week.usual_least)}."
    ]


def _room(found: Outlook) -> list[str]:
    room = found.verdict.room
    if room is None or _whole(room.sure) == 0:
        return []
    most = f", måske op til {thousands(_whole(room.most))}" if _whole(room.most) > _whole(room.sure) else ""
    return [f"Mindst {thousands(_whole(room.sure))} frie timer om ugen fra {week_word(room.week)}{most}."]


def _closed(found: Outlook) -> list[str]:
    """Weeks that are short for no other reason than that all is closed."""
    numbers = [each.number for each in found.weeks if each.is_short and each.usual_most >= 0]
    if not numbers:
        return []
    named = listed([str(iso_week(number)[1]) for number in numbers[:MOST_WEEKS_NAMED]])
    return [
        f"I uge {named} er der færre timer end behovet, fordi der er lukket. Læg møderne i ugerne omkring."
    ]


def needed_words(found: Outlook, minutes: int) -> str:
    """How many more full-time mentors of so many minutes a week the coming weeks take, by the two ends of the band."""
    least, most = mentors_needed(found.weeks, minutes)
    if most == 0:
        return "Der skal ikke flere mentorer til i de uger, vi kan se."
    if least == most:
        return f"Der skal {_mentors(most)} mere til, for at ingen uge mangler timer."
    return (
        f"Der skal {_mentors(most)} mere til, for at ingen uge kan mangle timer. Bliver behovet så lavt, som båndet "
        f"siger, er {least} nok."
    )


def _mentors(number: int) -> str:
    return "1 mentor" if number == 1 else f"{number} mentorer"


def picture(found: Outlook) -> Chart:
    """Demand with its band beside what can be given; two lines where renewals are not known."""
    known = found.experience.knows_renewals
    points = [point for week in found.weeks for point in _points(week, known)]
    held = f"Behovet ligger i båndet {CLAIMED // 10} gange af 10. " if known else ""
    return Chart(
        title="Timer om ugen, 26 uger frem",
        description=f"{headline(found)} {held}Tallene står i tabellen.",
        kind="band" if known else "line",
        x_label="Uge",
        y_label="Timer om ugen",
        unit="timer",
        points=tuple(points),
    )


def _points(week: Week, known: bool) -> Iterable[Point]:
    where, asked = str(iso_week(week.number)[1]), week.asked
    if known and asked.middle is not None:
        yield Point(where, "Behov", _whole(asked.middle), _whole(asked.low), _whole(asked.high))
    else:
        yield Point(where, "Ingen får ny periode", _whole(asked.low))
        yield Point(where, "Alle får ny periode", _whole(asked.high))
    yield Point(where, "Kapacitet", _whole(week.given.left))


COLUMNS = (
    ("Uge", 8), ("Mandag", 12), ("Almindelig uge", 15), ("Fravær", 10), ("Lukket", 10), ("Kan give", 10),
    ("Bevilget", 10), ("Slutter", 10), ("Begynder", 10), ("Ny periode, ventet", 18), ("Nye forløb, ventet", 18),
    ("Henvisninger, højst", 18), ("Behov, lavt", 12), ("Behov, ventet", 13), ("Behov, højt", 12),
    ("Ledige, mindst", 14), ("Ledige, højst", 14),
)  # fmt: skip


def capacity_file(found: Outlook, form: str) -> HttpResponse:
    """The weeks as a file, in hours with two decimals; what is not known is an empty cell."""
    rows = [_row(week) for week in found.weeks]
    if form == "csv":
        return rows_file("kapacitet-forude.csv", [heading for heading, _ in COLUMNS], rows)
    return sheet("kapacitet-forude.xlsx", COLUMNS, rows)


def _row(week: Week) -> list[Any]:
    asked, given = week.asked, week.given
    minutes = (
        given.normal, given.leave, given.closed, given.left, asked.granted, asked.ends, asked.starts, asked.renewed,
        asked.new, asked.waiting, asked.low, asked.middle, asked.high, week.least_free, week.most_free,
    )  # fmt: skip
    hours = [None if each is None else round(Decimal(each) / 60, 2) for each in minutes]
    return [iso_week(week.number)[1], week_start(week.number), *hours]


def _whole(minutes: int) -> int:
    return round(Decimal(minutes) / 60)
