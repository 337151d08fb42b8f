"""GLN numbers, which name the place that an invoice is sent from or to: thirteen digits, the last of which checks."""


def is_gln(text: str) -> bool:
    """Whether a text is a GLN number with its right check digit (GS1 General Specifications, 7.9)."""
    if not (len(text) == 13 and text.isascii() and text.isdigit()):
        return False
    weighed = (int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(text))
    return sum(weighed) % 10 == 0
