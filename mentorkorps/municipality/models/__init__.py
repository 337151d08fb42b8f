"""Units, people, mentors, providers, adopted service levels and corrections of the law."""

from mentorkorps.municipality.models.agreements import ProviderAgreement, WaitingGoal
from mentorkorps.municipality.models.calendar import CalendarFeed, ClosingDay
from mentorkorps.municipality.models.corps import (
    GENDERS,
    IN_COMPANY,
    Mentor,
    MentorAbsence,
    MentorHours,
    MentorTraining,
    PreparationShare,
    TaskTemplate,
)
from mentorkorps.municipality.models.house import Municipality, Provider, Role, Unit, User, UserManager
from mentorkorps.municipality.models.law import RuleCorrection
from mentorkorps.municipality.models.level import Obligation, ServiceLevel, ServiceLevelRow
from mentorkorps.municipality.models.phones import Phone

__all__ = [
    "CalendarFeed",
    "ClosingDay",
    "GENDERS",
    "IN_COMPANY",
    "Mentor",
    "MentorAbsence",
    "MentorHours",
    "MentorTraining",
    "Municipality",
    "Obligation",
    "Phone",
    "PreparationShare",
    "Provider",
    "ProviderAgreement",
    "Role",
    "RuleCorrection",
    "ServiceLevel",
    "ServiceLevelRow",
    "TaskTemplate",
    "Unit",
    "User",
    "UserManager",
    "WaitingGoal",
]
