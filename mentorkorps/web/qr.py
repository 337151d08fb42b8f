"""A text as a QR code that a phone can read from the screen."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from qrcode import QRCode


def qr_svg(text: str, *, label: str) -> SafeString:
    """The code as bare markup for the page itself, since a `data:` picture would be blocked."""
    code = QRCode(border=4)
    code.add_data(text)
    grid = code.get_matrix()
    dark = "".join(f"M{x} {y}h1v1h-1z" for y, line in enumerate(grid) for x, on in enumerate(line) if on)
    size = len(grid)
    return format_html(
        '<svg class="qr" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<path fill="#fff" d="M0 0h{}v{}H0z"/><path fill="#000" d="{}"/></svg>',
        size, size, label, size, size, mark_safe(dark),
    )  # fmt: skip
