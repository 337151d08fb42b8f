"""Whatever two groups of courses hold: an answer in plain numbers, and no effect without an adjustment."""

import json
import warnings

from hypothesis import given, settings
from hypothesis import strategies as st

from mentorkorps.domain.evidence import Course, as_json, compare, tabulate

course = st.builds(
    Course,
    course=st.uuids().map(str),
    citizen=st.integers(0, 40).map(str),
    group=st.sampled_from(("right", "may")),
    provider=st.sampled_from(("Nord", "Syd", "Øst")),
    weeks_observed=st.one_of(st.integers(0, 90).map(float), st.floats(0, 90)),
    event=st.sampled_from((0, 1, 1, 2)),
    covariates=st.fixed_dictionaries(
        {
            "alder": st.one_of(st.none(), st.integers(18, 60).map(str)),
            "bydel": st.sampled_from((None, "A", "B", "C")),
        }
    ),
)
both = [
    Course("r", "r", "right", "Nord", 12.0, 1, {"alder": "30", "bydel": "A"}),
    Course("m", "m", "may", "Syd", 40.0, 0, {"alder": None, "bydel": "B"}),
]


@settings(max_examples=80, deadline=None)
@given(st.lists(course, max_size=120), st.integers(1, 3))
def test_never_a_crash_a_nan_or_an_unfounded_effect(courses: list[Course], copies: int) -> None:
    rows = (courses + both) * copies
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        answers = [as_json(horizon) for horizon in compare(tabulate(rows), (13, 52))]
    json.dumps(answers, allow_nan=False)
    for answer in answers:
        adjusted = answer["adjusted_difference"]
        if adjusted["value"] is None:
            assert "effekt" not in answer["statement"].lower()
            assert adjusted["why"]
            assert answer["adjusted_for"] == []
        for share in answer["incidence"].values():
            assert share is None or 0 <= share <= 1
        if adjusted["low"] is not None:
            assert -1 <= adjusted["low"] <= adjusted["value"] <= adjusted["high"] <= 1
