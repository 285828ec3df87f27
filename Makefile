# One entry for people: `make help`. Continuous integration (.ci/run) calls these same recipes.
# The first Python that really runs and is new enough; set PYTHON=... to choose another.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
BIN = .venv/bin

.PHONY: help run test soak bench bench-misses lint types audit check ui lock clean
.DEFAULT_GOAL := help

help:  ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

run: .venv/.installed  ## install, then take the bundled round table from pages to SQL
	@$(BIN)/roundtable demo

test: .venv/.installed  ## install, then run every test
	@$(BIN)/python -m pytest -q -n 2

soak: .venv/.installed  ## the long tests: every fault, twenty kills, large sizes (half an hour)
	@ROUNDTABLE_SOAK=1 ROUNDTABLE_FLIPS=10000 $(BIN)/python -m pytest -q -n 2 --timeout=3600

bench: .venv/.installed  ## measure, as ratios to peers in the same run
	@$(BIN)/python -m benchmarks.captures
	@$(BIN)/python -m benchmarks.reading
	@$(BIN)/python -m benchmarks.site
	@$(BIN)/python -m benchmarks.search
	@$(BIN)/python -m benchmarks.scale
	@$(BIN)/python -m benchmarks.processors
	@$(BIN)/python -m benchmarks.hosts
	@$(BIN)/python -m benchmarks.runs

bench-misses: .venv/.installed  ## list what is read wrongly of the saved pages, by kind
	@$(BIN)/python -m benchmarks.misses

lint: .venv/.installed  ## style and import contracts
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/lint-imports

types: .venv/.installed  ## strict type check
	@$(BIN)/mypy

audit: .venv/.installed  ## ask the advisory database about every version that is installed (needs the network)
	@test -x .venv/audit/bin/pip-audit || { $(BIN)/python -m venv .venv/audit && .venv/audit/bin/pip install --quiet pip-audit; }
	@.venv/audit/bin/pip-audit --requirement constraints.txt --no-deps --disable-pip

check: lint types test  ## everything that CI runs

ui: .venv/.installed  ## Dagster's web UI on the home folder
	@$(BIN)/roundtable ui

lock: .venv/.installed  ## write the versions that are installed now to constraints.txt
	@$(BIN)/pip freeze --exclude-editable > constraints.txt

clean:  ## remove the virtual environment and caches (never data)
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

.venv/.installed: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer was found: install one, or name it with 'make PYTHON=...'."; exit 2; }
	@echo "Installing into .venv with $(PYTHON) (about a minute, once) ..."
	@$(PYTHON) -m venv .venv || { echo "'$(PYTHON) -m venv' failed: on Debian and Ubuntu, install python3-venv."; exit 2; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@
