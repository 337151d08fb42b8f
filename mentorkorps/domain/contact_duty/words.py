"""Why a week has its state, as a Danish sentence."""

from collections.abc import Sequence
from datetime import date

from mentorkorps.domain.contact_duty.model import Absent, Days, Rhythm, State
from mentorkorps.domain.dates import short_date

OUTSIDE_THE_COURSE = "Ugen ligger uden for forløbet."
NOT_BEGUN = "Ugen er ikke begyndt endnu."
TOO_FEW_DAYS = "Ugen har for få dage under kontaktpligten til, at en kontakt forfalder."
NO_DUTY = "Der gælder ingen kontaktpligt i ugen."
KEPT = {
    "week": "Kontakten i ugen er holdt.",
    "fortnight": "Der har været kontakt inden for alle 14 dage, der slutter i ugen.",
}


def reason(state: State, days: Days, tried: Sequence[tuple[int, str]], absences: Sequence[Absent]) -> str:
    """What decided the period `days`; `tried` are the contacts that do not count, by day and kind."""
    if state == "kept":
        return KEPT[days.rhythm.every]
    if state == "excused":
        return f"Borgeren er fraværende: {_absence_reasons('citizen', days, absences)}."
    demand = _demand(days.rhythm)
    if state == "open":
        text = f"{demand} er ikke nået endnu; fristen er {_short(days.last)}"
    else:
        text = f"{demand} blev ikke holdt fra {_short(days.first)} til {_short(days.last)}"
    return text + _uncounted(days, tried) + _mentor_away(days, absences) + "."


def _uncounted(days: Days, tried: Sequence[tuple[int, str]]) -> str:
    """What was tried in the period and does not count, so that nobody wonders."""
    kinds = [kind for day, kind in tried if days.first <= day <= days.last]
    if "met" in kinds:
        return "; telefon og video tæller kun med en begrundelse"
    return "; forsøg, udeblivelser og aflysninger tæller ikke som kontakt" if kinds else ""


def _mentor_away(days: Days, absences: Sequence[Absent]) -> str:
    reasons = _absence_reasons("mentor", days, absences)
    return f"; mentoren er fraværende ({reasons}), men pligten er kommunens" if reasons else ""


def _absence_reasons(whose: str, days: Days, absences: Sequence[Absent]) -> str:
    """The reasons noted for absences that touch the period, each once."""
    reasons = (
        away.reason or "årsag ikke oplyst"
        for away in absences
        if away.whose == whose and away.first <= days.last and away.last >= days.first
    )
    return ", ".join(dict.fromkeys(reasons))


def _demand(rhythm: Rhythm) -> str:
    number = "Mindst én kontakt" if rhythm.at_least == 1 else f"Mindst {rhythm.at_least} kontakter"
    return f"{number} {'om ugen' if rhythm.every == 'week' else 'i 14 dage'}"


def _short(day: int) -> str:
    return short_date(date.fromordinal(day))
