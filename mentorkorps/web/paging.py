"""Which page of a list is asked for, and where it stands in the whole. The address carries `side` and `antal`."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

SIZES = (50, 100)
LAST_PAGE = 10_000


@dataclass(frozen=True)
class Asked:
    """Page `number`, from 1, of `size` rows."""

    number: int
    size: int

    @property
    def first(self) -> int:
        """How many rows lie before the page."""
        return (self.number - 1) * self.size


@dataclass(frozen=True)
class Place:
    """A page in a list of `total` rows."""

    asked: Asked
    total: int

    @property
    def first(self) -> int:
        """The number of the first row, from 1; 0 when the page is empty."""
        return self.asked.first + 1 if self.asked.first < self.total else 0

    @property
    def last(self) -> int:
        """The number of the last row."""
        return min(self.asked.first + self.asked.size, self.total)

    @property
    def previous(self) -> int | None:
        """The page before, or None."""
        return self.asked.number - 1 if self.asked.number > 1 else None

    @property
    def next(self) -> int | None:
        """The page after, or None."""
        return self.asked.number + 1 if self.last < self.total else None

    @property
    def beyond(self) -> bool:
        """Whether the page lies after the last one, as when rows have gone since the address was made."""
        return self.asked.number > 1 and self.asked.first >= self.total

    @property
    def other_size(self) -> int | None:
        """The other length of page, where the list is long enough for it to matter."""
        other = SIZES[1] if self.asked.size == SIZES[0] else SIZES[0]
        return other if self.total > SIZES[0] else None


def to_first_page(request: HttpRequest) -> HttpResponse:
    """The same list and filters from its beginning."""
    query = request.GET.copy()
    query.pop("side", None)
    return redirect(f"{request.path}?{query.urlencode()}")


def page_asked_for(request: HttpRequest) -> Asked:
    """What the address asks for; what it cannot mean is page 1 of 50."""
    size = request.GET.get("antal", "")
    number = request.GET.get("side", "")
    whole = number.isascii() and number.isdigit()
    return Asked(
        number=min(max(int(number), 1), LAST_PAGE) if whole and len(number) < 7 else 1,
        size=int(size) if size in {str(each) for each in SIZES} else SIZES[0],
    )
