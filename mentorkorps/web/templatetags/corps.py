"""Words of the corps' hours. Load with {% load corps %}."""

from django import template

from mentorkorps.web.pages.corps_rows import working_words

register = template.Library()

register.filter("working_words", working_words)
