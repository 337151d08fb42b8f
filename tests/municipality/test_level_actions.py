"""Service levels: loaded from what comes along, in force only by adoption, one after the other."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from mentorkorps.domain.service_level import shipped_level, shipped_levels
from mentorkorps.municipality.actions import adopt_level, load_level
from mentorkorps.municipality.facts import row_facts
from mentorkorps.municipality.models import Municipality, ServiceLevel
from mentorkorps.municipality.queries import forget_municipality, level_in_force
from tests.cast import Cast


def adopt(level: ServiceLevel, first: date) -> None:
    adopt_level(level, committee="BIU", case_number="1", adopted_on=first, in_force_from=first, by=None)


@pytest.mark.parametrize("name", shipped_levels())
def test_a_loaded_level_is_the_shipped_one(cast: Cast, name: str) -> None:
    level = load_level(name, by=cast.helle)
    shipped = shipped_level(name)
    assert tuple(row_facts(row) for row in level.rows.all()) == shipped.rows
    assert (level.name, level.source, level.example) == (shipped.name, shipped.source, shipped.example)
    assert level.in_force_from is None


def test_a_level_is_loaded_once(cast: Cast) -> None:
    load_level("slagelse-2015", by=None)
    with pytest.raises(ValidationError, match="allerede indlæst"):
        load_level("slagelse-2015", by=None)
    with pytest.raises(ValidationError, match="følger ikke med"):
        load_level("../../etc/passwd", by=None)


def test_the_level_before_ends_the_day_before(cast: Cast) -> None:
    old, new = load_level("koebenhavn-2014", by=None), load_level("eksempel-2026", by=None)
    adopt(old, date(2026, 1, 1))
    adopt(new, date(2026, 7, 1))
    assert level_in_force(date(2026, 6, 30)) == old
    assert level_in_force(date(2026, 7, 1)) == new
    assert level_in_force(date(2025, 12, 31)) is None


def test_a_level_recorded_late_takes_its_place_between(cast: Cast) -> None:
    levels = [load_level(name, by=None) for name in shipped_levels()]
    adopt(levels[0], date(2024, 1, 1))
    adopt(levels[1], date(2026, 1, 1))
    adopt(levels[2], date(2025, 1, 1))
    found = [level_in_force(date(year, 6, 1)) for year in (2024, 2025, 2026)]
    assert found == [levels[0], levels[2], levels[1]]


def test_what_cannot_be_adopted(cast: Cast) -> None:
    old, new = load_level("koebenhavn-2014", by=None), load_level("eksempel-2026", by=None)
    adopt(old, date(2026, 1, 1))
    with pytest.raises(ValidationError, match="allerede sat i kraft"):
        adopt(old, date(2027, 1, 1))
    with pytest.raises(ValidationError, match="gælder allerede fra den dag"):
        adopt(new, date(2026, 1, 1))


def test_example_data_is_never_in_force_in_a_real_municipality(cast: Cast) -> None:
    Municipality.objects.update(synthetic=False, world_date=None)
    forget_municipality()
    with pytest.raises(ValidationError, match="Eksempeldata"):
        adopt(load_level("eksempel-2026", by=None), date(2026, 1, 1))
