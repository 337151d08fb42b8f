"""`mentorkorps worker`: the work that nobody waits for.

Seals the journal, lets courses follow grants that have begun, clears old drafts and sessions that have ended, makes
plans of the corps that somebody waits for, and publishes the half-year that is over.
"""

import signal
from datetime import timedelta
from threading import Event
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from mentorkorps.cases.actions.course import follow_grants
from mentorkorps.cases.actions.drafts import drop_old_drafts
from mentorkorps.cases.actions.intake import drop_old_intakes, take_next
from mentorkorps.followup.actions.alerts import judge_alerts
from mentorkorps.journal.actions import seal_all
from mentorkorps.ledger.actions.plans import make_asked_plans
from mentorkorps.municipality.queries import today
from mentorkorps.steering.actions.evidence import publish_evidence
from mentorkorps.web.mails import weekly_mail
from mentorkorps.web.pages.effect import PROGRESS

INTAKE_KEPT = timedelta(hours=24)  # rows of a file that somebody has read and not taken in


class Command(BaseCommand):
    help = "Seal the journal, follow grants, judge alerts, send mails, clear sessions, again and again until SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then stop")
        parser.add_argument("--every", type=int, default=60, help="seconds between rounds (default: 60)")

    def handle(self, *args: Any, once: bool, every: int, **options: Any) -> None:
        if once:
            self.round()
            return
        stop = Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        self.stdout.write(f"Arbejder hvert {every}. sekund, indtil jeg bliver stoppet.")
        while not stop.is_set():
            self.round()
            close_old_connections()
            stop.wait(every)
        self.stdout.write("Stoppet.")

    def round(self) -> None:
        """One round of work. An error ends the process, so that whatever supervises it notices and starts it again."""
        now = timezone.now()
        follow_grants(on=today())
        judge_alerts(today=today(), now=now)
        weekly_mail(today=today(), now=now)
        sealed = seal_all()
        take_next(today=today())
        drop_old_drafts(before=timezone.now() - timedelta(days=settings.DRAFT_DAYS))
        drop_old_intakes(before=timezone.now() - INTAKE_KEPT)
        call_command("clearsessions")
        make_asked_plans(today=today())
        publish_evidence(today=today(), by=None, tell=_tell)
        if sealed:
            self.stdout.write(f"Forseglet {sealed} poster i journalen.")


def _tell(done: int, of: int) -> None:
    """Lets the page say how far the publication has come."""
    cache.set(PROGRESS, (done, of), timeout=600)
