"""The twelve points: what each asks, and that what is not known is neither met nor unmet."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorkorps.domain.audit import (
    STATES,
    TITLES,
    AdverseFacts,
    AgreementFacts,
    BilledMonth,
    CaseFacts,
    Check,
    GrantFacts,
    HoursFacts,
    MoneyFacts,
    Point,
    PriceFacts,
    Share,
    SheetInput,
    StatusFacts,
    SupervisionFacts,
    WeekFacts,
    compose_sheet,
    judge,
    shares,
)
from mentorkorps.domain.letter import Document, Sender

ON = date(2026, 11, 20)
START, END = date(2026, 6, 22), date(2026, 12, 20)
GRANT = GrantFacts(
    "d1", date(2026, 6, 15), START, END, "LAB § 167, stk. 1", True, "kontanthjælp", True, date(2026, 7, 13),
    date(2026, 6, 15), True, False,
)  # fmt: skip
AGREEMENT = AgreementFacts(
    "a1", date(2026, 6, 19), date(2026, 6, 19), START, END, date(2026, 12, 21), True, 3, 120, "Fatima Eksempel", "m1",
    True, ("Mentoruddannelse",), False, False, None,
)  # fmt: skip
CASE = CaseFacts(
    course="c1",
    on=ON,
    kind="own",
    function_company=False,
    grants=(GRANT,),
    adverse=(),
    agreements=(AGREEMENT,),
    weeks=WeekFacts(20, 0, 1),
    hours=HoursFacts(date(2026, 6, 24), 20, 2_400, 2_640, 0, 0),
    money=MoneyFacts((), (), True, "5.68.90", "002", "50 % af udgiften", 0),
    statuses=(StatusFacts("status", date(2026, 11, 22), None),),
    supervision=SupervisionFacts("k1", date(2026, 11, 2), 0, 0, 0, 0, 1),
)


def state(case: CaseFacts, number: int) -> str:
    return judge(case)[number - 1].state


def test_a_case_in_order_is_met_and_says_what_does_not_concern_it() -> None:
    states = {point.number: point.state for point in judge(CASE)}
    assert {number for number, found in states.items() if found == "irrelevant"} == {9, 10}
    assert {number for number, found in states.items() if found == "met"} == set(range(1, 13)) - {9, 10}
    assert [point.title for point in judge(CASE)] == list(TITLES)


LACKS: list[tuple[int, str, dict[str, Any]]] = [
    (1, "unmet", {"grants": ()}),
    (1, "unmet", {"grants": (replace(GRANT, rule_met=False),)}),
    (1, "unknown", {"grants": (replace(GRANT, rule_met=None),)}),
    (1, "unknown", {"grants": (replace(GRANT, target_group=""),)}),
    (2, "unmet", {"grants": (replace(GRANT, reasoned=False),)}),
    (2, "unmet", {"function_company": True}),
    (2, "unknown", {"function_company": True, "agreements": ()}),
    (3, "unmet", {"agreements": ()}),
    (3, "unmet", {"agreements": (replace(AGREEMENT, goal=False),)}),
    (3, "unmet", {"agreements": (replace(AGREEMENT, end=date(2026, 12, 22)),)}),
    (3, "unmet", {"agreements": (replace(AGREEMENT, reachable=False),)}),
    (3, "unknown", {"agreements": (replace(AGREEMENT, qualifications=()),)}),
    (3, "unknown", {"agreements": (replace(AGREEMENT, longest_end=None),)}),
    (4, "unmet", {"grants": (replace(GRANT, letter_sent_on=None),)}),
    (4, "unmet", {"grants": (replace(GRANT, complain_by=None),)}),
    (4, "unknown", {"grants": (replace(GRANT, wants=None),)}),
    (4, "unmet", {"adverse": (AdverseFacts("d2", "ændring", ON, False),)}),
    (4, "met", {"adverse": (AdverseFacts("d2", "ændring", ON, True),)}),
    (5, "unmet", {"agreements": (replace(AGREEMENT, signed_on=None),)}),
    (5, "unmet", {"agreements": (replace(AGREEMENT, signed_on=date(2026, 6, 25)),)}),
    (5, "unmet", {"hours": replace(CASE.hours, unsigned=30)}),
    (6, "unmet", {"weeks": WeekFacts(19, 1, 0)}),
    (6, "irrelevant", {"weeks": WeekFacts(0, 0, 3)}),
    (7, "unmet", {"hours": replace(CASE.hours, delivered=2_641)}),
    (7, "unknown", {"kind": "supplier"}),
    (8, "unknown", {"money": replace(CASE.money, wage_known=False)}),
    (8, "unmet", {"hours": replace(CASE.hours, while_away=45)}),
    (8, "unknown", {"kind": "supplier"}),
    (9, "unmet", {"on": date(2026, 11, 23)}),
    (9, "met", {"statuses": (StatusFacts("status", date(2026, 11, 22), date(2026, 11, 18)),)}),
    (10, "met", {"grants": (GRANT, replace(GRANT, extends=True))}),
    (10, "unmet", {"grants": (GRANT, replace(GRANT, extends=True, reasoned=False))}),
    (10, "irrelevant", {"grants": (GRANT, GRANT)}),
    (11, "unknown", {"money": replace(CASE.money, grouping="")}),
    (11, "unmet", {"money": replace(CASE.money, grouping="", unbooked=45)}),
    (11, "met", {"money": replace(CASE.money, unbooked=None)}),
    (12, "unmet", {"supervision": SupervisionFacts(None, None, 0, 0, 0, 0, 0)}),
    (12, "met", {"supervision": SupervisionFacts(None, None, 0, 4, 0, 0, 0)}),
    (12, "unmet", {"supervision": SupervisionFacts(None, None, 0, 4, 1, 0, 0)}),
    (12, "unknown", {"supervision": SupervisionFacts("k1", None, 2, 0, 0, 0, 0)}),
    (12, "unknown", {"supervision": SupervisionFacts("k1", ON, 0, 0, 0, 1, 0)}),
]  # fmt: skip


@pytest.mark.parametrize(("number", "expected", "other"), LACKS)
def test_what_each_point_asks(number: int, expected: str, other: dict[str, Any]) -> None:
    assert state(replace(CASE, **other), number) == expected


def test_an_invoice_is_held_against_the_hours_and_the_price() -> None:
    october = date(2026, 10, 1)
    money = replace(
        CASE.money, billed=(BilledMonth(october, 480, 480, "i1"),), prices=(PriceFacts("i1", october, True),)
    )
    case = replace(CASE, kind="supplier", money=money)
    assert (state(case, 7), state(case, 8)) == ("met", "met")
    over = replace(case, money=replace(money, billed=(BilledMonth(october, 481, 480, "i1"),)))
    assert state(over, 7) == "unmet"
    whole = replace(case, money=replace(money, billed=(BilledMonth(october, None, 480, "i1"),)))
    assert state(whole, 7) == "unknown"
    assert (
        state(replace(case, money=replace(money, prices=(PriceFacts("i1", october, None),))), 8) == "unknown"
    )


def test_a_course_without_hours_is_not_judged_on_them() -> None:
    case = replace(
        CASE, agreements=(), weeks=WeekFacts(0, 0, 0), hours=HoursFacts(None, 0, 0, 0, 0, 0),
        supervision=SupervisionFacts(None, None, 0, 0, 0, 0, 0),
    )  # fmt: skip
    assert {p.number for p in judge(case) if p.state == "irrelevant"} == {3, 5, 6, 7, 8, 9, 10, 11, 12}


@given(st.lists(st.sampled_from([True, False, None]), max_size=6))
def test_unknown_is_neither_met_nor_unmet(answers: list[bool | None]) -> None:
    found = Point(1, tuple(Check("?", holds, "") for holds in answers)).state
    assert (found == "met") == (bool(answers) and all(answers))
    assert (found == "unmet") == (False in answers)
    if None in answers:
        # Each unknown can still become yes or no, and a point that is settled stays so whatever it becomes.
        settled = {
            Point(1, tuple(Check("?", answer if h is None else h, "") for h in answers)).state
            for answer in (True, False)
        }
        assert found in settled or found == "unknown"
        assert found == "unknown" or len(settled) == 1


@given(st.data())
def test_hiding_what_is_known_never_turns_a_no_into_a_yes(data: st.DataObject) -> None:
    """Every fact that may be None is hidden in turn, in a case with as many yes and no as one likes."""
    grant = replace(GRANT, rule_met=data.draw(st.booleans()), wants=data.draw(st.booleans()))
    money = replace(CASE.money, unbooked=data.draw(st.integers(0, 2)))
    case = replace(CASE, grants=(grant,), money=money)
    hidden = replace(case, grants=(replace(grant, rule_met=None, wants=None),))
    for before, after in zip(judge(case), judge(hidden), strict=True):
        assert after.state != "met" or before.state == "met"


def test_shares_leave_out_what_cannot_be_judged() -> None:
    rows: list[dict[int, Any]] = [{1: "met", 2: "unknown"}, {1: "unmet", 2: "irrelevant"}, {1: "met"}]
    first, second, third = shares(rows)[:3]
    assert (first, first.tenths) == (Share(2, 1, 0, 0), 667)
    assert (second, second.tenths) == (Share(0, 0, 1, 1), None)
    assert third == Share()


def test_the_paper_says_every_point_and_survives_storing() -> None:
    sender = Sender(
        "Fjordby Kommune",
        "Jobindsats Nord",
        ("Rådhuspladsen 1",),
        "12 34 56 78",
        "Bodil Eksempel",
        "koordinator",
    )
    paper = compose_sheet(
        SheetInput(sender, "Jens Eksempel", "FJ-0400", ON, (("Mentor", "Fatima"),), judge(CASE))
    )
    text = paper.as_text()
    assert all(f"{number}. {title}: " in text for number, title in enumerate(TITLES, start=1))
    assert "10 opfyldt, 0 ikke opfyldt, 0 vides ikke, 2 ikke relevant" in text
    assert Document.from_json(paper.as_json()) == paper


def test_facts_are_frozen_all_the_way_down() -> None:
    def frozen(value: object) -> bool:
        if is_dataclass(value):
            return all(frozen(getattr(value, field.name)) for field in fields(value))
        return (
            isinstance(value, tuple)
            and all(map(frozen, value))
            or isinstance(value, str | int | bool | date | None)
        )

    assert frozen(CASE)
    assert set(STATES) == {"met", "unmet", "unknown", "irrelevant"}
