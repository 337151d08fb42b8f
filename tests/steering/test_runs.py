"""Runs: computed as the command computes, never changed, and made again with the same digits."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from mentorkorps.domain import exact_json
from mentorkorps.journal.models import Entry
from mentorkorps.municipality.models import Role
from mentorkorps.steering.actions import runs as verbs
from mentorkorps.steering.actions.full_time import set_full_time
from mentorkorps.steering.actions.runs import make_run, repeat
from mentorkorps.steering.models import Run
from mentorkorps.steering.queries.full_time import full_time_on
from mentorkorps.steering.queries.runs import figure, runs
from mentorkorps.web.commands.simulate import main
from tests.cast import TODAY, Cast
from tests.steering.inputs import CITIZENS, ECONOMY, koebenhavn


@pytest.fixture
def run(cast: Cast) -> Run:
    """Sixty minutes instead of 45 to those with a duty."""
    return make_run(
        kind="simulation",
        title="60 minutter",
        inputs=koebenhavn(ret_og_pligt=60),
        by=cast.people[Role.SECRETARY],
    )


def _toml(table: dict) -> str:
    head = "".join(f"{key} = {json.dumps(value)}\n" for key, value in table.items() if key != "row")
    rows = "".join(
        "[[row]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in row.items())
        for row in table.get("row", ())
    )
    return head + rows


def test_a_run_is_the_very_text_of_the_command(run: Run, tmp_path, capfd) -> None:
    inputs = koebenhavn(ret_og_pligt=60)
    files = {
        "population": "row,citizens\n" + "".join(f"{key},{count}\n" for key, count in CITIZENS.items()),
        "level": _toml(inputs["level"]),
        "proposal": _toml(inputs["proposal"]),
        "economy": _toml(ECONOMY),
    }
    arguments = []
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        arguments += [f"--{name}", str(tmp_path / name)]
    assert main(arguments) == 0
    stored = Run.objects.get(pk=run.pk)
    assert capfd.readouterr().out == f"{exact_json.write(stored.result, indent=2)}\n"


def test_the_figures_of_koebenhavn(run: Run) -> None:
    run = Run.objects.get(pk=run.pk)
    found = {
        "total.citizens": 4590,
        "total.hours_per_week": 5125,
        "total.hours_per_year": 266_500,
        "economy.cost": 110_064_500,
        "economy.reimbursement": 55_032_250,
        "economy.headroom": -64_500,
        "economy.ceiling.reached": False,
        "difference.total.hours_per_week": 900,
        "difference.total.hours_per_year": 46_800,
        "difference.economy.cost": 19_328_400,
        "proposal.economy.ceiling.week": 45,
        "rows.ret-og-pligt.hours_per_week": 2700,
        "difference.rows.ret-og-pligt.citizens_touched": 3600,
    }
    assert {path: figure(run, path) for path in found} == found


@pytest.mark.parametrize(
    "path", ["", "total", "total.hours", "rows.ny.citizens", "rows.7", "economy.cost.kr", "total."]
)
def test_a_path_that_leads_to_nothing_is_named(run: Run, path: str) -> None:
    if path == "total":
        assert figure(run, path)["citizens"] == 4590
        return
    with pytest.raises(KeyError, match=f"^'{path}'$"):
        figure(run, path)


def test_a_run_made_again_has_the_same_digits(run: Run) -> None:
    again = repeat(Run.objects.get(pk=run.pk))
    assert again.same
    assert again.code[0] == again.code[1]
    assert again.law[0] == again.law[1]


def test_a_run_that_comes_out_otherwise_tells_what_differs(run: Run, monkeypatch) -> None:
    def other(inputs):
        result = verbs.simulation(inputs)
        result["total"]["citizens"] += 1
        return {**result, "ny": 1}

    monkeypatch.setitem(verbs.KINDS, "simulation", other)
    monkeypatch.setattr(verbs, "code_version", lambda: "0.2.0+other")
    again = repeat(Run.objects.get(pk=run.pk))
    assert not again.same
    assert again.figures == (("total.citizens", 4590, 4591), ("ny", None, 1))
    assert again.code[1] == "0.2.0+other"


def test_the_fingerprint_knows_no_order_and_every_digit(run: Run) -> None:
    inputs = koebenhavn(ret_og_pligt=60)
    turned = dict(reversed(list(inputs.items())))
    assert verbs.input_hash(turned) == run.input_hash == verbs.input_hash(Run.objects.get().inputs)
    dearer = {**inputs, "economy": {**ECONOMY, "price_per_hour": Decimal("413.01")}}
    assert verbs.input_hash(dearer) != run.input_hash


def test_decimals_keep_their_digits_in_the_database(cast: Cast) -> None:
    inputs = koebenhavn() | {"economy": {**ECONOMY, "price_per_hour": Decimal("412.76")}}
    made = make_run(kind="simulation", title="t", inputs=inputs, by=None)
    stored = Run.objects.get(pk=made.pk)
    assert stored.inputs["economy"]["price_per_hour"] == Decimal("412.76")
    assert stored.result == made.result
    assert repeat(stored).same


@pytest.mark.parametrize("how", ["update", "delete"])
def test_the_database_refuses_to_change_a_run(run: Run, how: str) -> None:
    rows = Run.objects.filter(pk=run.pk)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        rows.update(title="En anden") if how == "update" else rows.delete()
    assert Run.objects.get(pk=run.pk).title == "60 minutter"


def test_a_run_is_journalled_and_a_double_post_makes_no_second(cast: Cast, run: Run) -> None:
    again = make_run(
        kind="simulation",
        title=" 60 minutter ",
        inputs=koebenhavn(ret_og_pligt=60),
        by=cast.people[Role.SECRETARY],
    )
    assert again.pk == run.pk
    assert Entry.objects.filter(verb="gemt beregning").count() == 1
    assert list(runs()) == [run]


@pytest.mark.parametrize(
    ("title", "changed", "said"),
    [
        ("  ", {}, "titel"),
        ("t", {"population": {"ret-og-pligt": 1}}, "aktivitetsparate-under-30"),
        ("t", {"population": {**CITIZENS, "ny": 1}}, "ny"),
        ("t", {"population": {**CITIZENS, "sygedagpenge": -1}}, "sygedagpenge"),
        ("t", {"population": None}, "population"),
        ("t", {"level": []}, "level"),
        ("t", {"economy": {**ECONOMY, "weeks_per_year": 0}}, "weeks_per_year"),
        ("t", {"economy": {"budget": 1}}, "weeks_per_year"),
        ("t", {"economy": {**ECONOMY, "direct_hours_per_full_time": 0}}, "direct_hours_per_full_time"),
    ],
)
def test_what_cannot_be_counted_on_is_named_and_nothing_is_kept(cast: Cast, title, changed, said) -> None:
    with pytest.raises(ValidationError, match=said):
        make_run(kind="simulation", title=title, inputs=koebenhavn() | changed, by=None)
    assert not Run.objects.exists()


def test_a_full_time_mentor_is_a_dated_row_with_a_source(cast: Cast) -> None:
    by = cast.people[Role.CONTROLLER]
    first = set_full_time(valid_from=date(2026, 1, 1), minutes_per_year=936 * 60, source="Budget 2026", by=by)
    later = set_full_time(valid_from=date(2026, 12, 1), minutes_per_year=900 * 60, source="Nyt skøn", by=by)
    assert full_time_on(date(2025, 12, 31)) is None
    assert full_time_on(TODAY) == first
    assert full_time_on(date(2027, 1, 1)) == later
    for wrong, field in (({"valid_from": date(2026, 1, 1)}, "valid_from"), ({"source": " "}, "source")):
        given = {"valid_from": TODAY, "minutes_per_year": 60, "source": "s"} | wrong
        with pytest.raises(ValidationError) as refused:
            set_full_time(**given, by=by)
        assert list(refused.value.message_dict) == [field]


def test_the_command_reads_what_a_run_is_written_as() -> None:
    text = exact_json.write({"tal": Decimal("412.76"), "hele": Decimal("3.00"), "ord": "Ærø"})
    assert text == '{"tal": 412.76, "hele": 3, "ord": "Ærø"}'
    assert exact_json.read(text)["tal"] == Decimal("412.76")
    with pytest.raises(TypeError):
        exact_json.write({"dag": TODAY})
