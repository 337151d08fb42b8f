"""Citizens, referrals, visitations, decisions, courses with their grants, and agreements."""

from mentorkorps.cases.models.avoidance import Avoidance
from mentorkorps.cases.models.citizen import BARRIERS, CaseNote, Citizen
from mentorkorps.cases.models.course import Course, MentorAssignment, Task
from mentorkorps.cases.models.decision import Complaint, Decision, Hearing
from mentorkorps.cases.models.draft import Draft
from mentorkorps.cases.models.grant import Agreement, Grant
from mentorkorps.cases.models.intake import ColumnChoice, Intake
from mentorkorps.cases.models.offers import OtherOffer
from mentorkorps.cases.models.parties import Consent, FinishedStep, Party
from mentorkorps.cases.models.referral_correction import ReferralCorrection
from mentorkorps.cases.models.substitutes import SubstituteChoice
from mentorkorps.cases.models.task_move import TaskMove
from mentorkorps.cases.models.visitation import Referral, Visitation

__all__ = [
    "Agreement",
    "Avoidance",
    "BARRIERS",
    "CaseNote",
    "Citizen",
    "ColumnChoice",
    "Complaint",
    "Consent",
    "Course",
    "Decision",
    "Draft",
    "FinishedStep",
    "Grant",
    "Hearing",
    "Intake",
    "MentorAssignment",
    "OtherOffer",
    "Party",
    "Referral",
    "ReferralCorrection",
    "SubstituteChoice",
    "Task",
    "TaskMove",
    "Visitation",
]
