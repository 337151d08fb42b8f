"""A decision on its way to a letter: drafted, heard, approved, taken, sent, and complained of."""

from django.urls import path

from mentorkorps.web.pages.decision.complaints import complaint, reassess_complaint
from mentorkorps.web.pages.decision.drafts import course_decision, new_decision
from mentorkorps.web.pages.decision.letters import hearing_pdf, letter, letter_pdf, send_letter
from mentorkorps.web.pages.decision.page import decision

urls = [
    path("visitation/<uuid:key>/afgoerelse/", new_decision, name="new_decision"),
    path("forloeb/<uuid:key>/afgoerelse/<str:kind>/", course_decision, name="course_decision"),
    path("afgoerelse/<uuid:key>/", decision, name="decision"),
    path("afgoerelse/<uuid:key>/brev/", letter, name="letter"),
    path("afgoerelse/<uuid:key>/brev.pdf", letter_pdf, name="letter_pdf"),
    path("afgoerelse/<uuid:key>/partshoering.pdf", hearing_pdf, name="hearing_pdf"),
    path("afgoerelse/<uuid:key>/sendt/", send_letter, name="send_letter"),
    path("afgoerelse/<uuid:key>/klage/", complaint, name="complaint"),
    path("klage/<uuid:key>/", reassess_complaint, name="reassess_complaint"),
]
