"""What every page of a course shares: whose it is and what the reader may do."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mentorkorps.cases.models import Course
from mentorkorps.domain import law
from mentorkorps.web.access import May, allowed


def show(request: HttpRequest, template: str, course: Course, **context: Any) -> HttpResponse:
    """A page of a course. Whoever may not see the citizen's case gets first name and initial."""
    return render(request, f"course/{template}.html", about(request, course) | context)


def about(request: HttpRequest, course: Course) -> dict[str, Any]:
    """Whose course it is and what the reader may do."""
    user = request.user
    return {
        "course": course,
        "citizen": course.citizen,
        "function": law.FUNCTIONS[course.function],
        "sees_citizen": allowed(user, May.SEE_CITIZENS),
        "may_assign": allowed(user, May.ASSIGN),
        "may_log": allowed(user, May.LOG_CONTACT),
        "may_work": allowed(user, May.WORK_ON_COURSE),
        "may_decide": allowed(user, May.VISITATE),
        "section": "citizens" if allowed(user, May.SEE_CITIZENS) else "my_week",
    }
