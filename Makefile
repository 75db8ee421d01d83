# `make demo` and `make test` need Python 3.11 or later and nothing else; they make .venv themselves.

SHELL := /bin/bash
.DELETE_ON_ERROR:
.DEFAULT_GOAL := test

STARTS := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3 python3.14 python; do \
	$$name -c '$(STARTS)' >/dev/null 2>&1 && echo $$name && break; done)

BIN := .venv/bin
READY := .venv/ready
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCK := UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv --no-config --quiet pip compile pyproject.toml \
	--universal --generate-hashes --python-version 3.11 $(UPGRADE)

.PHONY: demo test test-long fuzz format lock calendar codes examples pictures bench house clean

demo: $(READY)
	$(BIN)/arshjul build 2026
	@echo "Tidplanen för budget 2026 finns i tidplaner/2026/ – öppna xlsx i Excel, html i webbläsaren, md där du läser text."

test: $(READY)
	tests/browser/prepare
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto --cov

# Whatever is drawn at random, for as long as a machine may look. Add a path or `-k` with ONLY=.
test-long: $(READY)
	$(BIN)/pytest -n auto --hypothesis-profile=search $(ONLY)

# Projects made at random, each from its number: `make fuzz CASES=10000 SEED=500`.
fuzz: $(READY)
	$(BIN)/pytest tests/property/test_fuzz.py --fuzz-cases=$(or $(CASES),1000) --fuzz-seed=$(or $(SEED),0)

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# `make lock` keeps the pins that still hold; `make lock UPGRADE=--upgrade` takes the newest.
lock: $(READY)
	$(LOCK) --output-file requirements/runtime.txt
	$(LOCK) --all-extras --no-strip-extras --constraint requirements/runtime.txt --output-file requirements/dev.txt

# The days off and half days, made from the installed holidays package; a new table is told under *Datum* in CHANGELOG.
calendar: $(READY)
	$(BIN)/python tools/calendar_table.py

codes: $(READY)
	$(BIN)/arshjul rule -f md > docs/codes.md

examples: $(READY)
	for year in 2023 2026; do \
		$(BIN)/arshjul build $$year rambudget -q -f xlsx,md,html,json -o examples/$$year || test $$? -eq 1; done
	rm -f examples/*/arshjul.json  # the record of a folder is for whoever builds in it

pictures: $(READY)
	tests/browser/prepare
	docs/bilder/renew

bench: $(READY)
	$(BIN)/python benchmarks/run.py

# HOUSE="--quick --places long" shows where.
house: $(READY)
	$(BIN)/python tools/house.py $(HOUSE)

clean:
	rm -rf .venv .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache dist tidplaner

$(READY): pyproject.toml requirements/dev.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed: make PYTHON=/path/to/python3" >&2; exit 1; }
	rm -rf .venv
	$(PYTHON) -m venv .venv
	$(PIP) install --require-hashes --requirement requirements/dev.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@
