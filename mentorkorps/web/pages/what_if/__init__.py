"""Hvad nu hvis: what another service level would mean, and the runs that were saved."""

from django.urls import path

from mentorkorps.web.pages.what_if.full_time import full_time
from mentorkorps.web.pages.what_if.pages import save_what_if, what_if, what_if_charts, what_if_table
from mentorkorps.web.pages.what_if.runs import saved_run, saved_runs

urls = [
    path("hvad-nu-hvis/", what_if, name="what_if"),
    path("hvad-nu-hvis/diagrammer/", what_if_charts, name="what_if_charts"),
    path("hvad-nu-hvis/tabel/", what_if_table, name="what_if_table"),
    path("hvad-nu-hvis/gem/", save_what_if, name="save_what_if"),
    path("hvad-nu-hvis/fuldtid/", full_time, name="full_time"),
    path("beregninger/", saved_runs, name="runs"),
    path("beregninger/<uuid:key>/", saved_run, name="run"),
]
