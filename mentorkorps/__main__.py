"""`python -m mentorkorps` is the `mentorkorps` program."""

import sys

from mentorkorps.cli import main

sys.exit(main())
