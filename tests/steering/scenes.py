"""One proposal and one paper, for pages that need something to show."""

from datetime import date

from mentorkorps.domain.service_level import LevelRow
from mentorkorps.municipality.models import User
from mentorkorps.steering.actions.decks import create_deck
from mentorkorps.steering.actions.papers import create_paper, save_text
from mentorkorps.steering.actions.proposals import change_row, propose
from mentorkorps.steering.actions.runs import make_run
from mentorkorps.steering.models import Deck, Paper, Proposal
from tests.cast import TODAY
from tests.steering.inputs import koebenhavn

ROW = LevelRow("ny", "Ny opgave", "may", 60, 26, functions=("social_mentor",))


def a_proposal(by: User) -> Proposal:
    """The proposal that is there, or a new one from nothing with one row."""
    standing = Proposal.objects.first()
    if standing is not None:
        return standing
    made = propose(
        name="Niveau 2027", purpose="Mere tid", base=None, in_force_from=date(2027, 2, 1), on=TODAY, by=by
    )
    change_row(made, ROW, reason="Mangler i dag", by=by)
    return made


def a_paper(by: User) -> Paper:
    """The paper that is there, or a new one about the proposal, ready to be sent."""
    standing = Paper.objects.first()
    if standing is not None:
        return standing
    made = create_paper(
        title="Serviceniveau for mentorstøtte", kind="B", authority="Fjordby Kommune", committee="Udvalget",
        meeting_on=date(2026, 12, 1), item_number=4, case_number="2026-7", proposal=a_proposal(by), on=TODAY, by=by,
    )  # fmt: skip
    save_text(made, "recommendation-1", "1. at udvalget godkender forslaget.", revision=0, by=by)
    return made


def a_deck(by: User) -> Deck:
    """The deck that is there, or new slides on København's figures of August 2014."""
    standing = Deck.objects.first()
    if standing is not None:
        return standing
    run = make_run(kind="simulation", title="August 2014", inputs=koebenhavn(), by=by)
    return create_deck(
        title="Mentor efter reformen", authority="Fjordby Kommune", committee="Udvalget", meeting_on=date(2014, 9, 29),
        run=run, on=TODAY, by=by,
    )  # fmt: skip
