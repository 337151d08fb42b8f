"""The verbs of the municipality, and the only writers of its rows: people, corps, service level, law."""

from mentorkorps.municipality.actions.corps import (
    add_training,
    end_mentor_absence,
    record_mentor_absence,
    save_mentor,
    set_contract,
    set_hours,
    set_preparation_share,
)
from mentorkorps.municipality.actions.founding import found_municipality, load_catalogue
from mentorkorps.municipality.actions.law import approve_correction, propose_correction, withdraw_correction
from mentorkorps.municipality.actions.level import adopt_level, load_level, write_level
from mentorkorps.municipality.actions.people import change_person, create_person, reset_second_factor
from mentorkorps.municipality.actions.phones import mark_lost, meet_phone, tell_to_wipe

__all__ = [
    "add_training",
    "adopt_level",
    "approve_correction",
    "change_person",
    "create_person",
    "end_mentor_absence",
    "found_municipality",
    "load_catalogue",
    "load_level",
    "mark_lost",
    "meet_phone",
    "propose_correction",
    "record_mentor_absence",
    "reset_second_factor",
    "save_mentor",
    "set_contract",
    "set_hours",
    "set_preparation_share",
    "tell_to_wipe",
    "write_level",
    "withdraw_correction",
]
