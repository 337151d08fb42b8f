"""`mentorkorps simulate` from files to JSON, and one line on standard error for whatever cannot be used."""

import io
import json
import subprocess
import sys

import pytest

from mentorkorps.web.commands.simulate import main

LEVEL = """name = "Fjordby"

[[row]]
key = "pligt"
label = "Ret og pligt"
obligation = "must"
minutes_per_week = 45
weeks = 26

[[row]]
key = "kan"
label = "Øvrige"
obligation = "may"
minutes_per_week = 100
weeks = 13
"""
PROPOSAL = LEVEL.replace("Fjordby", "Forslag").replace("= 100", "= 60")
POPULATION = "row,citizens\npligt,40\nkan,10\n"
ECONOMY = """budget = 1_000_000
price_per_hour = 400.50
weeks_per_year = 50
reimbursement_percent = 50
reimbursement_ceiling = 500_000
ceiling_on = "spending"
"""
FILES = {"pop.csv": POPULATION, "level.toml": LEVEL, "proposal.toml": PROPOSAL, "economy.toml": ECONOMY}
OPTIONS = {
    "pop.csv": "--population",
    "level.toml": "--level",
    "proposal.toml": "--proposal",
    "economy.toml": "--economy",
}


@pytest.fixture
def run(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)

    def run(*names, **changed):
        """Runs on the named files; `changed` gives other contents (pop=, level=, proposal=, economy=)."""
        arguments = []
        for name in names:
            content = changed.get(name.split(".")[0], FILES[name])
            data = content if isinstance(content, bytes) else content.encode()
            (tmp_path / name).write_bytes(data)
            arguments += [OPTIONS[name], name]
        code = main(arguments)
        captured = capfd.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def answer(run):
    def answer(*names, **changed):
        code, out, err = run(*names, **changed)
        assert (code, err) == (0, "")
        return json.loads(out)

    return answer


def test_rows_and_total_without_an_economy(answer):
    found = answer("pop.csv", "level.toml")
    assert found["rows"][1] == {
        "key": "kan",
        "label": "Øvrige",
        "obligation": "may",
        "citizens": 10,
        "minutes_per_week": 100,
        "weeks": 13,
        "hours_per_course": 21.6667,
        "hours_per_week": 16.6667,
        "hours_per_year": 866.6667,
    }
    assert found["total"] == {
        "citizens": 50,
        "hours_per_week": 46.6667,
        "hours_per_year": 2426.6667,
        "by_obligation": {
            "must": {"citizens": 40, "hours_per_week": 30, "hours_per_year": 1560},
            "right": {"citizens": 0, "hours_per_week": 0, "hours_per_year": 0},
            "may": {"citizens": 10, "hours_per_week": 16.6667, "hours_per_year": 866.6667},
        },
    }
    assert (found["name"], found["economy"]) == ("Fjordby", None)
    assert (found["weeks_per_year"], found["weeks_per_year_from"]) == (52, "calendar")
    assert "proposal" not in found


def test_the_economy_is_kroner_with_two_decimals_at_most(answer):
    found = answer("pop.csv", "level.toml", "economy.toml")
    # 2,800 minutes a week in 50 weeks are 2,333 1/3 hours at 400.50 kr.: 934,500 kr.; 500,000 of it count.
    assert found["economy"] == {
        "cost": 934_500,
        "reimbursement": 250_000,
        "reimbursement_is": "exact",
        "net": 684_500,
        "within_budget": True,
        "headroom": 65_500,
        "cost_per_hour_at_budget": 428.57,
        "net_price_of_next_hour": 400.5,
        "ceiling": {"amount": 500_000, "on": "spending", "reached": True, "week": 27},
    }
    assert found["weeks_per_year"] == 50


def test_a_missing_ceiling_is_reported_as_missing(answer):
    without = ECONOMY.replace("reimbursement_ceiling = 500_000\n", "")
    found = answer("pop.csv", "level.toml", "economy.toml", economy=without)["economy"]
    assert found["ceiling"] == {"amount": "missing", "on": None, "reached": None, "week": None}
    assert (found["reimbursement"], found["reimbursement_is"]) == (467_250, "at_most")


def test_a_proposal_gives_the_same_for_both_and_the_difference(answer):
    found = answer("pop.csv", "level.toml", "proposal.toml", "economy.toml")
    alone = answer("pop.csv", "level.toml", "economy.toml", level=PROPOSAL)
    assert found["proposal"] == {key: alone[key] for key in ("name", "rows", "total", "economy")}
    difference = found["difference"]
    assert difference["rows"] == [
        {
            "key": "pligt",
            "citizens": 0,
            "citizens_touched": 0,
            "minutes_per_week": 0,
            "hours_per_week": 0,
            "hours_per_year": 0,
        },
        {
            "key": "kan",
            "citizens": 0,
            "citizens_touched": 10,
            "minutes_per_week": -40,
            "hours_per_week": -6.6667,
            "hours_per_year": -333.3333,
        },
    ]
    assert difference["total"]["hours_per_year"] == -333.3333
    assert difference["total"]["by_obligation"]["may"]["citizens_touched"] == 10
    assert difference["economy"] == {
        "cost": -133_500,
        "reimbursement": 0,
        "net": -133_500,
        "headroom": 133_500,
    }
    assert answer("pop.csv", "level.toml", "proposal.toml")["difference"]["economy"] is None


def test_standard_input_a_bom_and_spaces_are_read(run, answer, monkeypatch, capfd):
    spaced = answer("pop.csv", "level.toml", pop="\ufeffrow , citizens\r\n pligt , 40\r\n\r\nkan,10\r\n")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(POPULATION.encode())))
    assert main(["--population", "-", "--level", "level.toml"]) == 0
    assert json.loads(capfd.readouterr().out) == spaced
    assert main(["--population", "-", "--level", "-"]) == 2
    assert capfd.readouterr().err.count("\n") == 1


def test_columns_may_come_in_any_order_and_others_are_let_through(answer):
    shuffled = "note,citizens,row\n,10,kan\nx,40,pligt\n"
    assert answer("pop.csv", "level.toml", pop=shuffled) == answer("pop.csv", "level.toml")


@pytest.mark.parametrize(
    ("population", "words"),
    [
        ("", ["række 1", "felt row"]),
        ("row;citizens\npligt;40\n", ["række 1", "felt row"]),
        ("row,borgere\npligt,40\n", ["række 1", "felt citizens"]),
        ("row,row,citizens\n", ["række 1", "felt row"]),
        ("row,citizens\n", ["række pligt", "felt citizens"]),
        ("row,citizens\npligt,40\n", ["række kan", "felt citizens"]),
        (POPULATION + "ny,3\n", ["række ny", "felt row"]),
        (POPULATION + "kan,3\n", ["række 4 (kan)", "felt row"]),
        (POPULATION.replace("10", "-10"), ["række 3 (kan)", "felt citizens"]),
        (POPULATION.replace("10", "10.5"), ["række 3 (kan)", "felt citizens"]),
        (POPULATION.replace("10", "1e3"), ["række 3 (kan)", "felt citizens"]),
        (POPULATION.replace("10", "٣"), ["række 3 (kan)", "felt citizens"]),
        (POPULATION.replace("10", "9" * 5000), ["række 3 (kan)", "felt citizens"]),
        (POPULATION.replace("10", ""), ["række 3 (kan)", "felt citizens"]),
        (POPULATION.replace("kan,10", ",10"), ["række 3", "felt row"]),
        (POPULATION.replace("kan,10", "kan"), ["række 3", "felt citizens"]),
        (POPULATION.replace("kan,10", "kan,10,7"), ["række 3", "felt citizens"]),
        (POPULATION.replace("kan,10", 'kan,"10'), ["række"]),
        (b"row,citizens\npligt,40\n\xf8,1\n", ["række 3", "felt row", "UTF-8"]),
        (POPULATION + "\x1b[31m\0,3\n", ["række \\x1b[31m\\x00, felt row"]),
    ],
)
def test_an_unusable_population_is_named_in_one_line(run, population, words):
    code, out, err = run("pop.csv", "level.toml", pop=population)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("pop.csv: ")
    assert [word for word in words if word not in err] == []


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("level.toml", "minutes_per_week = 100\n", "", ["række kan", "felt minutes_per_week"]),
        ("level.toml", "weeks = 13\n", "", ["række kan", "felt weeks"]),
        ("level.toml", "= 100", "= -100", ["række 2 (kan)", "felt minutes_per_week"]),
        ("level.toml", 'name = "Fjordby"', "name =", ["TOML", "line 1"]),
        ("level.toml", 'key = "kan"', 'key = "kan\\nkan"', ["felt"]),
        ("proposal.toml", 'key = "kan"', 'key = "ny"', ["række ny", "felt key"]),
        (
            "proposal.toml",
            LEVEL[LEVEL.index('[[row]]\nkey = "kan"') :].replace("100", "60"),
            "",
            ["række kan"],
        ),
        ("proposal.toml", "= 60", "= 60.0", ["række 2 (kan)", "felt minutes_per_week"]),
        ("economy.toml", "400.50", "-1", ["felt price_per_hour"]),
        ("economy.toml", "budget = 1_000_000\n", "", ["felt budget"]),
        ("economy.toml", '"spending"', '"loft"', ["felt ceiling_on"]),
    ],
)
def test_an_unusable_file_is_named_in_one_line(run, file, old, new, words):
    assert old in FILES[file]
    changed = {file.split(".")[0]: FILES[file].replace(old, new)}
    code, out, err = run(*FILES, **changed)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert [word for word in words if word not in err] == []
    if "kan\\nkan" not in new:  # a key that no citizen row can have is found missing from the population
        assert err.startswith(f"{file}: ")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "--population, --level mangler. Se"),
        (["--population", "pop.csv"], "--level mangler. Se"),
        (["--population", "findes-ikke.csv", "--level", "findes-ikke.toml"], "findes-ikke.csv"),
        (["--population", ".", "--level", "level.toml"], "filen kan ikke læses"),
        (["--pop", "pop.csv", "--level", "level.toml"], "--population mangler. Se"),
        (["--population", "--level", "level.toml"], "--population mangler en værdi. Se"),
        (
            ["--population", "pop.csv", "--level", "level.toml", "--farve", "rød"],
            "--farve rød kendes ikke. Se",
        ),
        (["--help=kort"], "-h/--help tager ingen værdi. Se"),
    ],
)
def test_an_unusable_command_line_is_one_line_too(run, capfd, arguments, says):
    run("pop.csv", "level.toml")
    assert main(arguments) == 2
    captured = capfd.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)
    assert says in captured.err


def test_the_command_brings_in_no_django():
    code = "import sys, mentorkorps.web.commands.simulate; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
