"""Where everyone stands in the picture of a citizen's network: the citizen in the middle, the sides around."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from mentorkorps.cases.models import Party
from mentorkorps.cases.queries import consent
from mentorkorps.domain.dates import short_date
from mentorkorps.domain.network import GROUPS, KINDS

BOX_WIDTH, BOX_HEIGHT, GAP_X, GAP_Y = 216, 62, 36, 26
HEAD = 24  # room for the name of a side
MIDDLE_HEIGHT = 148
LANE, LANES, TURN = 10, 3, 58  # of the lines beside the boxes
NAME_FITS, STEP_FITS = 26, 32  # characters in a box


@dataclass(frozen=True)
class Box:
    """One party in the picture. `tie` are the points of its line to the citizen; `due` is “late”, “soon” or nothing."""

    party: Party
    x: int
    y: int
    tie: str
    state: str
    words: str
    due: str
    name: str
    step: str


@dataclass(frozen=True)
class Side:
    """The name of a side above its first party."""

    label: str
    x: int
    y: int


@dataclass(frozen=True)
class Picture:
    """The whole picture; the citizen stands at `middle`."""

    width: int
    height: int
    middle: tuple[int, int]
    boxes: tuple[Box, ...]
    sides: tuple[Side, ...]


def picture(parties: Sequence[Party], today: date) -> Picture | None:
    """Those still at work, half of the sides above and half below the citizen; None where there is nobody."""
    sides = _sides([party for party in parties if party.closed_on is None])
    if not sides:
        return None
    half = (len(sides) + 1) // 2
    above, below = sides[:half], sides[half:]
    top = max(_height(members) for _, members in above)
    middle = (_width(half) // 2, top + MIDDLE_HEIGHT // 2)
    lower = top + MIDDLE_HEIGHT
    boxes: list[Box] = []
    labels: list[Side] = []
    for column, (label, members) in enumerate(above):
        x, y = _column(column, len(above), middle), top - _height(members)
        labels.append(Side(label, x, y + 16))
        boxes += _stack(members[::-1], x, y + HEAD, middle, today)
    for column, (label, members) in enumerate(below):
        x = _column(column, len(below), middle)
        labels.append(Side(label, x, lower + 16))
        boxes += _stack(members, x, lower + HEAD, middle, today)
    bottom = lower + max((_height(members) for _, members in below), default=0)
    return Picture(_width(half), bottom + 8, middle, tuple(boxes), tuple(labels))


def _sides(parties: Sequence[Party]) -> list[tuple[str, list[Party]]]:
    found = ((label, [p for p in parties if KINDS[p.kind].group == code]) for code, label in GROUPS.items())
    return [(label, members) for label, members in found if members]


def _width(columns: int) -> int:
    return columns * BOX_WIDTH + (columns + 1) * GAP_X


def _height(members: Sequence[Party]) -> int:
    return HEAD + len(members) * BOX_HEIGHT + (len(members) - 1) * GAP_Y


def _column(column: int, columns: int, middle: tuple[int, int]) -> int:
    """The left edge of a column; the columns stand evenly around the middle."""
    return middle[0] - _width(columns) // 2 + GAP_X + column * (BOX_WIDTH + GAP_X)


def _stack(members: Sequence[Party], x: int, y: int, middle: tuple[int, int], today: date) -> Iterator[Box]:
    above = y < middle[1]
    for place, party in enumerate(members):
        outward = len(members) - 1 - place if above else place
        top = y + place * (BOX_HEIGHT + GAP_Y)
        yield _box(party, x, top, _tie(x, top, outward, above, middle), today)


def _tie(x: int, y: int, outward: int, above: bool, middle: tuple[int, int]) -> str:
    """From a box to the citizen; those farther out go down the gutter beside the nearer ones, each in its own lane."""
    if outward == 0:
        return f"{x + BOX_WIDTH // 2},{y + (BOX_HEIGHT if above else 0)} {middle[0]},{middle[1]}"
    lane, height = x - LANE * min(outward, LANES), y + BOX_HEIGHT // 2
    turn = middle[1] - TURN if above else middle[1] + TURN
    return f"{x},{height} {lane},{height} {lane},{turn} {middle[0]},{middle[1]}"


def _box(party: Party, x: int, y: int, tie: str, today: date) -> Box:
    state, words = consent(party, today)
    when = f"{short_date(party.due, today=today)}: " if party.due else ""
    step = f"{when}{party.next_step or 'Intet aftalt'}"
    held = words if state == "given" else f"{words}: del ikke"
    return Box(
        party, x, y, tie, state, held, _due(party, today), _cut(party.name, NAME_FITS), _cut(step, STEP_FITS)
    )


def _due(party: Party, today: date) -> str:
    if party.due is None or not party.next_step:
        return ""
    left = (party.due - today).days
    return "late" if left < 0 else "soon" if left <= SOON else ""


SOON = 7  # days


def _cut(text: str, fits: int) -> str:
    return text if len(text) <= fits else f"{text[: fits - 1].rstrip(' ,.')}…"
