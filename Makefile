# `make help` lists what can be made. Everything lands in .venv; nothing outside this folder is touched.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
EXAMPLE ?= examples/extrusion-saguenay.yaml
PORT ?= 8000
MANAGE = $(BIN)/python -m alliage.hub.manage
MUTANTS_KILLED ?= 0.85
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# ------------------------------------------------------------------------------------------ everyday

.PHONY: install run match test check format
install: $(VENV)/.project  ## put the `alliage` command in .venv/bin

run: install  ## the finder in a browser, on http://127.0.0.1:8000 (PORT=8080 to change)
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) collectstatic --noinput --verbosity 0 --ignore 'ht*-4*' --ignore ext    # of htmx, only what we use
	@$(MANAGE) load_pack
	@echo "Alliage: http://127.0.0.1:$(PORT)/ (English: http://127.0.0.1:$(PORT)/en/). Ctrl+C stops it."
	@exec $(BIN)/waitress-serve --listen=127.0.0.1:$(PORT) --threads=8 --ident= --max-request-body-size=2500000 alliage.hub.config.wsgi:application

match: install  ## the same answer in the terminal, for one example company (EXAMPLE=… for another)
	$(BIN)/alliage match $(EXAMPLE)

test: $(VENV)/.dev chromium  ## all the tests, in random order, on every core (ARGS="-k places" to choose)
	$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

check: $(VENV)/.dev  ## what a review asks first: format, lint, types, layers, and the pack itself
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/alliage check

format: $(VENV)/.dev  ## put the code in the house's form
	$(BIN)/ruff check --fix-only --quiet
	$(BIN)/ruff format

# -------------------------------------------------------------------------------------- now and then

.PHONY: chromium office schemas facts messages screenshots proof benchmark lock clean help
schemas: install  ## write schemas/*.json again from the models
	$(BIN)/python -m alliage.cli.schemas schemas

facts: install  ## write "Fit to plan" of docs/catalogue.md again from the pack
	$(BIN)/python -m alliage.cli.fit_to_plan docs/catalogue.md

messages: $(VENV)/.dev  ## collect the hub's texts, say which have no English yet, compile them
	$(BIN)/python -m alliage.hub.config.messages

screenshots: $(VENV)/.dev chromium  ## make docs/images/*.png again from the real pages (needs Chromium)
	$(BIN)/python -m tests.journeys.screenshots

proof: $(VENV)/.dev office  ## what is too long for `make test`: the hub on PostgreSQL, laws on many more examples, sheets recomputed, mutants
	tests/on_postgres.sh
	$(BIN)/python -m pytest -n auto --hypothesis-profile=thorough -m "long or not long" tests/properties tests/papers
	rm -rf mutants    # it would keep yesterday's copy of the files that it does not change
	$(BIN)/mutmut run
	$(BIN)/mutmut results
	$(BIN)/mutmut export-cicd-stats
	$(BIN)/python -c "$$score_of_mutants"

benchmark: $(VENV)/.bench  ## measure against the peers, all in one run
	if [ -f benchmarks/package-lock.json ]; then npm ci --prefix benchmarks --no-audit --no-fund --silent; fi
	$(BIN)/python -m benchmarks $(ARGS)

lock:  ## choose the newest versions again, with their hashes and no address (needs `uv`)
	@command -v uv >/dev/null || { echo "make lock needs uv: pipx install uv" >&2; exit 1; }
	$(call lock,requirements.lock,--extra hub --extra papers)
	$(call lock,requirements-dev.lock,--constraint requirements.lock --extra hub --extra papers --extra postgres --extra dev)
	$(call lock,requirements-bench.lock,--constraint requirements.lock --extra hub --extra papers --extra bench)

clean:  ## remove .venv and all that was built or cached
	rm -rf $(VENV) build dist mutants .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# ----------------------------------------------------------------- behind them: each step leaves a mark

# The first of these that is Python 3.11 or newer (PYTHON=… to choose another).
$(VENV)/.python:
	@for candidate in $(or $(PYTHON),python3 python3.13 python3.12 python3.11); do \
	  if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    python=$$candidate; break; \
	  fi; \
	done; \
	if [ -z "$${python:-}" ]; then \
	  echo "Alliage needs Python 3.11 or newer. Debian, Ubuntu: apt install python3 python3-venv" >&2; \
	  echo "Is it under another name? make install PYTHON=/its/path" >&2; exit 1; \
	elif ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
	  echo "$$python cannot make a virtual environment. Debian, Ubuntu: apt install python3-venv" >&2; exit 1; \
	fi; \
	"$$python" -m venv --clear $(VENV)
	@touch $@

$(VENV)/.run: requirements.lock $(VENV)/.python
	$(PIP_INSTALL) --require-hashes --requirement requirements.lock
	@touch $@

$(VENV)/.project: pyproject.toml src/alliage/__about__.py $(VENV)/.run
	$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.project
	$(PIP_INSTALL) --require-hashes --requirement requirements-dev.lock
	@touch $@

# A browser for the journeys: as root on Debian or Ubuntu it is installed, else how to get it is said.
chromium:
	@if [ -n "$${CHROMIUM:-}" ] || command -v chromium chromium-browser google-chrome google-chrome-stable >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update --quiet=2 && apt-get install --quiet=2 --yes --no-install-recommends chromium; \
	else \
	  echo "The tests of the web pages need Chromium. Debian, Ubuntu: sudo apt install chromium" >&2; \
	  echo "Is it elsewhere? CHROMIUM=/its/path make test" >&2; exit 1; \
	fi

# A spreadsheet program, to recompute the sheets of a plan.
office:
	@if command -v soffice libreoffice >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update --quiet=2 && apt-get install --quiet=2 --yes --no-install-recommends libreoffice-calc; \
	else \
	  echo "make proof needs LibreOffice. Debian, Ubuntu: sudo apt install libreoffice-calc" >&2; exit 1; \
	fi

$(VENV)/.bench: requirements-bench.lock $(VENV)/.project
	$(PIP_INSTALL) --require-hashes --requirement requirements-bench.lock
	@touch $@

# Killed mutants over all that were tried; a mutant that loops for ever is as good as killed.
define score_of_mutants
import json, sys
seen = json.load(open("mutants/mutmut-cicd-stats.json"))
score = (seen["killed"] + seen["timeout"]) / (seen["total"] - seen["skipped"])
print(f"mutation score: {score:.1%} of {seen['total']} (wanted: $(MUTANTS_KILLED))")
sys.exit(score < $(MUTANTS_KILLED))
endef
export score_of_mutants

define lock
	uv pip compile --quiet --no-config --universal --python-version 3.11 --upgrade --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make lock" pyproject.toml --group build $(2) --output-file $(1)
endef
