"""The two commands and what they rest on: exact pins, whole browser files, a server that goes away."""

import json
import re
import subprocess
import sys
from pathlib import Path

import browser_files
import environ
import postgres
import psycopg
import pytest
import suite

from mentorkorps import __version__
from mentorkorps.cli import COMMANDS, main

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("command", COMMANDS)
def test_file_commands_start_without_django(command):
    code = (
        f"import sys, mentorkorps.cli, mentorkorps.web.commands.{command}; sys.exit('django' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_help_names_the_file_commands_and_django_ones(capfd):
    main(["mentorkorps"])
    shown = capfd.readouterr().out
    for command in [*COMMANDS, "migrate"]:
        assert re.search(rf"^\s+{command}\b", shown, re.MULTILINE), command


def test_module_is_the_program_and_tells_the_products_version():
    command = [sys.executable, "-m", "mentorkorps", "--version"]
    assert subprocess.check_output(command, cwd=ROOT, text=True).strip() == __version__


def test_pins_are_exact_and_name_no_address():
    lines = (ROOT / "constraints.txt").read_text().splitlines()[1:]
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []


def test_browser_packages_are_locked_by_hash_and_name_no_address():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for name, package in packages.items():
        assert "resolved" not in package, name
        assert not name or package["integrity"].startswith("sha512-")


def test_build_hook_and_pins_bring_the_same_node():
    node = re.search(r'NODE = "(.+)"', (ROOT / "hatch_build.py").read_text())
    assert node and node[1] in (ROOT / "constraints.txt").read_text().splitlines()


def test_stylesheet_keeps_only_what_is_copied():
    css = (
        "@font-face{font-weight:400;src:url(../f/A.eot),url(../f/A.woff2) format('woff2'),url(../f/A.ttf)}"
        "@font-face{src:local('Tahoma')}.logo{background-image:url(../img/logo-header.png);width:1px}"
        ".icon{mask:url(../img/a.svg)}\n/*# sourceMappingURL=dkfds.min.css.map*/"
    )
    kept = browser_files.without_leftovers(css)
    assert kept == (
        "@font-face{font-weight:400;src:url(../f/A.woff2) format('woff2')}"
        "@font-face{src:local('Tahoma')}.logo{background-image:none;width:1px}"
        ".icon{mask:url(../img/a.svg)}\n"
    )
    assert browser_files.references(kept) == {"f/A.woff2", "img/a.svg"}


def test_fetched_files_are_whole_and_hold_no_portal_logo():
    vendor = ROOT / browser_files.VENDOR
    css = (vendor / browser_files.STYLESHEET).read_text(encoding="utf-8")
    addresses = re.findall(r"url\(([^)]+)\)", css)
    assert len([address for address in addresses if address.endswith(".woff2")]) == 8
    assert [address for address in addresses if not (vendor / "css" / address).is_file()] == []
    assert [path.name for path in vendor.rglob("*") if "logo" in path.name or path.suffix == ".map"] == []


def test_throw_away_server_works_and_leaves_nothing():
    with postgres.throw_away() as url:
        settings = environ.Env.db_url_config(url)
        folder = Path(settings["HOST"])
        assert settings["NAME"] == postgres.DATABASE
        address = {"host": settings["HOST"], "user": settings["USER"], "dbname": settings["NAME"]}
        with psycopg.connect(**address) as session:
            assert session.execute("show listen_addresses").fetchone() == ("",)
    assert not folder.exists()


def test_stop_refuses_a_server_that_is_not_its_own(tmp_path):
    kept = tmp_path / "important" / "data"
    kept.mkdir(parents=True)
    with pytest.raises(SystemExit, match="Not a throw-away server"):
        postgres.stop(f"postgres://test@/{kept.parent}/test")
    assert kept.exists()


def test_summary_counts_both_databases_and_each_failed_check(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text('<testsuites><testsuite tests="5" failures="1" errors="1" skipped="1"/></testsuites>')
    counts = suite.read_counts(report)
    outcomes = [suite.Outcome("SQLite", counts, 1.0, 1), suite.Outcome("PostgreSQL", counts, 1.0, 1)]
    assert suite.summary(["Style"], outcomes).endswith("4 passed, 5 failed, 2 skipped")
    assert suite.read_counts(tmp_path / "none.xml") == {}


def test_make_help_lists_every_target():
    targets = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    shown = subprocess.check_output(["make", "--no-print-directory", "help"], cwd=ROOT, text=True)
    assert targets and [line.split()[1] for line in shown.splitlines()] == targets[1].split()
