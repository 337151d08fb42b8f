"""The law as a jurist reads, tests and corrects it."""

from mentorkorps.web.pages.law import corrections, explain, overview, rule

urls = [*explain.urls, *overview.urls, *corrections.urls, *rule.urls]

__all__ = ["urls"]
