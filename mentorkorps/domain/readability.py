"""How plainly a Danish text reads, as LIX tells it (Björnsson, Läsbarhet, 1968)."""

import re

EASY, MIDDLING = 35, 45  # the highest LIX of an easy text, and of one in between
LONG_WORD = 7  # letters, from which a word counts as long


def lix(text: str) -> float | None:
    """Words per sentence plus the percentage of long words; None for a text without words.

    Each line is at least a sentence of its own; a full stop ends one where a capital follows.
    """
    lines = (line.strip(" *|=-") for line in text.splitlines())
    parts = (part for line in lines for part in re.split(r"[.!?:](?=\s+[A-ZÆØÅ“]|$)", line))
    sentences = [found for part in parts if (found := re.findall(r"\w+", part))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return None
    long_words = sum(len(word) >= LONG_WORD for word in words)
    return len(words) / len(sentences) + 100 * long_words / len(words)


def how_plain(text: str) -> str:
    """“LIX 28, let at læse”, with what to do about a text that is not; empty for a text without words."""
    found = lix(text)
    if found is None:
        return ""
    says = "let at læse"
    if found > MIDDLING:
        says = "svær at læse. Del lange sætninger, og vælg korte ord"
    elif found > EASY:
        says = "lidt tung. Prøv med kortere ord"
    return f"LIX {found:.0f}, {says}"
