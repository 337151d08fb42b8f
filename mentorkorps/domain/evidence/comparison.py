"""What became of the courses by each horizon: as it is, adjusted, and with small numbers hidden."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from mentorkorps.domain.evidence import disclosure
from mentorkorps.domain.evidence.adjustment import Adjusted, Adjustment, adjust, shares
from mentorkorps.domain.evidence.courses import GOAL, Courses


@dataclass(frozen=True)
class Horizon:
    """What is known by one week. Differences are the stronger obligation minus the weaker, as shares.

    `n`, `events` and `incidence` are by group, the stronger first. A None is hidden when `suppressed`
    names it (`events.must`), and unknown otherwise. `basis` is what the adjusted difference rests on.
    """

    weeks: int
    n: dict[str, int | None]
    events: dict[str, int | None]
    incidence: dict[str, float | None]
    unadjusted: float | None
    adjusted: Adjusted
    basis: Adjustment
    suppressed: tuple[str, ...] = ()

    @property
    def outcomes_hidden(self) -> bool:
        """Nothing of what became of the courses is shown."""
        return "unadjusted_difference" in self.suppressed


def compare(courses: Courses, horizons: Sequence[int]) -> list[Horizon]:
    """One answer for each horizon (weeks after the start of the course), earliest first."""
    weeks = sorted(set(horizons))
    basis = adjust(courses, weeks)
    incidence = shares(courses, np.ones((len(courses), 1)), weeks)[:, :, 0]
    hidden = disclosure.hidden_horizons(courses, weeks)
    answers = []
    for place, week in enumerate(weeks):
        whole = _whole(courses, week, incidence[:, place].tolist(), basis, basis.results[place])
        answers.append(_hide(whole, outcomes=week in hidden, groups=disclosure.small_group(courses)))
    return answers


def _whole(
    courses: Courses, week: int, incidence: list[float], basis: Adjustment, adjusted: Adjusted
) -> Horizon:
    reached = (courses.event == GOAL) & (courses.week <= week)
    known = [share if np.isfinite(share) else None for share in incidence]
    stronger, weaker = known
    return Horizon(
        weeks=week,
        n={group: int(members.sum()) for group, members in courses.members().items()},
        events={group: int((members & reached).sum()) for group, members in courses.members().items()},
        incidence=dict(zip(courses.members(), known, strict=True)),
        unadjusted=None if stronger is None or weaker is None else stronger - weaker,
        adjusted=adjusted,
        basis=basis,
    )


def _hide(whole: Horizon, outcomes: bool, groups: bool) -> Horizon:
    """Both groups go together, and with the counts everything that is worked out from them."""
    shown, names = whole, [f"n.{group}" for group in whole.n if groups]
    if groups:
        shown = replace(shown, n=dict.fromkeys(whole.n))
    if outcomes:
        names += [f"{field}.{group}" for field in ("events", "incidence") for group in whole.n]
        names += ["unadjusted_difference", "adjusted_difference", "sensitivity"]
        shown = replace(
            shown,
            events=dict.fromkeys(whole.n),
            incidence=dict.fromkeys(whole.n),
            unadjusted=None,
            adjusted=Adjusted(),
        )
    return replace(shown, suppressed=tuple(names))
