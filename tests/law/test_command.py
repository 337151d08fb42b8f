"""`mentorkorps law`: JSON in, JSON out, and one line that names file, record and field when it cannot be read."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from mentorkorps.domain import law
from mentorkorps.web.commands.law import main

CITIZEN = {"id": "a", "target_group": "kontanthjaelp_aktivitetsparat", "can_take_part_in_offers": False,
           "first_right_and_duty_offer": True, "wants_mentor": True, "discharge_date": "2015-04-01"}  # fmt: skip


@pytest.fixture
def run(tmp_path, capsys):
    """Runs the command on a file holding `given` and returns (exit code, standard output, standard error)."""

    def on_file(given, on="2015-03-02"):
        file = tmp_path / "facts.json"
        file.write_text(given if isinstance(given, str) else json.dumps(given), "utf-8")
        code = main(["--on", on, str(file)])
        return code, *capsys.readouterr()

    return on_file


def test_one_citizen(run):
    code, out, err = run(CITIZEN)
    assert (code, err) == (0, "")
    (answer,) = json.loads(out)
    assert answer["id"] == "a"
    assert (answer["on"], answer["regime"], answer["obligation"]) == ("2015-03-02", "R1", "must")
    assert answer["open_questions"] == [
        {"fact": "psychiatric_admission", "could_give": "right", "rule": "R1-02"},
    ]
    assert {"percent": 50, "ceiling": "own frame, § 121 a", "certainty": "found"}.items() <= answer[
        "reimbursement"
    ].items()
    first = answer["findings"][0]
    wanted = {
        "rule": "R1-05",
        "function": "right_and_duty_mentor",
        "obligation": "must",
        "citation": "LAB § 93",
        "valid_from": "2014-01-01",
        "valid_to": "2019-12-31",
        "certainty": "found",
        "met": True,
        "duration": {"at_least": None, "at_most": {"months": 6}, "renewable": True},
        "other_readings": [{"duration": {"at_most": {"weeks": 26}}, "source": "København 2014"}],
        "contact": {"every": "week", "at_least": 1},
        "demands": ["written_agreement"],
    }
    assert wanted.items() <= first.items()
    assert first["conditions"][0] == {
        "text": "modtager kontanthjælp som aktivitetsparat",
        "fact": "target_group",
        "met": True,
    }


def test_a_list_keeps_its_order_and_ids(run):
    code, out, _ = run([{"id": "b"}, CITIZEN, {}], on="2026-11-22")
    assert code == 0
    assert [answer["id"] for answer in json.loads(out)] == ["b", "a", None]


def test_an_empty_list(run):
    assert run([])[:2] == (0, "[]\n")


def test_a_list_is_laid_out_as_any_other_answer(run):
    _, out, _ = run([{"id": "a"}, {"id": "to\nlinjer\u2028"}])
    assert out == json.dumps(json.loads(out), ensure_ascii=False, indent=2) + "\n"


def test_a_long_list_is_written_while_it_is_answered(run, monkeypatch, capsys):
    written = []

    def answering(facts, on):
        written.append(capsys.readouterr().out)
        return law.visitate(facts, on)

    monkeypatch.setattr("mentorkorps.web.commands.law.visitate", answering)
    run([{"id": "a"}, {"id": "b"}, {"id": "c"}])
    assert written[0] == ""
    assert ['"id": "a"' in written[1], '"id": "b"' in written[2]] == [True, True]


def test_null_is_unknown_and_not_false(run):
    _, out, _ = run({"target_group": "uddannelseshjaelp_aktivitetsparat", "can_take_part_in_offers": None})
    _, absent, _ = run({"target_group": "uddannelseshjaelp_aktivitetsparat"})
    assert out == absent
    open_facts = {question["fact"] for question in json.loads(out)[0]["open_questions"]}
    assert "can_take_part_in_offers" in open_facts


def test_a_byte_order_mark_is_no_matter(run):
    assert run("\ufeff[]")[0] == 0


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ([CITIZEN, {"id": "b", "wants_mentor": "true"}], "række 2 (b), felt wants_mentor: “true” er hverken"),
        ([{"wants_mentor": 1}], "række 1, felt wants_mentor"),
        ([{"id": "x", "target_group": "dagpange"}], "række 1 (x), felt target_group: “dagpange” kendes ikke"),
        ([{"target_group": "Sygedagpeng"}], "“Sygedagpeng” kendes ikke (mente du sygedagpenge?); brug en af"),
        ([{"target_group": 7}], "felt target_group: “7” kendes ikke; brug en af dagpenge"),
        ([{"target_grup": "dagpenge"}], "felt target_grup: feltet kendes ikke (mente du target_group?)"),
        ([{"id": "x" * 5000, "wish": True}], f"række 1 ({'x' * 40}), felt wish"),
        ([{"target_group": ["dagpenge"]}], "felt target_group"),
        ([{"mentor_placed_in": "home"}], "felt mentor_placed_in"),
        ([{"birth_date": "2023-02-29"}], "felt birth_date: datoen 2023-02-29 findes ikke"),
        ([{"birth_date": "29-01-2023"}], "felt birth_date: “29-01-2023” er ikke en dato"),
        ([{"birth_date": "20230129"}], "felt birth_date"),
        ([{"birth_date": 19900101}], "felt birth_date"),
        ([{"discharge_date": "0001-01-01"}], "felt discharge_date: datoen 0001-01-01 ligger ikke i årene"),
        ([{"discharge_date": "9999-12-31"}], "felt discharge_date"),
        ([{"wish": True}], "felt wish: feltet kendes ikke"),
        ([{"line\nbreak": True}], "felt line break: feltet kendes ikke"),
        ([{"id": 7}], "felt id: skal være en tekst"),
        ('[{"\\ud800": 1}]', "felt \\ud800: feltet kendes ikke"),
        ('[{"id": "\\ud800"}]', "felt id: skal være en tekst"),
        ('{"wants_mentor": true, "wants_mentor": false}', "felt wants_mentor: er skrevet to gange"),
        ([CITIZEN, "b"], "række 2: skal være et objekt"),
        ("7", "række 1: skal være et objekt"),
        ("[[]]", "række 1: skal være et objekt"),
        ("", "kan ikke læses som JSON"),
        ('{"id": "a"', "kan ikke læses som JSON (linje 1, tegn 11)"),
        ("[" * 100_000, "kan ikke læses som JSON"),
        ("[" + "9" * 5000 + "]", "kan ikke læses som JSON"),
    ],
)
def test_what_cannot_be_read(run, given, says):
    code, out, err = run(given)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert "facts.json" in err
    assert says in err


@pytest.mark.parametrize("on", ["2015-02-29", "2002-12-31", "1850-01-01", "i dag", "20150302", ""])
def test_a_day_that_cannot_be_asked_about(run, on):
    code, out, err = run(CITIZEN, on=on)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "--on" in err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--on", "2015-03-02", "nowhere.json"], "nowhere.json: filen findes ikke"),
        (["--on", "2015-03-02", "."], ".: filen kan ikke læses"),
        (["--on", "2015-03-02", "a\0b"], "filen kan ikke læses"),
        (["nowhere.json"], "--on"),
        (["--on", "2015-03-02"], "FIL"),
    ],
)
def test_what_cannot_be_opened(arguments, says, capsys):
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert says in err


def test_a_file_that_is_not_utf_8(tmp_path, capsys):
    file = tmp_path / "latin.json"
    file.write_bytes('{"id": "å"}'.encode("latin-1"))
    assert main(["--on", "2015-03-02", str(file)]) == 2
    assert "UTF-8" in capsys.readouterr().err


def test_standard_input(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'[{"id": "a"}, {"x": 1}]')))
    assert main(["--on", "2015-03-02", "-"]) == 2
    assert capsys.readouterr().err == "standardinput (-): række 2, felt x: feltet kendes ikke\n"


def test_the_program_answers_without_django():
    script = (
        "import sys; from mentorkorps.cli import main; code = main(sys.argv);"
        "assert 'django' not in sys.modules; sys.exit(code)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, "law", "--on", "2026-11-22", "-"],
        input=json.dumps({"id": "å"}).encode(),
        capture_output=True,
        cwd=Path(__file__).parents[2],
        check=True,
    )
    assert json.loads(ran.stdout)[0]["id"] == "å"


def test_a_reader_that_has_seen_enough(tmp_path):
    file = tmp_path / "facts.json"
    file.write_text(json.dumps([CITIZEN] * 50), "utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "mentorkorps", "law", "--on", "2026-11-22", str(file)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as program:
        assert program.stdout.readline() == b"[\n"
        program.stdout.close()
        assert program.stderr.read() == b""
    assert program.returncode == 1
