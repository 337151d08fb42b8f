"""The parts that frame a letter: greeting, complaint guidance, signature and foot."""

from mentorkorps.domain.dates import NBSP
from mentorkorps.domain.letter.basis import Complaint, Head
from mentorkorps.domain.letter.document import Paragraph, Section, Sender, Signature, Signer


def weeks(count: int) -> str:
    """1 uge, 4 uger."""
    return f"{count}{NBSP}{'uge' if count == 1 else 'uger'}"


def complaint_section(complaint: Complaint, sender: Sender, received: str) -> Section:
    """How to complain: to the municipality, which looks at the case again first (FVL § 25, RSL §§ 66–67).

    `received` is what the deadline runs from, "brevet" or "aftalen".
    """
    deadline = f"senest {weeks(complaint.weeks)} efter, at du har fået {received}"
    text = (
        f"Du kan klage. Det skal du gøre {deadline}. Ring til os på {phone(sender.phone)}, eller skriv til os."
        f" Så ser vi på sagen igen. Det tager højst {weeks(complaint.reassess_weeks)}. Holder vi fast, sender"
        f" vi din klage videre til {complaint.appeal_body}. Du må gerne få hjælp til det."
    )
    return Section("Hvis du er uenig", (Paragraph(text, strong=deadline),))


def phone(number: str) -> str:
    """tlf. 12 34 56 78, kept together."""
    return f"tlf. {number}".replace(" ", NBSP)


def greeting(head: Head) -> str:
    """Kære Jens."""
    return f"Kære {head.first_name}"


def signed(sender: Sender) -> Signature:
    """The close of a letter."""
    return Signature("Venlig hilsen", (Signer(sender.name, sender.title),))


def footer(sender: Sender) -> str:
    """Municipality, address and telephone for the foot of each page."""
    parts = (sender.municipality, ", ".join(sender.address_lines), phone(sender.phone))
    return " · ".join(parts)
