"""`mentorkorps evidence` from the outside: a file in, JSON out, or one line that says what is wrong where."""

import io
import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from mentorkorps.web.commands.evidence import main

HEADER = "course,citizen,group,provider,weeks_observed,event,alder,bydel"


def lines(n: int = 300) -> Iterator[str]:
    draw = random.Random(4)
    yield HEADER
    for i in range(n):
        group, age = draw.choice(("must", "may")), draw.randint(18, 60)
        weeks, event = draw.randint(1, 100), draw.choice((0, 1, 1, 2))
        area = draw.choice(("Nord", "Syd", ""))
        yield f"F{i},B{i},{group},L{i % 12},{weeks},{event},{age},{area}"


@pytest.fixture
def courses(tmp_path: Path) -> Path:
    path = tmp_path / "forloeb.csv"
    path.write_text("\n".join(lines()) + "\n", encoding="utf-8")
    return path


def with_row(courses: Path, row: str, at: int = 5) -> Path:
    rows = courses.read_text(encoding="utf-8").splitlines()
    rows[at - 1] = row
    courses.write_text("\n".join(rows), encoding="utf-8")
    return courses


def test_the_answer_has_the_promised_shape(courses: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--courses", str(courses)]) == 0
    out, err = capsys.readouterr()
    horizons = json.loads(out)["horizons"]
    assert err == ""
    assert [h["weeks"] for h in horizons] == [26, 52, 78]
    for horizon in horizons:
        assert (
            horizon["n"].keys() == horizon["events"].keys() == horizon["incidence"].keys() == {"must", "may"}
        )
        assert sum(horizon["n"].values()) == 300
        assert horizon["unadjusted_difference"]["called"] == "beskrivelse"
        adjusted = horizon["adjusted_difference"]
        assert adjusted["low"] < adjusted["value"] < adjusted["high"]
        assert horizon["adjusted_for"] == ["alder", "bydel"]
        assert horizon["overlap_trimmed"] == 0
        assert horizon["sensitivity"]["e_value"] >= 1
        assert horizon["suppressed"] == []
        assert "skal-forløbene" in horizon["statement"]


def test_the_same_file_gives_the_same_bytes(courses: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--courses", str(courses), "--weeks", "52"])
    first = capsys.readouterr().out
    main(["--courses", str(courses), "--weeks", "52"])
    assert capsys.readouterr().out == first


def test_blank_lines_at_the_end_are_harmless(courses: Path, capsys: pytest.CaptureFixture[str]) -> None:
    courses.write_text(courses.read_text(encoding="utf-8") + "\n\n", encoding="utf-8")
    assert main(["--courses", str(courses)]) == 0
    assert capsys.readouterr().err == ""


def test_right_against_may_is_right_minus_may(courses: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = courses.read_text(encoding="utf-8")
    main(["--courses", str(courses), "--weeks", "52"])
    must_may = json.loads(capsys.readouterr().out)["horizons"][0]
    courses.write_text(text.replace(",must,", ",right,"), encoding="utf-8")
    main(["--courses", str(courses), "--weeks", "52"])
    right_may = json.loads(capsys.readouterr().out)["horizons"][0]
    assert list(right_may["n"]) == ["right", "may"]
    assert right_may["adjusted_difference"] == must_may["adjusted_difference"]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_standard_input(
    mark: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO((mark + "\n".join(lines())).encode())))
    assert main(["--courses", "-", "--weeks", "26"]) == 0
    assert len(json.loads(capsys.readouterr().out)["horizons"]) == 1


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("F3,B3,must,L1,tolv,1,30,Nord", "weeks_observed"),
        ("F3,B3,must,L1,-1,1,30,Nord", "weeks_observed"),
        ("F3,B3,must,L1,nan,1,30,Nord", "weeks_observed"),
        ("F3,B3,must,L1,inf,1,30,Nord", "weeks_observed"),
        ("F3,B3,must,L1,,1,30,Nord", "weeks_observed"),
        ("F3,B3,must,L1,12,3,30,Nord", "event"),
        ("F3,B3,must,L1,12,,30,Nord", "event"),
        ("F3,B3,skal,L1,12,1,30,Nord", "group"),
        ("F3,B3,right,L1,12,1,30,Nord", "group"),
        ("F3,B3,must,,12,1,30,Nord", "provider"),
        ("F3,,must,L1,12,1,30,Nord", "citizen"),
        (",B3,must,L1,12,1,30,Nord", "course"),
        ("F0,B3,must,L1,12,1,30,Nord", "course"),
        ("F3,B3,must,L1,12,1,30", "bydel"),
        ("F3,B3,must,L1,12,1,30,Nord,Syd", "bydel"),
        ("F3,B3,must,L1,12,1,inf,Nord", "alder"),
        ("F3,B3,must,L1,12,1,tredive,Nord", "alder"),
        ("F3,B3,must,L1,12,1,1e200,Nord", "alder"),
        ("F3,B3,must,L1,1_2,1,30,Nord", "weeks_observed"),
        ("F3,B3,must,L1,\u0661\u0662,1,30,Nord", "weeks_observed"),
    ],
)
def test_bad_cells_are_named(row: str, field: str, courses: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--courses", str(with_row(courses, row))]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith(f"{courses}: række 5, felt {field}: ")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", "række 1, felt course"),
        (HEADER, "række 2, felt course"),
        (HEADER.replace("provider,", ""), "række 1, felt provider"),
        (HEADER + ",alder", "række 1, felt alder"),
        (HEADER + "\nF1,B1,must,L1,5,1,30,Nord\nF2,B2,must,L1,5,1,30,Nord", "række 2-3, felt group"),
        (HEADER + "\n\nF1,B1,must,L1,5,1,30,Nord", "række 2, felt course"),
        (HEADER + '\nF1,B1,must,L1,5,1,30,"Nord', "række 2, felt course"),
    ],
)
def test_bad_files_are_named(
    text: str, where: str, courses: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    courses.write_text(text, encoding="utf-8")
    assert main(["--courses", str(courses)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert where in err


def test_files_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    latin = tmp_path / "latin.csv"
    latin.write_bytes((HEADER + "\nF1,B1,must,Plejø,5,1,30,Ø").encode("latin-1"))
    for path in (tmp_path / "findes-ikke.csv", latin, tmp_path):
        assert main(["--courses", str(path)]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.count("\n") == 1
        assert err.startswith(str(path))
        assert path != latin or "række 2, felt provider: er ikke skrevet som UTF-8" in err


@pytest.mark.parametrize("weeks", ["", "0", "26,", "et år", "-4", "2,5x", "99999"])
def test_weeks_that_are_no_weeks(weeks: str, courses: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--courses", str(courses), f"--weeks={weeks}"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1


def test_no_file_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert capsys.readouterr().err.count("\n") == 1
