"""Visitation: facts at left, what the law says at right, the assessment below."""

from mentorkorps.web.pages.visitation.pages import urls

__all__ = ["urls"]
