"""A paper's texts as they look in the editor: figures are links to the run that made them."""

import re
from collections.abc import Iterable
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from mentorkorps.domain.paper import Shown, UnknownFigure, blocks
from mentorkorps.steering.models import PaperFigure
from mentorkorps.steering.queries.papers import shown
from mentorkorps.web.agenda import block_on_page

# Private letters stand around a figure's name while a text becomes blocks, and are links afterwards.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARKED = re.compile(rf"{_OPEN}([a-z0-9-]+){_CLOSE}(\.?)")


def text_html(text: str, figures: Iterable[PaperFigure]) -> SafeString:
    """A text as HTML, every word escaped. A text that names an unknown figure is shown as it was typed."""
    by_name = {figure.name: figure for figure in figures}
    marked = {name: Shown(f"{_OPEN}{name}{_CLOSE}", shown(figure).block) for name, figure in by_name.items()}
    try:
        made = "\n".join(block_on_page(block) for block in blocks(text, marked))
    except UnknownFigure:
        return mark_safe(f"<p>{escape(text)}</p>")
    return mark_safe(_MARKED.sub(lambda found: _chip(by_name[found.group(1)], found.group(2)), made))


def _chip(figure: PaperFigure, stop: str) -> str:
    """A figure as a link to its run, and the full stop after it unless it ends in one."""
    place = reverse("run", args=[figure.run_id])
    stop = "" if figure.shown.endswith(".") else stop
    return f'<a class="fig" href="{place}" title="{escape(figure.label)}">{escape(figure.shown)}</a>{stop}'
