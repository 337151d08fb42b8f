"""Many invoices in one zip file, unpacked in memory and within bounds: nothing is written, whatever a name says."""

import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from mentorkorps.domain.invoice.model import BadInvoice

MOST_FILES = 1_000
LARGEST = 5_000_000  # bytes of one file
LARGEST_OF_ALL = 20_000_000
MOST_TIMES = 100  # an invoice swells 10 to 20 times; what swells more is made to do so
SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
ENCRYPTED = 0x1


def is_zip(data: bytes) -> bool:
    """Whether a file begins as a zip file does."""
    return data.startswith(SIGNATURES)


def unzipped(data: bytes) -> Iterator[tuple[str, bytes | BadInvoice]]:
    """The name of each file in a zip file with its bytes, or why they cannot be read.

    Raises BadInvoice when the zip file itself cannot be read or is out of bounds; zip files inside are not opened.
    """
    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, ValueError, NotImplementedError):
        raise BadInvoice("Zip-filen kan ikke åbnes. Den kan være afkortet; pak den igen.") from None
    entries = [each for each in archive.infolist() if not each.is_dir() and not _is_hidden(each)]
    _check_bounds(entries, len(data))
    for entry in entries:
        yield _name(entry), _content(archive, entry)


def _is_hidden(entry: ZipInfo) -> bool:
    """What a Mac or a folder view leaves behind."""
    return "__MACOSX/" in entry.filename or _name(entry).startswith(".")


def _check_bounds(entries: Sequence[ZipInfo], packed: int) -> None:
    sizes = [entry.file_size for entry in entries]
    if not sizes:
        raise BadInvoice("Zip-filen er tom.")
    if len(sizes) > MOST_FILES:
        raise BadInvoice(f"Zip-filen har {len(sizes)} filer. Del den, så der er højst {MOST_FILES}.")
    if max(sizes) > LARGEST or sum(sizes) > LARGEST_OF_ALL:
        raise BadInvoice("Zip-filen fylder for meget, når den pakkes ud: højst 5 MB pr. fil og 20 MB i alt.")
    if sum(sizes) > MOST_TIMES * packed:
        raise BadInvoice("Zip-filen svulmer for meget op, når den pakkes ud, så den er ikke læst.")


def _name(entry: ZipInfo) -> str:
    """The last part of the name, to be shown; folders are left out."""
    last = entry.filename.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(character for character in last if character.isprintable())


def _content(archive: ZipFile, entry: ZipInfo) -> bytes | BadInvoice:
    """Unpacks no more than the size that was checked; other methods than these two could not be stopped there."""
    if entry.flag_bits & ENCRYPTED:
        return BadInvoice("Filen er låst med en adgangskode. Pak den uden.")
    if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return BadInvoice("Filen er pakket på en måde, der ikke kan læses her. Pak den som almindelig zip.")
    try:
        with archive.open(entry) as file:
            content = file.read()
    except (BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError):
        return BadInvoice("Filen kan ikke pakkes ud. Den kan være ødelagt; bed om en ny.")
    if is_zip(content):
        return BadInvoice("Filen er selv en zip-fil. Pak den ud først, og læg filerne direkte i.")
    return content
