"""A finished letter as plain data: what is stored, printed and shown, the same for ever."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from mentorkorps.domain.dates import NBSP, long_date


@dataclass(frozen=True)
class Sender:
    """The municipality's unit and the person who signs."""

    municipality: str
    unit: str
    address_lines: tuple[str, ...]
    phone: str
    name: str
    title: str


@dataclass(frozen=True)
class Recipient:
    """Who the letter is for; a paper that stays in the house has no address lines."""

    name: str
    address_lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """Running text; `strong` are words of the text that are set in bold, or empty."""

    text: str
    strong: str = ""


@dataclass(frozen=True)
class Bullets:
    """A list where the order carries no meaning."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Numbered:
    """A list where each item is called by its number."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    """A chart: what it is called, what it shows in words, and the chart itself as JSON."""

    caption: str
    description: str
    chart: Mapping[str, Any]


@dataclass(frozen=True)
class Box:
    """Labels with their values, framed: what the reader looks for first."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """A table whose first column names the row."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str


Block = Paragraph | Bullets | Numbered | Picture | Box | Table


@dataclass(frozen=True)
class Section:
    """Blocks under a heading; the opening of a letter has no heading."""

    heading: str | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Signer:
    """Who signs, and as what."""

    name: str
    role: str


@dataclass(frozen=True)
class Signature:
    """The close of a paper; `by_hand` gives each signer a line for date and signature."""

    closing: str
    signers: tuple[Signer, ...]
    by_hand: bool = False


@dataclass(frozen=True)
class Document:
    """One letter. A paper that stays in the house has no greeting and may have no signature.

    A paper about several cases has no case number: it is empty.
    """

    title: str
    sender: Sender
    recipient: Recipient
    dated: date
    case_number: str
    greeting: str | None
    sections: tuple[Section, ...]
    signature: Signature | None
    footer: str
    language: str = "da"

    def as_json(self) -> dict[str, Any]:
        """Plain JSON data; each block carries its kind under `block`."""
        data = asdict(self)
        data["dated"] = self.dated.isoformat()
        data["sections"] = [
            {"heading": s.heading, "blocks": [block_as_json(block) for block in s.blocks]}
            for s in self.sections
        ]
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Document":
        """The inverse of `as_json`. Raises KeyError or TypeError on data that is no letter."""
        values = {key: _frozen(value) for key, value in data.items()}
        return cls(
            **values
            | {
                "sender": Sender(**values["sender"]),
                "recipient": Recipient(**values["recipient"]),
                "dated": date.fromisoformat(values["dated"]),
                "sections": tuple(_section_from_json(section) for section in values["sections"]),
                "signature": _signature_from_json(values["signature"]),
            }
        )

    def as_text(self) -> str:
        """Plain text with ordinary spaces, one line a paragraph, ending in a line break."""
        return "\n".join(_text_lines(self)).replace(NBSP, " ").rstrip("\n") + "\n"


_BLOCKS: dict[str, type[Block]] = {
    kind.__name__.lower(): kind for kind in (Paragraph, Bullets, Numbered, Picture, Box, Table)
}


def block_as_json(block: Block) -> dict[str, Any]:
    """Plain JSON data with the block's kind under `block`."""
    return {"block": type(block).__name__.lower(), **asdict(block)}


def _frozen(value: Any) -> Any:
    """JSON lists become tuples again, all the way down."""
    if isinstance(value, list | tuple):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, Mapping):
        return {key: _frozen(item) for key, item in value.items()}
    return value


def block_from_json(data: Mapping[str, Any]) -> Block:
    """The inverse of `block_as_json`. Raises KeyError or TypeError on data that is no block."""
    block = _frozen(data)
    return _BLOCKS[block.pop("block")](**block)


def _section_from_json(data: Mapping[str, Any]) -> Section:
    return Section(data["heading"], tuple(block_from_json(block) for block in data["blocks"]))


def _signature_from_json(data: Mapping[str, Any] | None) -> Signature | None:
    if data is None:
        return None
    return Signature(data["closing"], tuple(Signer(**signer) for signer in data["signers"]), data["by_hand"])


def _text_lines(document: Document) -> Iterator[str]:
    sender, recipient = document.sender, document.recipient
    yield from (recipient.name, *recipient.address_lines, "")
    case = (f"Sag {document.case_number}",) if document.case_number else ()
    yield from (sender.municipality, sender.unit, long_date(document.dated), *case)
    yield from (f"{sender.name}, {sender.title}, tlf. {sender.phone}", "", "")
    yield from (document.title, "=" * len(document.title), "")
    if document.greeting:
        yield from (document.greeting, "")
    for section in document.sections:
        if section.heading:
            yield from (section.heading, "-" * len(section.heading))
        for block in section.blocks:
            yield from (*_block_lines(block), "")
    if document.signature:
        yield from (*_signature_lines(document.signature), "")
    yield document.footer


def _block_lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(text=text):
            yield text
        case Bullets(items=items):
            yield from (f"* {item}" for item in items)
        case Numbered(items=items):
            yield from (f"{number}. {item}" for number, item in enumerate(items, start=1))
        case Picture(caption=caption, description=description):
            yield from (caption, description)
        case Box(rows=rows):
            width = max(len(label) for label, _ in rows)
            yield from (f"| {label:<{width}}  {value}" for label, value in rows)
        case Table(header=header, rows=rows, caption=caption):
            yield caption
            yield from _columns((header, *rows))


def _columns(rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))
        yield f"| {'  '.join(cells)}".rstrip()


def _signature_lines(signature: Signature) -> Iterator[str]:
    yield signature.closing
    for signer in signature.signers:
        if signature.by_hand:
            yield from ("", "Dato og underskrift: ________________________")
        yield f"{signer.name}, {signer.role}"
