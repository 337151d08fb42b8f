"""A deck as PowerPoint: native charts and tables, titles, alternative texts, speaker notes and Danish throughout."""

from mentorkorps.web.deck.render import PPTX, render_pptx

__all__ = ["PPTX", "render_pptx"]
