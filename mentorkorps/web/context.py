"""What the frame around every page needs."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from mentorkorps.municipality.models import Role
from mentorkorps.municipality.queries import the_municipality, today
from mentorkorps.web.access import May, allowed
from mentorkorps.web.account_urls import mail_is_set


@dataclass(frozen=True)
class Section:
    """One point of the main menu. With more than one page, each is a tab: address name, label and what it takes."""

    label: str
    pages: tuple[tuple[str, str, May], ...]


# A person sees the sections in which something opens, and lands on the first.
SECTIONS = (
    Section("Min dag", (("my_day", "Min dag", May.VISITATE),)),
    Section("Min måned", (("my_month", "Min måned", May.COMPANY_MONTH),)),
    Section("Min uge", (("my_week", "Min uge", May.LOG_CONTACT),)),
    Section(
        "Ugetavle",
        (
            ("week_board", "Ugetavle", May.SEE_BOARD),
            ("alerts", "Advarsler", May.SEE_BOARD),
            ("week_strips", "Uger samlet", May.SEE_BOARD),
        ),
    ),
    Section("Til godkendelse", (("approvals", "Til godkendelse", May.APPROVE),)),
    Section(
        "Borgere",
        (
            ("citizens", "Borgere", May.SEE_CITIZENS),
            ("waiting", "Venteliste", May.SEE_CITIZENS),
            ("passive_list", "Uden tilbud", May.SEE_CITIZENS),
            ("citizen_answers", "Borgernes svar", May.ASSIGN),
            ("follow_ups", "Opfølgninger", May.ASSIGN),
        ),
    ),
    Section(
        "Korps",
        (
            ("corps", "Korps", May.SEE_CORPS),
            ("capacity_ahead", "Kapacitet forude", May.SEE_CORPS),
            ("absences", "Fravær", May.SEE_CORPS),
            ("plans", "Planer", May.PLAN),
            ("suppliers", "Leverandører", May.SEE_CORPS),
            ("closing_days", "Lukkedage", May.EDIT_CLOSING_DAYS),
            ("intakes", "Indlæsning", May.IMPORT),
        ),
    ),
    Section(
        "Økonomi",
        (
            ("hours", "Timer", May.SEE_HOURS),
            ("budget", "Budget", May.SEE_MONEY),
            ("months", "Måneder", May.SEE_MONEY),
            ("company_months", "Frikøb", May.SEE_MONEY),
            ("invoices", "Fakturaer", May.SEE_MONEY),
            ("payments", "Betaling", May.SEE_MONEY),
            ("prices", "Priser", May.SEE_MONEY),
            ("suppliers", "Leverandører", May.EDIT_MONEY),
        ),
    ),
    Section(
        "Tilsyn",
        (
            ("controls", "Leverancekontrol", May.SEE_CONTROL),
            ("control_calls", "Spørg borgerne", May.ASK_CONTROL),
            ("control_points", "De 12 punkter", May.SEE_CONTROL),
            ("quality", "Datakvalitet", May.SEE_CONTROL),
            ("equal_treatment", "Lige vilkår", May.SEE_CONTROL),
        ),
    ),
    Section("Spørgsmål", (("control_questions", "Spørgsmål", May.ANSWER_CONTROL),)),
    Section("Fakturaer", (("invoice_questions", "Fakturaer", May.ANSWER_INVOICES),)),
    Section("Journal", (("journal", "Journal", May.SEE_JOURNAL),)),
    Section("Brugere", (("people", "Brugere", May.EDIT_PEOPLE),)),
    Section("Lov", (("law", "Lov", May.SEE_LAW),)),
    Section(
        "Styring",
        (
            ("questions", "De fem spørgsmål", May.SEE_STEERING),
            ("service_levels", "Serviceniveau", May.SEE_LEVEL),
            ("progress_questions", "Spørgsmål om fremgang", May.SEE_PROGRESS_QUESTIONS),
            ("what_if", "Hvad nu hvis", May.SEE_STEERING),
            ("runs", "Beregninger", May.SEE_STEERING),
            ("proposals", "Forslag", May.SEE_STEERING),
            ("papers", "Sager", May.SEE_STEERING),
            ("effect", "Effekt", May.SEE_STEERING),
            ("decks", "Oplæg", May.SEE_STEERING),
            ("public_figures", "Offentlige tal", May.SEE_STEERING),
        ),
    ),
)
# A coordinator can log a contact for a mentor, but has no week of citizens of their own.
NOT_IN_MENU = {
    (Role.COORDINATOR, "my_week"),
    (Role.PROVIDER, "my_week"),
    (Role.ADMINISTRATOR, "closing_days"),
}
LOGS_ON_PHONE = (Role.MENTOR, Role.COMPANY_MENTOR)


def tabs_of(user: Any, section: Section) -> list[tuple[str, str]]:
    """(address name, label) of the pages of a section that open for a person, in order."""
    return [
        (name, label)
        for name, label, may in section.pages
        if allowed(user, may) and (user.role, name) not in NOT_IN_MENU
    ]


def menu_of(user: Any) -> list[tuple[str, str, tuple[str, ...]]]:
    """Each section that a person has: address name of the first page that opens, label, and all its address names."""
    opened = ((section, tabs_of(user, section)) for section in SECTIONS)
    return [
        (tabs[0][0], section.label if len(section.pages) > 1 else tabs[0][1], tuple(name for name, _ in tabs))
        for section, tabs in opened
        if tabs
    ]


def section_of(user: Any, page: str | None) -> Section | None:
    """The section in which a person has a page."""
    return next((each for each in SECTIONS if any(name == page for name, _ in tabs_of(user, each))), None)


def house(request: HttpRequest) -> dict[str, Any]:
    """The municipality, the day it lives on, the reader's menu, whether this is the demo, and whether mail can be sent.

    `logs_on_phone` says that the reader's contacts are kept on the device until they are sent.
    The menu is empty until the second factor is given: nothing opens before it. `tabs` are the pages of the section
    that the page stands in, where there is more than one.
    """
    user = getattr(request, "user", None)
    inside = user is not None and user.is_authenticated and request.session.get("second_factor")
    match = getattr(request, "resolver_match", None)
    here = section_of(user, match.url_name) if inside and match else None
    tabs = tabs_of(user, here) if here else []
    return {
        "municipality": the_municipality(),
        "today": today(),
        "demo": settings.DEMO,
        "mail": mail_is_set(),
        "menu": menu_of(user) if inside else [],
        "logs_on_phone": bool(inside) and user.role in LOGS_ON_PHONE,
        "tabs": tabs if len(tabs) > 1 else [],
    }
