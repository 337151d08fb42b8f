"""Charts: one definition becomes SVG on a page and in a PDF, a picture in a document, and a table of the figures.

Drawn on the server by Vega-Lite, so that a page needs no script and a strict content policy holds.
"""

from mentorkorps.web.charts.model import Chart, Limit, Point
from mentorkorps.web.charts.render import narrow_svg, png, svg
from mentorkorps.web.charts.twin import MISSING, ChartTable, gaps, table

__all__ = ["MISSING", "Chart", "ChartTable", "Limit", "Point", "gaps", "narrow_svg", "png", "svg", "table"]
