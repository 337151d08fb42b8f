"""How long the five questions and the slides take, on the clock and on the processor. Run it on a built demo world."""

import os
import statistics
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentorkorps.settings_demo")

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from mentorkorps.domain.questions import ANSWERS  # noqa: E402
from mentorkorps.municipality.queries import today  # noqa: E402
from mentorkorps.steering.queries.decks import composed_deck, decks  # noqa: E402
from mentorkorps.web.deck import render_pptx  # noqa: E402
from mentorkorps.web.pages.questions import QUESTIONS  # noqa: E402

TIMES = 5


def measure(name, work):
    """Prints the median of some runs in milliseconds, and the queries of the last one."""
    took, busy = [], []
    for _ in range(TIMES):
        with CaptureQueriesContext(connection) as queries:
            began, worked = time.perf_counter(), time.process_time()
            work()
            took.append(time.perf_counter() - began)
            busy.append(time.process_time() - worked)
    clock, processor = (statistics.median(each) * 1000 for each in (took, busy))
    print(f"{name:<20}{clock:8.0f} ms {processor:8.0f} ms processor {len(queries):5} queries")


def overview():
    for each in QUESTIONS.values():
        ANSWERS[each.key](each.quick(today()))


if __name__ == "__main__":
    measure("overview", overview)
    for key, question in QUESTIONS.items():
        measure(key, lambda key=key, question=question: ANSWERS[key](question.count(today(), "")))
    if deck := decks().first():
        measure("slides as PPTX", lambda: render_pptx(composed_deck(deck)))
