"""The cast can be put on stage."""

from tests.cast import Cast


def test_it_works(cast: Cast) -> None:
    assert cast.course.citizen == cast.jens
    assert len(cast.people) == 10
