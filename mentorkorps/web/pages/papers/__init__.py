"""The committee's papers: the list, the editor, the way through meetings, and the paper as it is read."""

from mentorkorps.web.pages.papers import figures, meetings, reading, writing

urls = [*writing.urls, *figures.urls, *meetings.urls, *reading.urls]
