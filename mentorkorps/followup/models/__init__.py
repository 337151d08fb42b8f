"""Contacts, the weeks they keep, absences, appointments, status reports and what is asked after the end."""

from mentorkorps.followup.models.citizen_page import CitizenAnswer, CitizenLink, CitizenWish
from mentorkorps.followup.models.contacts import Contact, CourseTally
from mentorkorps.followup.models.course import Appointment, CitizenAbsence, FollowUp, StatusReport

__all__ = [
    "Appointment",
    "CitizenAbsence",
    "CitizenAnswer",
    "CitizenLink",
    "CitizenWish",
    "Contact",
    "CourseTally",
    "FollowUp",
    "StatusReport",
]
