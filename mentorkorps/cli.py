"""The `mentorkorps` program: the commands that need no database, and Django's own under the same name."""

import os
import sys
from importlib import import_module

from mentorkorps import __version__

# These need neither a database nor Django, and start without loading it.
COMMANDS = {
    "law": "what the law gives on a date, with conditions and citations",
    "simulate": "what a service level costs in hours and kroner, before and after",
    "match": "which mentor for which citizen, with reasons",
    "evidence": "outcomes of courses compared, adjusted and with intervals",
    "new_keys": "a fresh set of keys for the environment",
}


def main(argv: list[str] | None = None) -> int:
    """Run the command named in `argv` (default: the process's own) and return its exit code."""
    program, *arguments = sys.argv if argv is None else argv
    match arguments:
        case [name, *rest] if name in COMMANDS:
            return import_module(f"mentorkorps.web.commands.{name}").main(rest)
        case ["help", name] if name in COMMANDS:
            return main([program, name, "--help"])
        case ["--version"]:
            print(__version__)
            return 0
        case [] | ["help"] | ["-h"] | ["--help"]:
            print(overview(), flush=True)
            arguments = ["help"]
    return manage([program, *arguments])


def overview() -> str:
    """The program's own commands, as they stand above Django's in `mentorkorps help`."""
    lines = [f"  {name:<9} {purpose}" for name, purpose in COMMANDS.items()]
    above, below = "Commands that need no database:", "Commands of the running system:"
    return "\n".join([above, *lines, "", below])


def manage(argv: list[str]) -> int:
    """Hand the command to Django, which ends the process itself when it has something to refuse.

    The demo's settings come with its command, so that its synthetic people never meet a real database. Settings
    that are missing or wrong end the process with one line that names the variable.
    """
    settings = "mentorkorps.settings_demo" if argv[1:2] == ["demo"] else "mentorkorps.settings"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings)
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(argv)
    except ImproperlyConfigured as problem:
        sys.exit(str(problem))
    return 0
