"""A chart is one definition: its drawing passes the content policy, and its table says the same figures."""

from decimal import Decimal

import pytest
from lxml import etree

from mentorkorps.web.charts import Chart, Limit, Point, gaps, narrow_svg, png, svg, table

WEEKS = tuple(
    Point(week, name, Decimal(price) * week / 52)
    for name, price in (("Vedtaget", "110.1"), ("Forslag", "126.2"))
    for week in (0, 26, 52)
)
HOURS = (
    Point("Vedtaget", "Skal", 2700), Point("Vedtaget", "Kan", 2425), Point("Forslag", "Skal", 3600),
    Point("Forslag", "Kan", None),
)  # fmt: skip
RANGES = (
    Point("26 uger", "Skal", Decimal("6.2"), Decimal("-1.1"), Decimal("12.3")),
    Point("26 uger", "Kan", None),
)
KINDS = (("bar", HOURS), ("stacked", HOURS), ("line", WEEKS), ("band", RANGES), ("interval", RANGES))


def chart(kind, points, **more):
    return Chart("Timer & kroner", "Forslaget er <større>.", kind, "Niveau", "Timer", "timer", points, **more)


@pytest.mark.parametrize(("kind", "points"), KINDS, ids=[kind for kind, _ in KINDS])
def test_a_drawing_has_a_name_and_nothing_that_the_content_policy_stops(kind, points):
    root = etree.fromstring(svg(chart(kind, points)))
    assert root.get("role") == "img"
    named = {element.get("id"): element.text for element in root if element.tag.endswith(("title", "desc"))}
    assert [named[key] for key in root.get("aria-labelledby").split()] == [
        "Timer & kroner",
        "Forslaget er <større>.",
    ]
    for element in root.iter():
        assert not element.tag.endswith(("script", "style", "foreignObject", "image"))
        assert not [name for name in element.attrib if name == "style" or name.startswith("on")]


def test_every_series_is_written_beside_its_line():
    said = "".join(etree.fromstring(svg(chart("line", WEEKS, limit=Limit("Loft 111", 111)))).itertext())
    for word in ("Vedtaget", "Forslag", "Loft 111"):
        assert word in said


def test_lines_differ_by_more_than_colour():
    dashes = {
        element.get("stroke-dasharray")
        for element in etree.fromstring(svg(chart("line", WEEKS))).iter("{*}path")
        if element.get("stroke-width") == "2.5"
    }
    assert len(dashes) == 2


def test_the_table_says_every_figure_and_every_gap():
    found = table(chart("stacked", HOURS))
    assert found.head == ("Niveau", "Skal, timer", "Kan, timer")
    assert found.rows == (("Vedtaget", "2.700", "2.425"), ("Forslag", "3.600", "mangler"))
    assert gaps(chart("stacked", HOURS)) == "Tal mangler: Kan (Forslag)."
    assert gaps(chart("line", WEEKS)) == ""


def test_months_have_their_names_on_the_axis_and_in_the_table():
    named = chart(
        "line", tuple(Point(n, "Personer", n) for n in (1, 3)), names=("nov 24", "dec 24", "jan 25")
    )
    said = "".join(etree.fromstring(svg(named)).itertext())
    assert "nov 24" in said and "jan 25" in said
    assert table(named).rows == (("nov 24", "1"), ("jan 25", "3"))


def test_an_interval_stands_beside_its_figure():
    assert table(chart("interval", RANGES)).rows == (("26 uger", "6,2 (−1,1 til 12,3)", "mangler"),)


def test_an_interval_is_drawn_anew_for_a_phone_and_says_the_same():
    root = etree.fromstring(narrow_svg(chart("interval", RANGES)))
    said = [text.strip() for text in root.itertext() if text.strip()]
    assert "26 uger, Skal: 6,2 (−1,1 til 12,3)" in said and "26 uger, Kan: mangler" in said
    assert float(root.get("width")) < 360, "within a phone's width, nothing to push sideways"
    assert narrow_svg(chart("bar", HOURS)) == ""
    broad = etree.fromstring(svg(chart("interval", RANGES)))
    assert not {each.get("id") for each in root.iter() if each.get("id")} & {
        each.get("id") for each in broad.iter() if each.get("id")
    }, "both stand on the page"


def test_two_charts_on_a_page_share_no_id():
    ids = [
        element.get("id")
        for kind, points in KINDS
        for element in etree.fromstring(svg(chart(kind, points))).iter()
        if element.get("id")
    ]
    assert len(ids) == len(set(ids)) > 2 * len(KINDS) - 1


def test_a_picture_for_a_document():
    assert png(chart("bar", HOURS)).startswith(b"\x89PNG")


def test_a_chart_without_points_is_drawn_empty():
    assert "<svg" in svg(chart("line", ()))
    assert table(chart("line", ())).rows == ()
