"""Each letter reads as its golden file; GOLDEN=rewrite writes them anew, to be read as the citizen would."""

import os
from dataclasses import replace

import pytest

from mentorkorps.domain.readability import how_plain, lix

from .cast import KINDS, STORIES
from .golden_files import DECISIONS, DOCUMENTS, FOLDER, body, running_text


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_letter_reads_as_its_golden_file(name: str) -> None:
    path = FOLDER / f"{name}.txt"
    text = DOCUMENTS[name].as_text()
    if os.environ.get("GOLDEN") == "rewrite":
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


def test_no_golden_file_is_left_behind() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(DOCUMENTS)


def test_every_regime_has_every_kind_of_decision() -> None:
    assert len(DECISIONS) == len(STORIES) * len(KINDS) == 25


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_letter_is_easy_to_read(name: str) -> None:
    assert lix(running_text(DOCUMENTS[name])) <= 40


@pytest.mark.parametrize("name", sorted(DECISIONS))
def test_reasons_are_easier_still(name: str) -> None:
    reasons = [s for s in DECISIONS[name].sections if (s.heading or "").startswith("Derfor")]
    assert lix(running_text(replace(DECISIONS[name], sections=tuple(reasons)))) <= 30


def test_measure_counts_as_the_definition_does() -> None:
    # Nine words in three sentences; two of the words are longer than six letters.
    assert lix("Kommunen kan give en mentor. Du har ret.\nBeskæftigelse") == pytest.approx(
        9 / 3 + 100 * 2 / 9
    )
    assert lix(" – \n") is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Hvem kan du ringe til?", "LIX 5, let at læse"),
        ("Hvem kan du ringe til hjemme hos kommunen?", "LIX 20, let at læse"),
        ("Beskriv din udvikling og dit forløb", "LIX 39, lidt tung. Prøv med kortere ord"),
        ("Beskriv funktionsniveauet", "LIX 102, svær at læse. Del lange sætninger, og vælg korte ord"),
        ("– …", ""),
    ],
)
def test_what_is_hard_to_read_says_what_to_do(text: str, says: str) -> None:
    assert how_plain(text) == says


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_letter_never_speaks_of_money_as_a_reason_or_of_sanctions(name: str) -> None:
    words = body(DOCUMENTS[name]).lower()
    assert not [word for word in ("budget", "loft", "refusion", "sanktion", "trække i") if word in words]


@pytest.mark.parametrize("regime", sorted(STORIES))
def test_authority_is_named_as_the_law_of_the_day_names_it(regime: str) -> None:
    text = DECISIONS[f"{regime}-refusal"].as_text().lower()
    assert ("kommunen har besluttet" in text) == (regime == "R4")
    assert ("jobcenteret har besluttet" in text) == (regime != "R4")


@pytest.mark.parametrize("name", sorted(DECISIONS))
def test_decision_names_its_rule_and_how_to_complain(name: str) -> None:
    text = DECISIONS[name].as_text()
    citation = "§ 167" if name.startswith(("R3", "R4")) else ("§ 31 b" if name == "R2-refusal" else "§ 9")
    assert citation in text
    assert "lov om en aktiv beskæftigelsesindsats" in text
    assert "senest 4 uger efter, at du har fået brevet" in text
    assert "Ankestyrelsen" in text
