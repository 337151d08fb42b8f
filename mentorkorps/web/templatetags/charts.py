"""A chart on a page: the picture, what is missing in it, and its figures as a table."""

from typing import Any

from django import template
from django.utils.safestring import mark_safe

from mentorkorps.web.charts import Chart, gaps, narrow_svg, svg, table

register = template.Library()


@register.inclusion_tag("parts/chart.html")
def chart(chart: Chart) -> dict[str, Any]:
    """A figure with the drawing, another for a phone where there is one, and its table folded below."""
    # The drawing is our own: every text in it went through an XML writer.
    return {
        "chart": chart,
        "svg": mark_safe(svg(chart)),
        "narrow": mark_safe(narrow_svg(chart)),
        "gaps": gaps(chart),
        "table": table(chart),
    }
