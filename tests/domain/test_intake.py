"""Files as tables: what is read, what is refused whole, and what a cell that cannot be used is told."""

import re
import zipfile
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from mentorkorps.domain.given import BadInput
from mentorkorps.domain.intake import (
    KINDS,
    WHY,
    Around,
    Table,
    guessed_places,
    headings,
    kept_places,
    kind_of,
    places_to_keep,
    read_rows,
    read_table,
)
from mentorkorps.domain.intake import table as table_module
from mentorkorps.domain.intake.kinds import GENDERS
from mentorkorps.domain.intake.table import FORMULA, MOST_COLUMNS

CITIZENS = KINDS["borgere"]
AROUND = Around(
    date(2026, 11, 20),
    {
        "genders": GENDERS,
        "languages": {"dansk": "da", "arabisk": "ar"},
        "units": {"jobindsats nord": 1},
        "caseworkers": {"helle@example.invalid": 2},
    },
)
HEAD = "CPR-nummer;Fornavn;Efternavn;Enhed"


def workbook(*rows: tuple[Any, ...]) -> bytes:
    book, made = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(made)
    return made.getvalue()


def repacked(data: bytes, change: Any) -> bytes:
    """A workbook whose parts (name → bytes) have been changed by hand."""
    with zipfile.ZipFile(BytesIO(data)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    change(parts)
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return made.getvalue()


def in_sheet(old: bytes, new: bytes) -> Any:
    def change(parts: dict[str, bytes]) -> None:
        name = "xl/worksheets/sheet1.xml"
        assert re.search(old, parts[name])
        parts[name] = re.sub(old, new, parts[name], count=1)

    return change


@pytest.mark.parametrize("delimiter", [";", ",", "\t"], ids=["semicolon", "comma", "tab"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_csv_is_read_as_it_is_saved(delimiter: str, encoding: str) -> None:
    lines = ["Navn;Område", "Åse Prøve;Øst", "", '"Bo Eksempel";']
    data = "\r\n".join(lines).replace(";", delimiter).encode(encoding)
    assert read_table(data) == Table(
        ("Navn", "Område"), ((2, ("Åse Prøve", "Øst")), (4, ("Bo Eksempel", "")))
    )


def test_a_workbook_says_what_somebody_would_have_typed() -> None:
    row = ("Åse", date(2026, 11, 19), 12.5, 7.0, True, None)
    table = read_table(workbook(tuple("abcdef"), row))
    assert table.rows == ((2, ("Åse", "19-11-2026", "12,5", "7", "ja", "")),)


def test_a_formula_is_marked_and_its_mark_survives_a_file_to_mend() -> None:
    assert read_table(b"a;b\n=1+1;x").rows == ((2, (FORMULA, "x")),)
    assert read_table(workbook(("a", "b"), ("=1+1", "x"))).rows == ((2, (FORMULA, "x")),)
    assert read_table(f"a;b\n'{FORMULA};x".encode()).rows == ((2, (FORMULA, "x")),)


def test_the_apostrophe_of_a_safe_cell_is_taken_off_again() -> None:
    assert read_table(b"a;b\n'+45 12;'tis").rows == ((2, ("+45 12", "'tis")),)


GOOD = workbook(("a", "b"), ("1", "2"))
MACRO = repacked(GOOD, lambda parts: parts.update({"xl/vbaProject.bin": b"x"}))
ENTITIES = repacked(GOOD, in_sheet(b"<worksheet", b"<!DOCTYPE a [<!ENTITY b 'c'>]><worksheet"))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b" \n", "tom"),
        (b"a;b\n", "kun overskrifter"),
        (b"PK\x03\x04nonsense", "kan ikke læses som regneark"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 20, "gammelt regneark eller har en adgangskode"),
        ("a;b\n1;2".encode("utf-16"), "Unicode-tekst"),
        (b"a;\x81\n1;2", "bogstaver kan ikke læses"),
        (b'a;b\n1;2\n"1;2\n3;4', "Anførselstegn|anførselstegn"),
        (b"010190-1234;Ane\n020290-1234;Bo", "ligner en borger"),
        (";".join(str(n) for n in range(MOST_COLUMNS + 1)).encode() + b"\n1", "mere end 60 kolonner"),
        (b"a\n" + b"1\n" * 6, "mere end 5 rækker"),
        (MACRO, "makroer"),
        (ENTITIES, "kan ikke læses"),
    ],
    ids=[
        "empty", "only-headings", "broken", "old", "utf16", "letters", "quote", "no-headings", "columns", "rows",
        "macros", "entities",
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused_whole(data: bytes, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        read_table(data, most_rows=5)


def test_too_large_a_file_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_module, "LARGEST_FILE", 10)
    with pytest.raises(BadInput, match="større end 10 MB"):
        read_table(b"a;b\n1;2\n3;4")


def test_a_bomb_is_refused_before_it_unpacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_module, "LARGEST_UNPACKED", 1_000_000)
    bomb = repacked(GOOD, lambda parts: parts.update({"xl/media/a.xml": b" " * 1_000_001}))
    assert len(bomb) < 20_000
    with pytest.raises(BadInput, match="pakkes ud"):
        read_table(bomb)


def test_what_a_workbook_says_of_its_size_is_not_believed() -> None:
    huge = repacked(GOOD, in_sheet(rb'<dimension ref="A1:B2"', rb'<dimension ref="A1:XFD1048576"'))
    small = repacked(GOOD, in_sheet(rb'<dimension ref="A1:B2"', rb'<dimension ref="A1:A1"'))
    assert read_table(huge) == read_table(small) == read_table(GOOD)


def test_a_row_after_a_gap_is_read_and_one_beyond_all_sheets_is_refused() -> None:
    far = repacked(GOOD, in_sheet(rb'<row r="2".*?</row>', rb'<row r="9000"><c r="A9000"><v>7</v></c></row>'))
    assert read_table(far).rows == ((9000, ("7", "")),)
    beyond = repacked(GOOD, in_sheet(rb'<row r="2"', rb'<row r="99999999999"'))
    with pytest.raises(BadInput, match="for langt"):
        read_table(beyond)


BAD_CELLS = [
    ("CPR-nummer", "3102901234", "ikke en dato"),
    ("CPR-nummer", "101901234", "9 cifre"),
    ("CPR-nummer", "010190-12345", "11 cifre"),
    ("CPR-nummer", "-5", "her står 1 ciffer"),
    ("CPR-nummer", "0101904234x", "tekst på 11 tegn"),
    ("CPR-nummer", "010130-4234", "fremtiden"),
    ("CPR-nummer", FORMULA, "formel"),
    ("Fornavn", "Hemmeligt" * 7, "63 tegn"),
    ("Fornavn", "Hem\x07meligt", "ikke kan vises"),
    ("Køn", "hemmelig", "kvinde eller mand"),
    ("Telefon", "ring hemmeligt", "telefonnummer"),
    ("Navne- og adressebeskyttelse", "hemmelig", "ja eller nej"),
    ("Sprog", "hemmelig", "Kendte: dansk, arabisk"),
    ("Sagsbehandler", "hemmelig@example.invalid", "en e-mail, som ikke kendes"),
    ("Enhed", "hemmelig", "jobindsats nord"),
]


@pytest.mark.parametrize(("heading", "cell", "says"), BAD_CELLS)
def test_a_bad_cell_is_told_by_column_and_sort_and_never_repeated(heading: str, cell: str, says: str) -> None:
    table = Table((heading,), ((2, (cell,)),))
    [row] = read_rows(CITIZENS, table, guessed_places(CITIZENS, table.headers), AROUND)
    [fault] = row.faults
    assert (row.number, fault.column) == (2, heading)
    assert says in fault.says
    assert row.given == {}
    assert "hemmelig" not in fault.says.lower()
    assert not re.search(r"\d{6}", fault.says.replace("010190-1234", ""))


def test_modulus_11_is_a_remark_and_no_fault() -> None:
    table = Table(("CPR-nummer",), ((2, ("211062-5629",)), (3, ("211062-5628",))))
    right, wrong = read_rows(CITIZENS, table, {"cpr": 0}, AROUND)
    assert (right.notes, right.faults, wrong.faults) == ((), (), ())
    assert "modulus 11" in wrong.notes[0].says


def test_a_row_of_another_length_is_bad_as_a_whole() -> None:
    table = read_table(b"CPR-nummer;Fornavn\n010190-1234;Ane;Eksempel\n010190-1234\n010190-1234;Ane;\n")
    long, short, blank = read_rows(CITIZENS, table, {"cpr": 0, "first_name": 1}, AROUND)
    assert "3 celler" in long.faults[0].says
    assert "1 celler" in short.faults[0].says
    assert blank.given == {"cpr": "0101901234", "first_name": "Ane"}


@pytest.mark.parametrize(
    ("heading", "key"),
    [("CPR-nr.", "cpr"), ("personnummer", "cpr"), ("TLF", "phone"), ("Afdeling", "unit"), ("enhed ", "unit")],
)
def test_headings_are_guessed_as_people_write_them(heading: str, key: str) -> None:
    assert guessed_places(CITIZENS, ("Noget", heading)) == {key: 1}


def test_our_own_headings_are_all_found() -> None:
    for kind in KINDS.values():
        places = guessed_places(kind, [column.heading for column in kind.columns])
        assert places == {column.key: place for place, column in enumerate(kind.columns)}


def test_a_choice_of_columns_holds_for_the_same_headings_in_any_order() -> None:
    headers, other = ("Nr", "Kaldenavn", "Slægt"), ("Slægt", "Nr", "Kaldenavn", WHY)
    kept = places_to_keep({"cpr": 0, "first_name": 1, "last_name": 2}, headers)
    assert headings(headers) == headings(other)
    assert kept_places(kept, other) == {"cpr": 1, "first_name": 2, "last_name": 0}


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        ("010190-1234", "10 cifre"), ("12", "2 cifre"), ("22-11-2026", "en dato"), ("22.11.2026", "en dato"),
        ("a@b.dk", "en e-mail"), ("hej", "en tekst på 3 tegn"), (FORMULA, "en formel"),
    ],
)  # fmt: skip
def test_the_sort_of_a_value(text: str, sort: str) -> None:
    assert kind_of(text) == sort
