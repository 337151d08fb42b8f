"""The verbs of the room: each one asks the domain, writes and journals in one transaction."""
