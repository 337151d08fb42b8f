"""The mentor's phone with and without a network: sending what waits, the shell it keeps, and phones that are lost."""

from mentorkorps.web.pages.phone import lost, sending, shell

urls = [*sending.urls, *shell.urls, *lost.urls]
