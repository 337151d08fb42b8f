"""The company mentor's month: logged hours for each citizen, signed, and approved by whoever sees to the money."""

import uuid
from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from mentorkorps.domain.dates import add_months, month_end
from mentorkorps.domain.refusal import Refusal
from mentorkorps.ledger.actions.company_month import approve_company_month, sign_month
from mentorkorps.ledger.models import CompanyMonth
from mentorkorps.ledger.queries.company_month import (
    company_month,
    mentors_months,
    months_signed_in,
    signed_months,
    unsigned_mentors,
)
from mentorkorps.municipality.models import Mentor
from mentorkorps.municipality.queries import today
from mentorkorps.web import access
from mentorkorps.web.access import May, SignedIn, allowed, door
from mentorkorps.web.pages.months import WRITTEN

BACK = 11  # months that a company mentor can look back and sign


@door(May.COMPANY_MONTH)
def my_month(request: SignedIn) -> HttpResponse:
    """The hours of a month by citizen, what is missing, and the signature. No word of health."""
    mentor = Mentor.objects.filter(user=request.user).select_related("provider").first()
    if mentor is None:
        return render(request, "month/no_mentor.html")
    month = _asked_month(request.GET.get("maaned", ""))
    now = company_month(mentor, month)
    access.listed(request, "min måned", [line.course for line in now.lines], month=month.isoformat())
    own = set(access.courses_of(request.user).values_list("id", flat=True))
    context = {
        "now": now,
        "lines": [(line, line.course.id in own) for line in now.lines],
        "is_over": month_end(month) < today(),
        "earlier": add_months(month, -1) if month > _earliest() else None,
        "later": add_months(month, 1) if add_months(month, 1) <= today() else None,
        "signed_before": mentors_months(mentor),
        "log_day": min(month_end(month), today()),
    }
    return render(request, "month/my_month.html", context)


def _earliest() -> date:
    return add_months(today().replace(day=1), -BACK)


def _asked_month(text: str) -> date:
    """The month in the address, by its first day; else the one that most needs a signature."""
    found = WRITTEN.fullmatch(text)
    this = today().replace(day=1)
    asked = date(int(found[1]), int(found[2]), 1) if found else None
    return asked if asked and _earliest() <= asked <= this else this


@door(May.COMPANY_MONTH)
@require_POST
def sign(request: SignedIn) -> HttpResponse:
    """Signs the month as it is logged."""
    month = _asked_month(request.POST.get("month", ""))
    mentor = Mentor.objects.filter(user=request.user).first()
    if mentor is None:
        raise access.refuse(request, "underskriv måned")
    try:
        signed = sign_month(mentor, month=month, today=today(), by=request.user)
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
    else:
        messages.success(
            request, f"Tak. Måneden er underskrevet (udgave {signed.version}) og sendt til kommunen."
        )
    return redirect(f"{reverse('my_month')}?maaned={month:%Y-%m}")


@door(May.SEE_MONEY)
def company_months(request: SignedIn) -> HttpResponse:
    """Signed months of company mentors, waiting ones first, and who has signed nothing for the month before."""
    last = add_months(today().replace(day=1), -1)
    signed = months_signed_in(_earliest(), today())
    access.listed(request, "frikøb", [])
    context = {"signed": signed, "unsigned": unsigned_mentors(last), "last": last}
    return render(request, "month/company_months.html", context)


@door(May.SEE_MONEY)
def company_month_page(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """One signed month with every version."""
    rows = CompanyMonth.objects.select_related("mentor__provider", "signed_by", "approved_by")
    signed = access.record(request, rows, key, verb="frikøb")
    versions = list(signed_months(signed.mentor, signed.month))
    lines = list(signed.lines.select_related("course__citizen"))
    access.listed(request, "frikøb, linjer", [line.course for line in lines])
    context = {
        "signed": signed,
        "lines": lines,
        "versions": versions,
        "newest": versions[0],
        "minutes": sum(line.minutes for line in lines),
        "may_approve": allowed(request.user, May.EDIT_MONEY) and signed.signed_by_id != request.user.pk,
        "section": "company_months",
    }
    return render(request, "month/company_month.html", context)


@door(May.EDIT_MONEY)
@require_POST
def approve(request: SignedIn, key: uuid.UUID) -> HttpResponse:
    """Approves the newest version for payment."""
    signed = access.record(request, CompanyMonth.objects.all(), key, verb="godkend frikøb")
    try:
        approve_company_month(signed, by=request.user)
    except Refusal as refusal:
        messages.error(request, f"{refusal.reason} ({refusal.provision})")
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
    else:
        messages.success(request, "Kravet er godkendt.")
    return redirect("company_month", key)


urls = [
    path("min-maaned/", my_month, name="my_month"),
    path("min-maaned/skriv-under/", sign, name="sign_month"),
    path("frikoeb/", company_months, name="company_months"),
    path("frikoeb/<uuid:key>/", company_month_page, name="company_month"),
    path("frikoeb/<uuid:key>/godkend/", approve, name="approve_company_month"),
]
