"""The doors: pages, API, commands and access."""
