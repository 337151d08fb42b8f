"""What becomes of the courses, described and compared, with what cannot be shown said in words.

`read_courses` reads a file, `compare` answers for each horizon, `as_json` writes the answer. `progress` and
`power` stand alone. The methods are explained with worked numbers in docs/evidence.md.
"""

from mentorkorps.domain.evidence.answer import as_json
from mentorkorps.domain.evidence.comparison import Horizon, compare
from mentorkorps.domain.evidence.courses import Course, Courses, tabulate
from mentorkorps.domain.evidence.power import courses_needed, smallest_visible_difference
from mentorkorps.domain.evidence.progress import Progress, Slope, progress
from mentorkorps.domain.evidence.reading import read_courses
from mentorkorps.domain.evidence.statement import statement

__all__ = [
    "Course",
    "Courses",
    "Horizon",
    "Progress",
    "Slope",
    "as_json",
    "compare",
    "courses_needed",
    "progress",
    "read_courses",
    "smallest_visible_difference",
    "statement",
    "tabulate",
]
