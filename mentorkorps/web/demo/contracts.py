"""The weeks of Fjordby's own mentors as their contracts have them, and what travel and preparation take."""

from mentorkorps.municipality.actions import set_contract, set_preparation_share
from mentorkorps.municipality.models import Mentor
from mentorkorps.web.demo.fjordby_house import FULL_TIME, Fjordby

CONTRACT, MEETINGS, TRAINING = 37 * 60, 3 * 60, 60  # minutes a week
SHARE = 25  # percent


def tell(fjordby: Fjordby) -> None:
    """Those on full time are recorded by contract; all others keep the hours that were written for them."""
    by = fjordby.house.administrator
    own = [mentor for mentor in fjordby.social if mentor.kind == Mentor.Kind.INTERNAL]
    since = min(mentor.active_from for mentor in own)
    source = "Prøvedata: tidsregistrering i fire uger, besluttet af ledergruppen"
    set_preparation_share(valid_from=since, percent=SHARE, source=source, by=by)
    for mentor in own:
        if mentor.hours.count() == 1 and mentor.hours.get().minutes_per_week == FULL_TIME:
            set_contract(
                mentor, valid_from=since, contract_minutes=CONTRACT, meeting_minutes=MEETINGS,
                training_minutes=TRAINING, by=by,
            )  # fmt: skip
