# Everything that one does with Madoguchi. `make` alone says what there is.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
# Which tests `make test` runs; all of them where nothing is said.
T ?=
export PYTHON PORT

BIN := .venv/bin
INSTALLED := .venv/.installed
VENDOR := portal/static/vendor/.copied
SOURCES := foundation payments auth portal tests benchmarks migrations

.DEFAULT_GOAL := help
.PHONY: help setup run reset test lint format types bench lock clean

help: ## Say what can be done here
	@echo 'Madoguchi 窓口'
	@echo
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
	@echo '  PORT=9000 make run          another port (it and the two after it are used)'
	@echo '  make test T=tests/payments  some of the tests'

run: setup ## Start the portal with its sandboxes and the sample city; keeps what is there
	@$(BIN)/portal setup
	@exec $(BIN)/portal run

setup: $(INSTALLED) $(VENDOR) ## Install what is needed into this folder

reset: setup ## Forget all data and load the sample city anew
	rm -rf var
	@$(BIN)/portal setup

test: setup ## Check everything: style, types, imports, both databases, the browser
	@scripts/test-packages
	@$(MAKE) --no-print-directory vendor lint
	@$(BIN)/portal translations
	@$(BIN)/pytest -n auto $(T)

lint: $(INSTALLED) types ## Check style, types and the direction of imports
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/ruff format --check $(SOURCES)
	@$(BIN)/lint-imports

types: $(INSTALLED) ## Check types
	@$(BIN)/mypy

format: $(INSTALLED) ## Bring the code into shape
	@$(BIN)/ruff check --fix $(SOURCES)
	@$(BIN)/ruff format $(SOURCES)

bench: setup ## Measure, side by side with what it is compared to
	@$(BIN)/python -m benchmarks

lock: ## Take the newest versions of the Python packages
	@scripts/lock

clean: ## Remove everything that was installed or made, the data too
	rm -rf .venv node_modules portal/static/vendor portal/documents/vendor var
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info

.PHONY: vendor
vendor: $(VENDOR)

$(INSTALLED): pyproject.toml requirements.lock scripts/install
	@echo 'Installing the Python packages into .venv …'
	@scripts/install
	@touch $@

$(VENDOR): package.json package-lock.json scripts/vendor
	@scripts/vendor
