"""The same answers as an independent library gives, where it is installed (`pip install .[reference]`)."""

import numpy as np
import pytest

from bench.evidence import World, make_courses
from mentorkorps.domain.evidence.adjustment import shares
from mentorkorps.domain.evidence.covariates import design
from mentorkorps.domain.evidence.weighting import fit

api = pytest.importorskip("statsmodels.api")
COURSES = make_courses(World(courses=1500), seed=5)


def incidence_by(library_weights: np.ndarray | None, members: np.ndarray, week: int) -> float:
    from statsmodels.duration.survfunc import CumIncidenceRight

    weights = None if library_weights is None else library_weights[members]
    found = CumIncidenceRight(COURSES.week[members], COURSES.event[members], freq_weights=weights)
    return float(found.cinc[0][found.times <= week][-1])


@pytest.mark.parametrize("week", [26, 52, 78])
def test_incidence_with_competing_exits_to_ten_digits(week: int) -> None:
    ours = shares(COURSES, np.ones((len(COURSES), 1)), [week])[:, 0, 0]
    theirs = [incidence_by(None, members, week) for members in COURSES.members().values()]
    assert ours == pytest.approx(theirs, abs=1e-10)


@pytest.mark.parametrize("week", [26, 52, 78])
def test_the_weighted_difference_to_four_digits(week: int) -> None:
    columns = api.add_constant(design(COURSES.covariates, len(COURSES)).columns)
    chance = api.Logit(COURSES.in_stronger.astype(float), columns).fit(disp=0, tol=1e-12).predict(columns)
    own = np.where(COURSES.in_stronger, chance, 1 - chance)
    weights = np.where((chance >= 0.02) & (chance <= 0.98), 1 / own, 0.0)
    model = fit(design(COURSES.covariates, len(COURSES)).columns, COURSES.in_stronger)
    stronger, weaker = shares(COURSES, model.weights(), [week])[:, 0, 0]
    one, other = (incidence_by(weights, members, week) for members in COURSES.members().values())
    assert stronger - weaker == pytest.approx(one - other, abs=1e-4)
