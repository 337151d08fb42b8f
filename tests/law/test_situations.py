"""The picture of the law over time against the summary that was made by reading the acts side by side."""

from datetime import date

import pytest

from mentorkorps.domain import law

# Per situation: (first day, obligation, rule, contact) in order of time.
D = date
GENERAL = [
    (D(2003, 1, 1), "may", "R0-01", None), (D(2014, 1, 1), "may", "R1-01", None), (D(2020, 1, 1), "may", "R3-01", None),
]  # fmt: skip
HISTORY = {
    "general": GENERAL,
    "first_offer": [
        (D(2003, 1, 1), "may", "R0-01", None), (D(2014, 1, 1), "must", "R1-05", "week"),
        (D(2016, 1, 1), "must", "R1-05", "fortnight"), (D(2020, 1, 1), "may", "R3-01", None),
    ],
    "later_offer": [
        (D(2003, 1, 1), "may", "R0-01", None), (D(2014, 1, 1), "may", "R1-01", None),
        (D(2016, 1, 1), "must", "R2-03", "fortnight"), (D(2020, 1, 1), "may", "R3-01", None),
    ],
    "education_benefit": [
        (D(2003, 1, 1), "may", "R0-01", None), (D(2014, 1, 1), "must", "R1-06", "week"),
        (D(2016, 1, 1), "must", "R1-06", "fortnight"), (D(2020, 1, 1), "may", "R3-01", None),
    ],
    "discharge": [
        (D(2003, 1, 1), "may", "R0-01", None), (D(2014, 1, 1), "right", "R1-02", None),
        (D(2020, 1, 1), "right", "R3-02a", None), (D(2023, 3, 22), "right", "R3-02b", None),
    ],
    "release": [
        (D(2003, 1, 1), "may", "R0-01", None), (D(2014, 1, 1), "may", "R1-03", None),
        (D(2020, 1, 1), "may", "R1-03", None),
    ],
    "single_parent": [
        (D(2003, 1, 1), "may", "R0-01", None), (D(2009, 1, 1), "may", "R0-02", None),
        (D(2014, 1, 1), "may", "R1-04b", None), (D(2014, 1, 15), "right", "R1-04", None),
        (D(2017, 1, 1), "may", "R1-04b", None), (D(2020, 1, 1), "right", "R3-03", None),
    ],
    "student": [
        (D(2003, 1, 1), "may", "R0-01", None), (D(2009, 1, 1), "may", "R0-02", None),
        (D(2014, 1, 1), "may", "R1-04b", None), (D(2020, 1, 1), "right", "R3-03", None),
    ],
    "job_ready": GENERAL,
    "integration": [(D(2003, 1, 1), "may", "R0-01", None), (D(2004, 1, 1), "may", "R1-15", None)],
}  # fmt: skip


@pytest.mark.parametrize("situation", law.SITUATIONS, ids=lambda situation: situation.key)
def test_a_situation_was_answered_as_the_acts_say(situation):
    told = [
        (
            span.first,
            span.finding.obligation,
            span.finding.rule,
            span.finding.contact and span.finding.contact.every,
        )
        for span in law.spans(situation)
    ]
    assert told == HISTORY[situation.key]


@pytest.mark.parametrize("situation", law.SITUATIONS, ids=lambda situation: situation.key)
def test_spans_follow_each_other_without_a_gap(situation):
    spans = law.spans(situation)
    for before, after in zip(spans, spans[1:], strict=False):
        assert before.last is not None
        assert before.last.toordinal() + 1 == after.first.toordinal()
    assert spans[-1].last is None


def test_a_correction_shows_in_the_picture():
    made = law.Correction("R3-01", D(2020, 1, 1), {"citation": "LAB § 168"}, D(2026, 12, 1), "Læst", "LBK")
    last = law.spans(law.SITUATIONS[0], law.SHIPPED.corrected([made]))[-1]
    assert (last.first, last.finding.citation) == (D(2026, 12, 1), "LAB § 168")
