"""Slides: begun from the law and two runs, written without losing anybody's words, and frozen as they were shown."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from mentorkorps.domain.paper import DeckDocument, Slide, TooMuch, columns_of, slide_kinds
from mentorkorps.municipality.models import Role, User
from mentorkorps.steering.actions.decks import create_deck, freeze_deck, save_slide
from mentorkorps.steering.actions.runs import make_run
from mentorkorps.steering.models import Deck, DeckSlide, DeckVersion, Run
from mentorkorps.steering.queries.decks import composed_deck, judged_deck, slides
from tests.cast import TODAY, Cast
from tests.steering.inputs import koebenhavn
from tests.steering.scenes import a_deck


@pytest.fixture
def stine(cast: Cast) -> User:
    return cast.people[Role.SECRETARY]


@pytest.fixture
def deck(stine: User) -> Deck:
    return a_deck(stine)


def read(deck: Deck) -> dict[str, Slide]:
    return {slide.key: slide for slide in composed_deck(deck, every=True).slides}


def write(deck: Deck, key: str, text: str, by: User, *, shown: bool = True) -> DeckSlide:
    row = deck.slides.get(key=key)
    return save_slide(deck, key, title=row.title, text=text, shown=shown, revision=row.revision, by=by)


def test_the_table_of_2014_stands_as_it_was_shown(deck: Deck) -> None:
    (column,) = read(deck)["figures"].columns
    rows = {row[0].split(":")[0]: row[2:] for row in column.blocks[0].rows}
    assert rows["Aktivitetsparate"] == ("45\u00a0min.", "3.600")
    assert rows["Aktivitetsparate over 30 år"] == ("2\u00a0t. 30\u00a0min.".replace(" ", "\u00a0"), "300")
    assert rows["I alt"] == ("", "4.450")
    box = read(deck)["company_figures"].columns[0].blocks[0]
    assert [value for _, value in box.rows] == ["140", "5\u00a0timer", "13\u00a0uger"]
    money = dict(read(deck)["economy"].columns[0].blocks[0].rows)
    assert (money["budget"], money["loft over udgiften"]) == (
        "110,0\u00a0mio.\u00a0kr.",
        "111,0\u00a0mio.\u00a0kr.",
    )


def test_the_law_is_that_of_the_meeting_s_day(deck: Deck, stine: User) -> None:
    assert "LAB § 96 c" in str(read(deck)["law"].columns)
    assert "Kontakt hver uge" in deck.slides.get(key="binding").text
    today = create_deck(
        title="I dag", authority="Fjordby Kommune", committee="Udvalget", meeting_on=TODAY, run=deck.run, on=TODAY,
        by=stine,
    )  # fmt: skip
    assert "LAB § 167, stk. 1" in str(read(today)["law"].columns)
    assert "LAB § 96 c" not in str(composed_deck(today).as_json())


def test_money_that_the_run_does_not_know_is_missing(stine: User) -> None:
    inputs = {name: value for name, value in koebenhavn().items() if name != "economy"}
    run = make_run(kind="simulation", title="Uden penge", inputs=inputs, by=stine)
    made = create_deck(
        title="Uden penge",
        authority="Fjordby",
        committee="Udvalget",
        meeting_on=TODAY,
        run=run,
        on=TODAY,
        by=stine,
    )
    assert {value for _, value in read(made)["economy"].columns[0].blocks[0].rows} == {"mangler"}


def test_slides_need_a_level_s_figures(deck: Deck, stine: User) -> None:
    with pytest.raises(ValidationError, match="Hvad nu hvis"):
        create_deck(
            title="Nej", authority="", committee="", meeting_on=TODAY, run=deck.corps, on=TODAY, by=stine
        )


def test_every_figure_says_where_it_is_from(deck: Deck, stine: User) -> None:
    write(deck, "agenda", "Det er {{ borgere }} og {{ mentorer }}.", stine)
    found = read(deck)
    assert found["agenda"].columns[0].blocks[0].text.startswith("Det er 4.450\u00a0borgere og")
    for key in ("figures", "hours", "company_figures", "economy", "agenda"):
        assert deck.run.input_hash[:12] in found[key].notes
    assert deck.corps.input_hash[:12] in found["organisation"].notes
    assert deck.corps.input_hash[:12] in found["agenda"].notes


def test_nobody_writes_over_another_s_words(deck: Deck, stine: User) -> None:
    first = write(deck, "target", "Først", stine)
    again = save_slide(deck, "target", title=first.title, text="Først", shown=True, revision=0, by=stine)
    assert again.revision == first.revision == 1
    with pytest.raises(ValidationError, match="En anden har skrevet"):
        save_slide(deck, "target", title=first.title, text="Sidst", shown=True, revision=0, by=stine)
    assert deck.slides.get(key="target").text == "Først"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{{ nix }}", "Tallet nix findes ikke"),
        ("{{ borgere", "Skriv tallets navn"),
        ("a " * 451, "for lang til et lysbillede"),
        ("## A\na\n## B\nb\n## C\nc", "plads til to spalter"),
        ("a\n## A\na\n## B\nb", "ind i en af spalterne"),
    ],
)
def test_what_has_no_place_on_a_slide_is_told_at_the_text(
    deck: Deck, stine: User, text: str, why: str
) -> None:
    with pytest.raises(ValidationError) as told:
        write(deck, "target", text, stine)
    assert why in told.value.message_dict["text"][0]


def test_columns_tables_and_lists_are_read_from_what_is_typed() -> None:
    one, two = columns_of("## Loven\n- a\n- b\n\n## Vi\nOrd | Mening\nx | y | z", {})
    assert (one.heading, one.blocks[0].items) == ("Loven", ("a", "b"))
    assert (two.blocks[0].header, two.blocks[0].rows) == (("Ord", "Mening"), (("x", "y"),))
    with pytest.raises(TooMuch):
        columns_of("## a\n## b\n## c\n", {})


def test_what_is_left_out_is_not_shown_and_not_lost(deck: Deck, stine: User) -> None:
    write(deck, "attention", "Står her stadig", stine, shown=False)
    assert "attention" not in {slide.key for slide in composed_deck(deck).slides}
    assert [each.kind for each in slides(deck)] == list(slide_kinds())
    assert read(deck)["attention"].columns[0].blocks


def test_a_case_that_somebody_may_recognise_is_pointed_at(deck: Deck, stine: User) -> None:
    write(deck, "case_1", "En 50-årig mand, hjemløs og med misbrug.", stine)
    (concern,) = judged_deck(deck)
    assert (concern.heading, concern.kind) == ("Case 1", "case")


def test_what_was_shown_is_never_changed(deck: Deck, stine: User) -> None:
    first = freeze_deck(deck, on=TODAY, by=stine)
    assert freeze_deck(deck, on=TODAY, by=stine) == first
    write(deck, "target", "Noget nyt", stine)
    assert freeze_deck(deck, on=TODAY, by=stine).number == 2
    assert "Noget nyt" not in str(DeckVersion.objects.get(number=1).document)
    assert DeckDocument.from_json(first.document).as_json() == first.document
    with pytest.raises(DatabaseError), transaction.atomic():
        DeckVersion.objects.update(made_on=date(2020, 1, 1))
    with pytest.raises(DatabaseError), transaction.atomic():
        DeckVersion.objects.all().delete()


def test_a_corps_of_the_same_day_is_one_run(deck: Deck, stine: User) -> None:
    create_deck(title="To", authority="", committee="", meeting_on=TODAY, run=deck.run, on=TODAY, by=stine)
    assert Run.objects.filter(kind="answer").count() == 1
