"""The citizen's own page, the link that opens it, and the answers that come back from it."""

from django.urls import path

from mentorkorps.web.pages.own_page.answers import citizen_answers, follow_up_answer
from mentorkorps.web.pages.own_page.link import citizen_link
from mentorkorps.web.pages.own_page.visit import (
    own_page,
    own_page_answer,
    own_page_leave,
    own_page_progress,
    own_page_start,
    own_page_wish,
)

urls = [
    path("min-side/", own_page, name="own_page"),
    path("min-side/svar/", own_page_answer, name="own_page_answer"),
    path("min-side/fremgang/", own_page_progress, name="own_page_progress"),
    path("min-side/oenske/", own_page_wish, name="own_page_wish"),
    path("min-side/luk/", own_page_leave, name="own_page_leave"),
    path("min-side/aabn/<str:secret>/", own_page_start, name="own_page_start"),
    path("forloeb/<uuid:key>/borgerens-side/", citizen_link, name="citizen_link"),
    path("borgersvar/", citizen_answers, name="citizen_answers"),
    path("borgersvar/<uuid:key>/", follow_up_answer, name="follow_up_answer"),
]
