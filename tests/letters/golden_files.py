"""All letters that are kept as golden files, by name, and the measure of how hard they are to read."""

import re
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


def lix(text: str) -> float:
    """Läsbarhetsindex: words per sentence plus the percentage of words over six letters.

    Each line is at least a sentence of its own; a full stop ends one where a capital follows.
    """
    lines = (line.strip(" *|=-") for line in text.splitlines())
    sentences = [
        part
        for line in lines
        for part in re.split(r"[.!?:](?=\s+[A-ZÆØÅ“]|$)", line)
        if re.search(r"\w", part)
    ]
    words = [word for part in sentences for word in re.findall(r"\w+", part)]
    long_words = sum(len(word) > 6 for word in words)
    return len(words) / len(sentences) + 100 * long_words / len(words)
