"""The versions that stand on a run: of the law's rows, and of the program that counted."""

import hashlib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from mentorkorps import __version__
from mentorkorps.municipality.queries import corrections_in_force

LETTERS = 12


def code_version() -> str:
    """The version of the program with a fingerprint of the domain, which holds everything that counts."""
    return f"{__version__}+{_fingerprint('.py')}"


def law_version() -> str:
    """A fingerprint of the law's rows that come along, and of the corrections in force where there are any."""
    corrections = ",".join(str(key) for key in corrections_in_force().values_list("id", flat=True))
    return f"{_fingerprint('.toml')}{f'+{_short(corrections.encode())}' if corrections else ''}"


@lru_cache(maxsize=2)
def _fingerprint(ending: str) -> str:
    """Of every file of the domain with that ending, by its name and what it holds."""
    found = sorted(_files(files("mentorkorps.domain"), "", ending))
    return _short(b"\0".join(part for name, file in found for part in (name.encode(), file.read_bytes())))


def _files(folder: Traversable, path: str, ending: str) -> Iterator[tuple[str, Traversable]]:
    for each in folder.iterdir():
        if each.is_dir():
            yield from _files(each, f"{path}{each.name}/", ending)
        elif each.name.endswith(ending):
            yield path + each.name, each


def _short(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:LETTERS]
