# What one can ask of a clone. Each target does all the set-up it needs; the work itself stands in scripts/.

PORT ?= 8000
ARGS ?=

setup := scripts/python scripts/setup.py
python := .venv/bin/python

.PHONY: help demo test check bench docs shots

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-6s %s\n", $$1, $$2}' Makefile

demo: ## serve the demo world on http://127.0.0.1:8000/ (another port: make demo PORT=8100)
	@$(setup) demo
	@$(python) scripts/demo.py $(PORT)

test: ## the checks, then every test on SQLite, and on PostgreSQL what touches a database (arguments for pytest: ARGS="-k law")
	@$(setup) test
	@$(python) scripts/suite.py $(ARGS)

check: ## style, types, layers and missing migrations: the part of the test that takes seconds
	@$(setup) code
	@$(python) scripts/check.py

bench: ## measure what the documentation promises; each script prints its own figures
	@$(setup) code
	@set -e; for script in bench/*.py; do echo "== $$script"; $(python) "$$script"; done

docs: ## write the generated chapters of docs/ again
	@$(setup) code
	@$(python) scripts/docs.py

shots: ## take pictures of every page in a real browser
	@$(setup) test
	@$(python) scripts/shots.py
