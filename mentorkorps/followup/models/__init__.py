"""Contacts, the weeks they keep, absences, appointments, status reports and what is asked after the end."""

from mentorkorps.followup.models.alerts import Alert
from mentorkorps.followup.models.base_figures import BaseFigure
from mentorkorps.followup.models.citizen_page import CitizenAnswer, CitizenLink, CitizenWish
from mentorkorps.followup.models.contacts import Contact, CourseTally
from mentorkorps.followup.models.course import Appointment, CitizenAbsence, FollowUp, StatusReport
from mentorkorps.followup.models.notices import NoticeChoice, Outgoing
from mentorkorps.followup.models.progress import Answer, QuestionSet, Rating
from mentorkorps.followup.models.whereabouts import FollowUpFile, Whereabouts

__all__ = [
    "Alert",
    "Answer",
    "Appointment",
    "BaseFigure",
    "CitizenAbsence",
    "CitizenAnswer",
    "CitizenLink",
    "CitizenWish",
    "Contact",
    "CourseTally",
    "FollowUp",
    "FollowUpFile",
    "NoticeChoice",
    "Outgoing",
    "QuestionSet",
    "Rating",
    "StatusReport",
    "Whereabouts",
]
