"""Citizens, referrals and mentors in the columns that files are read by, so that what is taken out can be put in."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from mentorkorps.cases import cpr
from mentorkorps.cases.models import BARRIERS, Citizen, Referral
from mentorkorps.domain import law
from mentorkorps.domain.intake import KINDS
from mentorkorps.domain.law import MissingRule
from mentorkorps.municipality.languages import language_name
from mentorkorps.municipality.models import GENDERS, Mentor, MentorHours
from mentorkorps.municipality.periods import holding

CHUNK = 2_000  # rows in memory at a time

Row = tuple[Any, ...]


def citizens_out(citizens: QuerySet[Citizen], *, with_cpr: bool) -> Iterator[Row]:
    """Each citizen as a row of the kind “borgere”. Without CPR numbers that column is empty.

    A protected address is never taken out; an empty cell that is put in again changes nothing.
    """
    rows = citizens.select_related("caseworker", "unit").order_by("case_number")
    for each in rows.iterator(chunk_size=CHUNK):
        yield _in_order("borgere", _who(each, with_cpr) | {
            "first_name": each.first_name, "last_name": each.last_name, "gender": GENDERS.get(each.gender, ""),
            "address": "" if each.protected else each.address, "phone": each.phone,
            "protected": _flag(each.protected), "digital_post_exempt": _flag(each.digital_post_exempt),
            "language": language_name(each.language), "district": each.district,
            "caseworker": each.caseworker.email if each.caseworker else "", "unit": each.unit.name,
        })  # fmt: skip


def referrals_out(referrals: QuerySet[Referral], *, with_cpr: bool) -> Iterator[Row]:
    """Each referral as a row of the kind “henvisninger”."""
    rows = referrals.select_related("citizen").order_by("received_on", "citizen__case_number", "id")
    for each in rows.iterator(chunk_size=CHUNK):
        yield _in_order("henvisninger", _who(each.citizen, with_cpr) | {
            "received_on": each.received_on, "purpose": each.purpose, "goals": each.goals,
            "target_group": _target_group(each), "target_group_from": each.target_group_from,
            "target_group_source": each.target_group_source, "benefit": each.benefit,
            "barriers": ", ".join(BARRIERS.get(code, code) for code in each.barriers),
            "professionals": each.professionals, "safety_notes": each.safety_notes, "wishes": each.wishes,
            "mentor_gender": GENDERS.get(each.mentor_gender, ""), "mentor_age": each.get_mentor_age_display(),
        })  # fmt: skip


def mentors_out(today: date) -> Iterator[Row]:
    """Each mentor as a row of the kind “mentorer”, with the hours of a day."""
    hours = dict(
        MentorHours.objects.filter(holding(today, "valid_from", "valid_to")).values_list(
            "mentor_id", "minutes_per_week"
        )
    )
    for each in Mentor.objects.select_related("unit", "provider", "user").order_by("name", "id"):
        minutes = hours.get(each.pk)
        yield _in_order("mentorer", {
            "name": each.name, "email": each.email or (each.user.email if each.user else ""), "phone": each.phone,
            "kind": each.get_kind_display(), "unit": each.unit.name if each.unit else "",
            "provider": each.provider.name if each.provider else "", "gender": GENDERS.get(each.gender, ""),
            "birth_year": each.birth_year,
            "languages": ", ".join(language_name(code) for code in each.languages),
            "districts": ", ".join(each.districts), "skills": ", ".join(each.skills),
            "max_citizens": each.max_citizens, "active_from": each.active_from, "active_to": each.active_to,
            "minutes_per_week": None if minutes is None else round(Decimal(minutes) / 60, 2),
        })  # fmt: skip


def _who(citizen: Citizen, with_cpr: bool) -> dict[str, Any]:
    number = cpr.decrypt(citizen.cpr_encrypted) if with_cpr and citizen.cpr_encrypted else ""
    return {
        "cpr": f"{number[:6]}-{number[6:]}" if number else "",
        "case_number": citizen.case_number,
        "external_case_number": citizen.external_case_number,
    }


def _target_group(referral: Referral) -> str:
    try:
        return law.target_groups(referral.received_on).get(referral.target_group, referral.target_group)
    except MissingRule:
        return referral.target_group


def _flag(value: bool) -> str:
    return "ja" if value else "nej"


def _in_order(kind: str, values: dict[str, Any]) -> Row:
    return tuple(values[column.key] for column in KINDS[kind].columns)
