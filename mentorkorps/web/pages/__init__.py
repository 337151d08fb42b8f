"""One module a page family; each page is a plain function behind a door."""
