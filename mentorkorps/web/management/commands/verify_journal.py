"""`mentorkorps verify_journal`: walks the sealed journal and says whether it is whole."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mentorkorps.journal.models import Seal
from mentorkorps.journal.queries import verify


class Command(BaseCommand):
    help = "Check the journal's chain of seals; exit 1 naming the first entry that was altered, removed or slipped in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--head", help="a head noted earlier; it must still be in the chain")

    def handle(self, *args: Any, head: str | None, **options: Any) -> None:
        verdict = verify()
        self.stdout.write(f"Forseglet: {verdict.sealed}")
        self.stdout.write(f"Ikke forseglet endnu: {verdict.unsealed}")
        self.stdout.write(f"Kædens hoved: {verdict.head or 'ingen forsegling endnu'}")
        if verdict.fault is not None:
            raise CommandError(f"Journalen er brudt ved post {verdict.fault.entry_id}: {verdict.fault.what}.")
        if head and not Seal.objects.filter(chain=head).exists():
            raise CommandError("Journalen er brudt: det hoved, du har noteret, er ikke længere i kæden.")
        self.stdout.write("Journalen er hel.")
