"""What the commands share: files or standard input in, JSON out, and one Danish line where something cannot be used."""

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn, TypeVar

from mentorkorps.domain import exact_json
from mentorkorps.domain.given import BadInput

STANDARD_INPUT = "-"
INDENT = 2  # spaces
BYTE_BY_BYTE = "surrogateescape"
"""How a table is read, so that what is no UTF-8 can be named by its row and field."""

_IN_DANISH = (
    (r"the following arguments are required: (.+)", r"\1 mangler"),
    (r"unrecognized arguments: (.+)", r"\1 kendes ikke"),
    (r"argument (.+?): expected one argument", r"\1 mangler en værdi"),
    (r"argument (.+?): ignored explicit argument .*", r"\1 tager ingen værdi"),
    (r"argument (.+?): invalid choice: '(.*)' \(choose from (.+)\)", r"\1: “\2” kendes ikke; vælg mellem \3"),
    (r"argument (.+?): (.+)", r"\1: \2"),
)
"""What argparse says, and the same in Danish; the first that fits counts."""

Read = TypeVar("Read")


class Unusable(Exception):
    """What was handed in cannot be used; the message is one Danish line."""


class Parser(argparse.ArgumentParser):
    """The options of a command, as they are written and nothing shorter. Raises Unusable for those that do not fit."""

    def __init__(self, command: str, description: str) -> None:
        super().__init__(prog=f"mentorkorps {command}", description=description, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        """Replaces argparse's usage text."""
        raise Unusable(f"Kommandoen kan ikke læses: {_in_danish(message)}. Se {self.prog} --help.")


def run(answer: Callable[[argparse.Namespace], object], parser: Parser, argv: Sequence[str]) -> int:
    """Writes the answer as JSON and returns 0, or 2 after one line on standard error and nothing on standard output.

    Returns 1 where the reader went away before the end, as `head` does. An iterator is written as a list while it is
    made, so that a long one takes no more memory than a short one; what is unusable must be found before that.
    """
    try:
        answered = answer(parser.parse_args(argv))
    except Unusable as problem:
        print(_one_line(str(problem)), file=sys.stderr)
        return 2
    return _write(_list(answered) if isinstance(answered, Iterator) else [_json(answered)])


def read(file: str, parse: Callable[[str], Read], *, errors: str = "strict") -> Read:
    """What `parse` makes of a file in UTF-8, `errors` as for `bytes.decode`. Raises Unusable with the file's name."""
    with naming(file):
        return parse(_text(file, errors))


def only_one_from_standard_input(files: Sequence[str | None]) -> None:
    """Raises Unusable where two files would be read from the same standard input."""
    if files.count(STANDARD_INPUT) > 1:
        raise Unusable("Kun én fil kan komme fra standardinput (-).")


@contextmanager
def naming(file: str) -> Iterator[None]:
    """Puts the name of the file before what is wrong with it."""
    try:
        yield
    except BadInput as problem:
        raise Unusable(f"{'standardinput (-)' if file == STANDARD_INPUT else file}: {problem}") from None


def _text(file: str, errors: str) -> str:
    try:
        data = sys.stdin.buffer.read() if file == STANDARD_INPUT else Path(file).read_bytes()
        return data.decode("utf-8-sig", errors)
    except UnicodeDecodeError:
        raise BadInput("filen er ikke skrevet som UTF-8") from None
    except FileNotFoundError:
        raise BadInput("filen findes ikke") from None
    except (OSError, ValueError):
        raise BadInput("filen kan ikke læses") from None


def _write(pieces: Iterable[str]) -> int:
    try:
        sys.stdout.writelines(pieces)
        print(flush=True)
    except BrokenPipeError:
        # What is still held back has nowhere to go, and would fail once more when the process ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return 0


def _json(value: object) -> str:
    return exact_json.write(value, indent=INDENT)


def _list(items: Iterator[object]) -> Iterator[str]:
    """The same text as for a list of the items, piece by piece."""
    edge = "\n" + " " * INDENT
    before = "["
    for item in items:
        # A line break within a text is written as \n, so these are the layout's own.
        yield before + edge + _json(item).replace("\n", edge)
        before = ","
    yield "[]" if before == "[" else "\n]"


def _in_danish(message: str) -> str:
    for said, danish in _IN_DANISH:
        if found := re.fullmatch(said, message, re.DOTALL):
            return found.expand(danish)
    return message


def _one_line(message: str) -> str:
    """The message on one line, whatever the file held; what cannot be shown is written as its number."""
    words = " ".join(message.split())
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in words
    )
