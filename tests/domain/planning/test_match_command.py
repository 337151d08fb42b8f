"""`mentorkorps match` as others call it: files in, JSON out, one line on what is wrong."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mentorkorps.web.commands.match import main

MENTORS = """mentor,hours_per_week,max_citizens,languages,district,skills,gender
Lone,"2,5",3,dansk;arabisk,Nord,psykiatri; unge,kvinde
Karim,2.25,4,,Syd,,mand
"""
CITIZENS = """citizen,minutes_per_week,obligation,languages,district,needs,wishes_gender,avoid
A,60,may,arabisk,Nord,unge;bolig,kvinde,
B,90,must,,Syd,,kvinde,Karim
C,45,right,,,,,
D,240,may,,,,,
"""
CURRENT = "citizen,mentor\nA,Karim\nC,Karim\n"


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Runs the command on the three texts (bytes are written as they are) and gives code, stdout and stderr."""

    def run(mentors=MENTORS, citizens=CITIZENS, current=None, *more: str) -> tuple[int, str, str]:
        arguments = []
        for name, text in (("mentors", mentors), ("citizens", citizens), ("current", current)):
            if text is not None:
                path = tmp_path / f"{name}.csv"
                path.write_bytes(text if isinstance(text, bytes) else text.encode())
                arguments += [f"--{name}", str(path)]
        code = main([*arguments, *more])
        return code, *capsys.readouterr()

    return run


@pytest.mark.parametrize("method", ["greedy", "optimal"])
def test_the_answer(ask, method: str) -> None:
    code, out, err = ask(MENTORS, CITIZENS, CURRENT, "--method", method, "--stability", "50")
    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert {a["citizen"]: a["mentor"] for a in answer["assignments"]} == {
        "A": "Lone",
        "B": "Lone",
        "C": "Karim",
    }
    assert answer["assignments"][0]["reasons"][0] == "Taler arabisk."
    assert [u["citizen"] for u in answer["unassigned"]] == ["D"] and answer["unassigned"][0]["why"]
    assert answer["total_score"] == sum(a["score"] for a in answer["assignments"])
    assert answer["upper_bound"] >= answer["total_score"]
    gap = 100 * (answer["upper_bound"] - answer["total_score"]) / answer["upper_bound"]
    assert answer["gap_percent"] == pytest.approx(gap, abs=1e-4)
    assert (answer["moved"], answer["assignments"][0]["moved_from"]) == (1, "Karim")
    assert answer["hours"]["Lone"]["assigned"] == 2.5 and answer["hours"]["Lone"]["free"] == 0
    assert answer["hours"]["Karim"]["free_minutes"] == 90
    assert (answer["method"], answer["fallback"]) == (method, None)
    assert answer["seconds"] >= 0


def test_stability_keeps_people_where_they_are(ask) -> None:
    _, out, _ = ask(MENTORS, CITIZENS, CURRENT, "--stability", "1000")
    assert json.loads(out)["moved"] == 0


def test_a_file_from_standard_input_with_a_mark_of_order(ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xef\xbb\xbf" + CITIZENS.encode())))
    code, out, _ = ask(MENTORS, None, None, "--citizens", "-")
    assert code == 0 and len(json.loads(out)["assignments"]) == 3


def test_two_processes_give_the_same_plan(tmp_path: Path) -> None:
    (tmp_path / "m.csv").write_text(MENTORS, encoding="utf-8")
    (tmp_path / "c.csv").write_text(CITIZENS, encoding="utf-8")
    code = "import sys; from mentorkorps.web.commands.match import main; sys.exit(main(sys.argv[1:]))"
    answers = []
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code, "--mentors", tmp_path / "m.csv", "--citizens", tmp_path / "c.csv"],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
        assert done.stderr == b""
        answers.append({**json.loads(done.stdout), "seconds": 0})
    assert answers[0] == answers[1]


def edited(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("file", "text", "row", "field"),
    [
        ("mentors", "", 1, "mentor"),
        ("mentors", edited(MENTORS, "max_citizens", "max"), 1, "max_citizens"),
        ("mentors", MENTORS.replace(",", ";"), 1, "mentor"),
        ("mentors", MENTORS.encode("utf-16"), 1, "mentor"),
        ("mentors", edited(MENTORS, "Karim", "Lone"), 3, "mentor"),
        ("mentors", edited(MENTORS, "Karim", " "), 3, "mentor"),
        ("mentors", edited(MENTORS, "2.25", "-2"), 3, "hours_per_week"),
        ("mentors", edited(MENTORS, "2.25", "to"), 3, "hours_per_week"),
        ("mentors", edited(MENTORS, "2.25", ""), 3, "hours_per_week"),
        ("mentors", edited(MENTORS, "2.25", "NaN"), 3, "hours_per_week"),
        ("mentors", edited(MENTORS, "2.25,4", "2.25,4.5"), 3, "max_citizens"),
        ("mentors", edited(MENTORS, "Syd", "Kirkebø").encode("latin-1"), 3, "district"),
        ("mentors", edited(MENTORS, "Karim,", 'Karim,"'), 3, "mentor"),
        ("mentors", edited(MENTORS, ",mand", ""), 3, "gender"),
        ("mentors", edited(MENTORS, ",mand", ",mand,1"), 3, "gender"),
        ("citizens", edited(CITIZENS, "A,60", "A,-60"), 2, "minutes_per_week"),
        ("citizens", edited(CITIZENS, "A,60", "A,\u0666\u0660"), 2, "minutes_per_week"),
        ("citizens", edited(CITIZENS, "must", "skal"), 3, "obligation"),
        ("citizens", edited(CITIZENS, "must", "none"), 3, "obligation"),
        ("citizens", edited(CITIZENS, "C,45", "B,45"), 4, "citizen"),
        ("citizens", edited(CITIZENS, "kvinde,Karim", "kvinde,Karim;Bo"), 3, "avoid"),
        ("current", "citizen,mentor\nA,Bo\n", 2, "mentor"),
        ("current", "citizen,mentor\nA,Lone\n\nA,Karim\n", 4, "citizen"),
        ("current", "citizen,mentor\nØ,Lone\n", 2, "citizen"),
        ("current", "citizen\nA\n", 1, "mentor"),
    ],
)
def test_bad_input_is_one_line_with_file_row_and_field(ask, file, text, row: int, field: str) -> None:
    code, out, err = ask(**{file: text})
    assert (code, out) == (2, "")
    assert err.count("\n") == 1 and err.endswith("\n")
    assert f"{file}.csv: række {row}, felt {field}: " in err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--mentors", "-", "--citizens", "-"],
        ["--mentors", "no-such-file.csv", "--citizens", "c.csv"],
        ["--mentors", "m\0.csv", "--citizens", "c.csv"],
        ["--mentors", "m.csv", "--citizens", "c.csv", "--method", "best"],
        ["--mentors", "m.csv", "--citizens", "c.csv", "--stability", "-1"],
        ["--mentors", "m.csv", "--citizens", "c.csv", "--stability", "1.5"],
    ],
)
def test_a_command_that_cannot_be_run(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1
    assert (
        "best" not in arguments or "--method: “best” kendes ikke; vælg mellem 'greedy', 'optimal'. Se" in err
    )


def test_the_command_needs_no_django() -> None:
    code = "import sys, mentorkorps.web.commands.match; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
