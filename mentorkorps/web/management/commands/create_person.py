"""`mentorkorps create_person`: someone who may sign in, and the one-time address at which they choose a password."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from mentorkorps.municipality.actions import create_person
from mentorkorps.municipality.models import Provider, Role, Unit, User
from mentorkorps.web.signin import password_path

SECONDS_A_DAY = 24 * 60 * 60


class Command(BaseCommand):
    help = "Create a person who may sign in and print, once, the address at which they choose a password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", required=True)
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--unit", help="the name of the unit, for those who work in one")
        parser.add_argument("--provider", help="the name of the supplier, for its people")
        parser.add_argument("--phone", default="")

    def handle(self, *args: Any, unit: str | None, provider: str | None, **options: Any) -> None:
        try:
            person = create_person(
                email=options["email"], name=options["name"], role=options["role"], phone=options["phone"], by=None,
                unit=_named(Unit, unit), provider=_named(Provider, provider),
            )  # fmt: skip
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from None
        self.stdout.write(invitation(person))


def invitation(person: User) -> str:
    """What to hand over to a new person. Whoever has the address can become the person: it is shown here alone."""
    scheme, host = ("https" if settings.BEHIND_TLS else "http"), settings.ALLOWED_HOSTS[0]
    days = settings.PASSWORD_RESET_TIMEOUT // SECONDS_A_DAY
    return (
        f"{person.name} kan nu logge ind som {person.get_role_display()}. Adressen herunder virker én gang, inden for "
        f"{days} dage. Der vælges en adgangskode og bagefter et andet trin.\n{scheme}://{host}{password_path(person)}"
    )


def _named(model: type[Unit] | type[Provider], name: str | None) -> Any:
    if name is None:
        return None
    found = model._default_manager.filter(name=name).first()
    if found is None:
        raise CommandError(f"Der er ingen {model._meta.verbose_name} med navnet {name}.")
    return found
