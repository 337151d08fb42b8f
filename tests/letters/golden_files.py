"""All letters that are kept as golden files, by name, and what of them is read."""

from pathlib import Path

from mentorkorps.domain.dates import NBSP
from mentorkorps.domain.letter import (
    AgreementInput,
    Bullets,
    Document,
    HandoverInput,
    HearingInput,
    Paragraph,
    StatusInput,
    compose_agreement,
    compose_decision,
    compose_handover,
    compose_hearing,
    compose_status,
)

from .cast import IN_PART, KINDS, STORIES
from .papers import PAPERS

FOLDER = Path(__file__).parent / "golden"


def decision_name(regime: str, kind: str) -> str:
    """The file name of a decision letter, without its ending."""
    return f"{regime}-{kind.replace('_', '-')}"


def compose(given: AgreementInput | HandoverInput | HearingInput | StatusInput) -> Document:
    """The paper that belongs to its input."""
    match given:
        case AgreementInput():
            return compose_agreement(given)
        case HandoverInput():
            return compose_handover(given)
        case HearingInput():
            return compose_hearing(given)
        case StatusInput():
            return compose_status(given)


DECISIONS = {
    decision_name(regime, kind): compose_decision(story.decision(kind))
    for regime, story in STORIES.items()
    for kind in KINDS
}
DOCUMENTS = (
    DECISIONS
    | {"R4-grant-in-part": compose_decision(IN_PART)}
    | {name: compose(given) for name, given in PAPERS.items()}
)


def body(document: Document) -> str:
    """What the reader reads: the title and the sections, without addresses and foot."""
    text = document.as_text()
    start, end = (part.replace(NBSP, " ") for part in (document.title, document.footer))
    return text[text.index(start) : text.rindex(end)]


def running_text(document: Document) -> str:
    """Paragraphs and bullets alone, so that short labels and headings cannot flatter the measure."""
    blocks = [block for section in document.sections for block in section.blocks]
    texts = [[block.text] for block in blocks if isinstance(block, Paragraph)]
    texts += [list(block.items) for block in blocks if isinstance(block, Bullets)]
    return "\n".join(line for lines in texts for line in lines)
