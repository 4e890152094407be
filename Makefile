# Two commands are enough:
#   make run     prepares everything and serves a demo at a printed address
#   make test    prepares what tests need and runs every check and every test
# Who changes the house also wants `make dev` (serves, and follows every change) and `make checks`: CONTRIBUTING.md.
# A stamp in .venv/stamps carries the hash of what it was made from, so a second call is instant.

SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
ROWS ?=
BIN := .venv/bin
STAMPS := .venv/stamps
VENDOR_SCRIPTS := $(wildcard scripts/vendor.py scripts/icons.py scripts/sheets.py mashang/static/icons.txt \
  mashang/styles/*.css mashang/styles/*/*.css)
hash = $(shell cat $(1) | sha256sum | cut -c1-16)

RUN := $(STAMPS)/run-$(call hash,requirements/run.txt pyproject.toml)
TEST := $(STAMPS)/test-$(call hash,requirements/test.txt pyproject.toml)
NODE := $(STAMPS)/node-$(call hash,package-lock.json .npmrc)
VENDOR := $(STAMPS)/vendor-$(call hash,package-lock.json $(VENDOR_SCRIPTS))

WORDING := $(STAMPS)/wording-$(call hash,$(shell find mashang/locale -name '*.po'))

.NOTPARALLEL:
export PYTHONDONTWRITEBYTECODE = 1
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: run dev wheel install test pictures checks test-sqlite test-postgres test-one-house test-js bench proof fmt lock system

# --- run ---------------------------------------------------------------------------------

install: $(RUN) $(VENDOR) $(WORDING)

run: export MASHANG_PUBLIC_URL ?= http://127.0.0.1:$(PORT)
run: install
	$(BIN)/mashang provision
	$(BIN)/mashang demo
	$(BIN)/mashang serve --port $(PORT)

# One process that starts again when a module changes, and reads templates and style sheets anew. Due work runs beside it.
dev: export MASHANG_PUBLIC_URL ?= http://127.0.0.1:$(PORT)
dev: export MASHANG_DEBUG = 1
dev: install
	$(BIN)/mashang provision
	$(BIN)/mashang demo
	$(BIN)/mashang tick --every 30 & trap "kill $$!" EXIT; $(BIN)/python manage.py runserver --nostatic $(PORT)

# One file that holds everything but the dependencies, in dist/.
wheel: install
	rm -rf build dist
	$(BIN)/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .
	rm -rf build

# --- test --------------------------------------------------------------------------------

test: checks test-js test-sqlite test-postgres test-one-house
	@echo "全部通过 (all passed)"

checks: $(TEST) $(VENDOR) $(WORDING)
	$(BIN)/ruff check --no-cache .
	$(BIN)/ruff format --no-cache --check .
	$(BIN)/lint-imports --no-cache --no-logo
	$(BIN)/mypy
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/djlint --quiet --lint mashang
	$(BIN)/djangofmt --check mashang
	node_modules/.bin/biome check --error-on-warnings

# What each run buys. SQLite: every test, the pages in a browser and what starts processes of its own.
test-sqlite: $(TEST) $(VENDOR) $(WORDING) system
	$(BIN)/pytest -q -n 2 --dist loadgroup

# PostgreSQL: its locks, its constraints, its dialect; nothing that drives a browser or asks no database. Two provinces
# in schemas of their own: the connection of one house, and beside it that every statement stays in its schema. How one
# house is set up (tests/config) is asked below.
test-postgres: $(TEST) $(VENDOR) $(WORDING) system
	MASHANG_PROVINCES=gx,hn MASHANG_PROVINCE=gx scripts/with_postgres $(BIN)/pytest -q -n 2 --dist loadgroup -m "not browser and not once" --ignore tests/config

# The same server with one house alone, as most have it: what is made otherwise there, from the ground floor up.
test-one-house: $(TEST) $(VENDOR) $(WORDING) system
	scripts/with_postgres $(BIN)/pytest -q -n 2 --dist loadgroup -m "not browser and not once" \
	  tests/core tests/config tests/codes tests/reviews tests/test_constraints.py tests/test_locks.py tests/wishes/test_wall.py

test-js: $(NODE) $(VENDOR)
	node --test $(wildcard tests/js/*.test.js)

system:
	scripts/system_packages

# The pictures in README, as the browser sees the pages now.
pictures: $(TEST) $(VENDOR) $(WORDING) system
	MASHANG_SHOTS=var/shots $(BIN)/pytest -q -m browser
	$(BIN)/python scripts/pictures.py

# --- measure -----------------------------------------------------------------------------

bench: $(TEST) $(VENDOR) system
	PG_FSYNC=on scripts/with_postgres $(BIN)/python -m bench $(if $(ROWS),--rows $(ROWS))

proof: $(TEST) $(VENDOR)
	scripts/system_packages proof
	PG_FSYNC=on scripts/with_postgres $(BIN)/python -m proofs $(if $(ROWS),--rows $(ROWS))

# --- keep --------------------------------------------------------------------------------

fmt: $(TEST) $(NODE)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djangofmt mashang
	node_modules/.bin/biome check --write

LOCK := $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11

lock:
	test -x $(BIN)/uv || { scripts/venv $(PYTHON) .venv && $(BIN)/pip install --quiet uv; }
	$(LOCK) requirements/run.in -o requirements/run.txt
	$(LOCK) requirements/test.in -o requirements/test.txt
	npm install --package-lock-only
	$(BIN)/python scripts/without_addresses.py package-lock.json

# --- stamps ------------------------------------------------------------------------------

# A stamp that came with a copied .venv says nothing of the folders beside it: what is not there is made again.
made = $(if $(wildcard $(1)),,again)
.PHONY: again
again:

INSTALL := $(BIN)/pip install --quiet --require-hashes --only-binary :all:
# Our own package, without a look at any registry: setuptools is among the locked ones.
INSTALL_OURS := $(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .

.venv/bin/python:
	scripts/venv $(PYTHON) .venv

$(RUN): | .venv/bin/python
	$(INSTALL) --requirement requirements/run.txt
	$(INSTALL_OURS)
	@mkdir -p $(STAMPS) && rm -f $(STAMPS)/run-* && touch $@

$(TEST): | .venv/bin/python
	$(INSTALL) --requirement requirements/test.txt
	$(INSTALL_OURS)
	@mkdir -p $(STAMPS) && rm -f $(STAMPS)/test-* && touch $@

$(NODE): $(call made,node_modules) | .venv/bin/python
	scripts/npm_ci
	@mkdir -p $(STAMPS) && rm -f $(STAMPS)/node-* && touch $@

# The English wording, as Django reads it.
$(WORDING): $(call made,mashang/locale/en/LC_MESSAGES/django.mo) | .venv/bin/python
	$(BIN)/python scripts/english.py
	@rm -f $(STAMPS)/wording-* && touch $@

$(VENDOR): $(NODE) $(call made,mashang/vendor) $(call made,mashang/static/vendor)
	$(BIN)/python scripts/vendor.py
	@rm -f $(STAMPS)/vendor-* && touch $@
