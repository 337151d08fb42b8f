"""Which band of ages a mentor is in, of whom only the year of birth is recorded."""

from datetime import date

from mentorkorps.domain.codes import AgeBand


def age_band(birth_year: int | None, on: date) -> AgeBand | None:
    """The band on a day, by the age that is reached in the year of that day; None where the year is not known.

    The day of birth is not recorded, so whoever turns 50 in December is counted as 50 from January.
    """
    if birth_year is None:
        return None
    age = on.year - birth_year
    if age < 30:
        return "under_30"
    return "30_to_49" if age < 50 else "from_50"
