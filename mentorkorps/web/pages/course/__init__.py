"""A course: its weeks, hours, tasks, agreement, mentor, status and end."""

from django.urls import path

from mentorkorps.web.pages.course.agreement import agreement, agreement_pdf, sign_agreement
from mentorkorps.web.pages.course.audit import audit, audit_pdf, audit_sheet
from mentorkorps.web.pages.course.ending import end_course, follow_up
from mentorkorps.web.pages.course.mentor import (
    assign_mentor,
    assign_substitute,
    avoid_mentor,
    end_avoidance,
    handover_pdf,
)
from mentorkorps.web.pages.course.overview import course
from mentorkorps.web.pages.course.progress import absence, status, status_pdf
from mentorkorps.web.pages.course.tasks import move_task, tasks

urls = [
    path("forloeb/<uuid:key>/", course, name="course"),
    path("forloeb/<uuid:key>/uger/", audit, name="course_audit"),
    path("forloeb/<uuid:key>/uger.xlsx", audit_sheet, name="course_audit_sheet"),
    path("forloeb/<uuid:key>/uger.pdf", audit_pdf, name="course_audit_pdf"),
    path("forloeb/<uuid:key>/aftale/", agreement, name="agreement"),
    path("aftale/<uuid:key>.pdf", agreement_pdf, name="agreement_pdf"),
    path("aftale/<uuid:key>/underskrevet/", sign_agreement, name="sign_agreement"),
    path("forloeb/<uuid:key>/mentor/", assign_mentor, name="assign_mentor"),
    path("forloeb/<uuid:key>/fravaelg/", avoid_mentor, name="avoid_mentor"),
    path("fravalg/<uuid:key>/ophaev/", end_avoidance, name="end_avoidance"),
    path("forloeb/<uuid:key>/vikar/", assign_substitute, name="assign_substitute"),
    path("forloeb/<uuid:key>/overlevering.pdf", handover_pdf, name="handover_pdf"),
    path("forloeb/<uuid:key>/opgaver/", tasks, name="tasks"),
    path("opgave/<uuid:key>/flyt/", move_task, name="move_task"),
    path("forloeb/<uuid:key>/fravaer/", absence, name="absence"),
    path("forloeb/<uuid:key>/status/", status, name="status"),
    path("forloeb/<uuid:key>/status.pdf", status_pdf, name="status_pdf"),
    path("forloeb/<uuid:key>/afslut/", end_course, name="end_course"),
    path("opfoelgning/<uuid:key>/", follow_up, name="follow_up"),
]
