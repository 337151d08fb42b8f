"""The verbs of casework: each asks the domain, writes, and journals, in one transaction."""
