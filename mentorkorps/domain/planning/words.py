"""Why this mentor and why not, in plain Danish sentences."""

from collections.abc import Iterable

from mentorkorps.domain.codes import AGE_WORDS
from mentorkorps.domain.danish import listed
from mentorkorps.domain.dates import write_minutes
from mentorkorps.domain.planning.board import fold
from mentorkorps.domain.planning.model import Citizen, Mentor


def reasons_for(
    citizen: Citizen, mentor: Mentor, present: str | None, *, can: bool = True
) -> tuple[str, ...]:
    """What speaks for; `present` is the id of the mentor the citizen has now. Never empty if it `can` be."""
    met = _common(citizen.needs, mentor.skills)
    spoken = _common(citizen.languages, mentor.languages)
    local = _common(mentor.districts, [citizen.district] if citizen.district else [])
    said = (
        (present == mentor.id, "Er borgerens mentor i dag, et kendt ansigt."),
        (spoken, f"Taler {listed(sorted(spoken))}."),
        (
            _same(citizen.wishes_gender, mentor.gender),
            f"Har det køn, borgeren ønsker: {citizen.wishes_gender}.",
        ),
        (_same(citizen.wishes_age, mentor.age), f"Er {_wished_age(citizen)}."),
        (met, f"Har erfaring med {listed(sorted(met))}."),
        (local, f"Arbejder i {listed(sorted(local))}, hvor borgeren bor."),
        (can, f"Har plads til {write_minutes(citizen.minutes)} om ugen."),
    )
    return tuple(sentence for holds, sentence in said if holds)


def reasons_against(citizen: Citizen, mentor: Mentor, present: str | None) -> tuple[str, ...]:
    """What speaks against, and what is not known about the mentor; empty when there is nothing."""
    said = (
        "Borgeren har en anden mentor i dag." if present not in (None, mentor.id) else None,
        _language(citizen, mentor),
        _gender(citizen, mentor),
        _age(citizen, mentor),
        _needs(citizen, mentor),
        _district(citizen, mentor),
    )
    return tuple(sentence for sentence in said if sentence)


def _language(citizen: Citizen, mentor: Mentor) -> str | None:
    if not citizen.languages or _common(citizen.languages, mentor.languages):
        return None
    if not mentor.languages:
        return "Mentorens sprog er ikke oplyst."
    return f"Taler ikke {listed(sorted(citizen.languages), last='eller')}."


def _gender(citizen: Citizen, mentor: Mentor) -> str | None:
    if citizen.wishes_gender is None or _same(citizen.wishes_gender, mentor.gender):
        return None
    if mentor.gender is None:
        return "Mentorens køn er ikke oplyst."
    return f"Har ikke det køn, borgeren ønsker: {citizen.wishes_gender}."


def _age(citizen: Citizen, mentor: Mentor) -> str | None:
    if citizen.wishes_age is None or citizen.wishes_age == mentor.age:
        return None
    if mentor.age is None:
        return "Mentorens alder er ikke oplyst."
    return f"Er ikke {_wished_age(citizen)}."


def _wished_age(citizen: Citizen) -> str:
    return f"{AGE_WORDS[citizen.wishes_age]}, som borgeren ønsker" if citizen.wishes_age else ""


def _needs(citizen: Citizen, mentor: Mentor) -> str | None:
    unmet = citizen.needs - _common(citizen.needs, mentor.skills)
    if not unmet:
        return None
    if not mentor.skills:
        return "Mentorens erfaring er ikke oplyst."
    return f"Har ikke erfaring med {listed(sorted(unmet), last='eller')}."


def _district(citizen: Citizen, mentor: Mentor) -> str | None:
    if citizen.district is None or _common([citizen.district], mentor.districts):
        return None
    if not mentor.districts:
        return "Mentorens område er ikke oplyst."
    return f"Arbejder i {listed(sorted(mentor.districts))}, borgeren bor i {citizen.district}."


def fills_up(citizen: Citizen, minutes: int, places: int) -> tuple[str, ...]:
    """What speaks against when the citizen takes the last of the `minutes` and `places` that are free."""
    said = (
        (minutes == citizen.minutes, "Får ingen ledig tid tilbage."),
        (places == 1, "Får sit højeste antal borgere."),
    )
    return tuple(sentence for holds, sentence in said if holds)


def why_not(citizen: Citizen, mentor: Mentor, minutes: int, places: int) -> str | None:
    """Why the mentor, who has `minutes` and `places` free, cannot take the citizen; None when it can be."""
    if mentor.id in citizen.avoid:
        return "Borgeren skal ikke have denne mentor."
    if places < 1:
        return f"Har allerede sit højeste antal borgere: {mentor.max_citizens}."
    if minutes < citizen.minutes:
        free = write_minutes(max(minutes, 0))
        return f"Borgeren skal have {write_minutes(citizen.minutes)} om ugen, og kun {free} er ledig."
    return None


def why_unassigned(citizen: Citizen, mentors: Iterable[Mentor]) -> str:
    """Why a plan has no mentor for the citizen, given all the `mentors` there are."""
    usable = [m for m in mentors if m.id not in citizen.avoid]
    hours = write_minutes(citizen.minutes)
    if not usable:
        return "Der er ingen mentor, som borgeren må få: alle er fravalgt, eller korpset er tomt."
    if not any(m.minutes >= citizen.minutes and m.max_citizens for m in usable):
        return (
            f"Ingen mentor, som borgeren må få, har {hours} om ugen. Del timerne, eller find en mentor til."
        )
    others = {
        "must": "andre borgere, der skal have mentor",
        "right": "borgere, der skal have eller har ret til mentor",
        "may": "andre borgere",
    }
    taken = f"pladserne er givet til {others[citizen.obligation]}"
    return f"Ingen mentor, som borgeren må få, har plads til {hours} om ugen: {taken}."


def _common(wishes: Iterable[str], offers: Iterable[str]) -> frozenset[str]:
    offered = fold(offers)
    return frozenset(wish for wish in wishes if wish.casefold() in offered)


def _same(wish: str | None, offer: str | None) -> bool:
    return wish is not None and offer is not None and wish.casefold() == offer.casefold()
