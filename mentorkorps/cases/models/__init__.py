"""Citizens, referrals, visitations, decisions, courses with their grants, and agreements."""

from mentorkorps.cases.models.citizen import BARRIERS, CaseNote, Citizen, Party
from mentorkorps.cases.models.course import Course, MentorAssignment, Task
from mentorkorps.cases.models.decision import Complaint, Decision, Hearing
from mentorkorps.cases.models.draft import Draft
from mentorkorps.cases.models.grant import Agreement, Grant
from mentorkorps.cases.models.visitation import Referral, Visitation

__all__ = [
    "Agreement",
    "BARRIERS",
    "CaseNote",
    "Citizen",
    "Complaint",
    "Course",
    "Decision",
    "Draft",
    "Grant",
    "Hearing",
    "MentorAssignment",
    "Party",
    "Referral",
    "Task",
    "Visitation",
]
