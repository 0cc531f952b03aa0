# Every task of a developer has a name here; `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

BIN := .venv/bin
PYTHON := $(BIN)/python

# Without a display Qt draws into memory; with one, windows are real.
ifeq ($(strip $(DISPLAY)$(WAYLAND_DISPLAY)),)
export QT_QPA_PLATFORM ?= offscreen
endif

.PHONY: help setup demo run test lint types catalogues tests server coverage mutants strings bench endurance wheel lock clean

help: ## list these tasks
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## make .venv from the lock, with Qt's system libraries; does nothing when all is there
	@bash .ci/setup

demo: setup ## walk a fictional programme through the whole job; files and pictures in demo-out
	$(BIN)/fujisawa-desktop demo --out demo-out

run: setup ## open the window
	$(BIN)/fujisawa-desktop

test: lint types catalogues server tests ## everything a change must pass

lint: setup ## style and common mistakes
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup ## mypy --strict over the package
	$(BIN)/mypy

catalogues: setup ## the Japanese and English texts are complete
	$(PYTHON) i18n/catalogue.py check

tests: setup
	$(PYTHON) -m pytest --numprocesses auto --dist worksteal

server: setup ## the tests of services and the journeys once more, on a PostgreSQL server of the run's own
	$(PYTHON) -m pytest --quiet --numprocesses auto --dist worksteal --engine postgresql tests/services tests/journeys

coverage: setup ## tests with branch coverage: rules at least 95 %, services at least 90 %
	$(PYTHON) -m pytest --cov --cov-report=
	$(BIN)/coverage report --include='fujisawa_desktop/rules/*' --fail-under=95
	$(BIN)/coverage report --include='fujisawa_desktop/services/*' --fail-under=90

mutants: setup ## small wrong changes of the rules of hours, pay and transfers: the tests notice nine of ten
	nice $(PYTHON) tests/mutation/run.py --survivors

strings: setup ## collect new texts from the code into the catalogues
	$(PYTHON) i18n/catalogue.py update
	$(PYTHON) hatch_build.py

bench: setup ## the figures, side by side with bare Qt
	$(PYTHON) -m tests.benchmarks

endurance: setup ## crashes, races, mutated files and random months, for hours; figures in build/endurance
	nice $(PYTHON) -m tests.endurance all

wheel: setup ## build the wheel into dist
	$(PYTHON) -m pip --quiet wheel --no-deps --no-build-isolation --wheel-dir dist .

# Not after setup as such: that refuses a lock which lacks what pyproject.toml just came to need.
lock: ## renew the hashed locks from pyproject.toml; they name no host
	@test -x $(PYTHON) || bash .ci/setup
	$(PYTHON) -m pip --quiet install uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --no-annotate --upgrade pyproject.toml --output-file requirements/runtime.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --no-annotate --upgrade --constraint requirements/runtime.txt --group dev pyproject.toml \
		--output-file requirements/dev.txt

clean: ## remove everything that was made, .venv included
	rm -rf .venv build dist demo-out htmlcov .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find i18n -name '*.mo' -delete
