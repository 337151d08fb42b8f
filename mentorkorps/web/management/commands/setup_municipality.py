"""`mentorkorps setup_municipality`: the first start: the municipality, what comes along, the first administrator."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from mentorkorps.domain.service_level import shipped_levels
from mentorkorps.municipality.actions import create_person, found_municipality, load_catalogue, load_level
from mentorkorps.municipality.models import Role
from mentorkorps.web.management.commands.create_person import invitation


class Command(BaseCommand):
    help = "Create the municipality, the task catalogue and the first administrator, once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", required=True, help="fx Slagelse Kommune")
        parser.add_argument("--code", required=True, help="the municipality code, three digits")
        parser.add_argument("--address", required=True, help="street and postal town, as letters show them")
        parser.add_argument("--phone", required=True)
        parser.add_argument("--prefix", required=True, help="two to four letters before case numbers, fx SL")
        parser.add_argument("--admin-name", required=True)
        parser.add_argument("--admin-email", required=True)

    def handle(self, *args: Any, **given: Any) -> None:
        try:
            with transaction.atomic():
                municipality = found_municipality(
                    name=given["name"], code=given["code"], address=given["address"], phone=given["phone"],
                    case_prefix=given["prefix"],
                )  # fmt: skip
                load_catalogue()
                for level in shipped_levels():
                    load_level(level, by=None)
                administrator = create_person(
                    email=given["admin_email"], name=given["admin_name"], role=Role.ADMINISTRATOR, by=None
                )
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from None
        self.stdout.write(
            f"{municipality} er oprettet. Serviceniveauerne, der følger med, er til sammenligning; ingen er i kraft."
        )
        self.stdout.write(invitation(administrator))
