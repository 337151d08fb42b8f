"""`mentorkorps demo`: builds the synthetic world in the demo's own database, where it is not built already."""

from datetime import date, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from mentorkorps.cases.models import Citizen, Course
from mentorkorps.followup.models import Contact
from mentorkorps.municipality.models import Mentor, Municipality
from mentorkorps.web.demo.world import SCALES, NotOurs, build, check_synthetic, clear, standing_scale

DEFAULT_SCALE = "fjordby"
STALE_AFTER = timedelta(days=5)


class Command(BaseCommand):
    help = "Build the synthetic world of the demo, where it is not built already."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", choices=sorted(SCALES), help="fjordby, or koebenhavn in August 2014")
        parser.add_argument(
            "--seed", type=int, default=1, help="another number gives other people (default: 1)"
        )
        parser.add_argument(
            "--fresh", action="store_true", help="throw the standing world away and build it anew"
        )

    def handle(self, *args: Any, scale: str | None, seed: int, fresh: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Prøvedata bygges kun med demoens egne indstillinger. Kør uden DJANGO_SETTINGS_MODULE: mentorkorps demo"
            )
        _make_folder()
        try:
            check_synthetic()
            call_command("migrate", verbosity=0)
            standing = standing_scale()
            if fresh and standing:
                clear()
                call_command("migrate", verbosity=0)
            call_command("createcachetable", verbosity=0)
            if standing and not fresh:
                self._keep(standing, scale)
                return
            self._build(scale or standing or DEFAULT_SCALE, seed)
        except NotOurs as refusal:
            raise CommandError(str(refusal)) from None

    def _keep(self, standing: str, wished: str | None) -> None:
        if wished and wished != standing:
            raise CommandError(
                f"Databasen har allerede {Municipality.objects.get()}. "
                f"En anden verden: mentorkorps demo --fresh --scale {wished}"
            )
        self.stdout.write(f"{Municipality.objects.get()} er bygget allerede.")
        if _is_stale(timezone.localdate()):
            self.stdout.write("Der er gået dage, siden den blev bygget. Frisk dag: mentorkorps demo --fresh")

    def _build(self, scale: str, seed: int) -> None:
        began = monotonic()
        build(scale, seed, timezone.localdate())
        running = Course.objects.filter(ended_on__isnull=True).count()
        self.stdout.write(
            f"{Municipality.objects.get()}: {Citizen.objects.count()} borgere, {running} forløb i gang, "
            f"{Mentor.objects.count()} mentorer, {Contact.objects.count()} kontakter, "
            f"bygget på {monotonic() - began:.0f} sekunder."
        )


def _make_folder() -> None:
    """The folder of the demo's SQLite file, which a fresh clone does not have."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        Path(database["NAME"]).parent.mkdir(parents=True, exist_ok=True)


def _is_stale(today: date) -> bool:
    """Whether a world that lives on the real day was built so long ago that everyone seems forgotten."""
    if Municipality.objects.get().world_date is not None:
        return False
    latest = Contact.objects.order_by("-day").values_list("day", flat=True).first()
    return latest is not None and today - latest > STALE_AFTER
