"""Building without looking for garbage: nearly every row that is made stands until the end."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_search() -> Iterator[None]:
    """Python does not look for garbage meanwhile; to look through so many rows, again and again, takes a fifth."""
    searched = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searched:
            gc.enable()
