"""Every address of the house. Each page family lists its own; what nobody needs to sign in for stands in OPEN."""

from django.urls import URLPattern, URLResolver, include, path

from mentorkorps.web.pages import (
    alerts,
    approvals,
    board,
    budget,
    calendar,
    case,
    citizens,
    company_month,
    corps,
    course,
    decision,
    entrance,
    help,
    hours,
    hours_on_day,
    invoice_intake,
    invoice_questions,
    invoices,
    journal,
    law,
    level,
    months,
    my_day,
    my_week,
    notices,
    own_page,
    papers,
    parties,
    payments,
    people,
    phone,
    prices,
    progress,
    proposals,
    questions,
    strips,
    visitation,
    what_if,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("konto/", include("mentorkorps.web.account_urls")),
    *entrance.urls,
    *my_day.urls,
    *my_week.urls,
    *phone.urls,
    *citizens.urls,
    *case.urls,
    *parties.urls,
    *visitation.urls,
    *decision.urls,
    *approvals.urls,
    *course.urls,
    *progress.urls,
    *board.urls,
    *alerts.urls,
    *strips.urls,
    *notices.urls,
    *own_page.urls,
    *corps.urls,
    *calendar.urls,
    *questions.urls,
    *level.urls,
    *proposals.urls,
    *papers.urls,
    *hours.urls,
    *hours_on_day.urls,
    *budget.urls,
    *months.urls,
    *company_month.urls,
    *invoices.urls,
    *invoice_intake.urls,
    *invoice_questions.urls,
    *payments.urls,
    *prices.urls,
    *law.urls,
    *what_if.urls,
    *journal.urls,
    *people.urls,
    *help.urls,
]

# Pages that open for whoever comes; the matrix test knows that every other page has a door.
OPEN = {"front_door", "home", "health", "help", "help_page", "accessibility", "pick_role"} | {
    "phone_greeting", "phone_page", "phone_worker", "phone_manifest",
}  # fmt: skip
# What opens by a secret in its own address, and the citizen's own pages, which the visit that it opened guards.
BY_SECRET = {"own_page_start", "calendar_feed"}
FOR_CITIZENS = {"own_page", "own_page_answer", "own_page_progress", "own_page_wish", "own_page_leave"}

handler400 = "mentorkorps.web.errors.bad_request"
handler404 = "mentorkorps.web.errors.not_found"
handler500 = "mentorkorps.web.errors.failure"
