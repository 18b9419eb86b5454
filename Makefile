PORT ?= 8000
PYTHON ?=
SIZE ?= 10000
VENV := .venv/bin
SETUP = python="$$(PYTHON='$(PYTHON)' sh ops/find_python.sh)" && "$$python" -m ops.setup

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev setup-test run check fix test journeys coverage bench bench-data german css

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

setup: ## Make .venv and install what running needs
	@$(SETUP) runtime

setup-dev:
	@$(SETUP) dev

setup-test: ## Install what the tests need too: tools, PostgreSQL, Redis, Chromium
	@$(SETUP) test

run: setup ## Start web server and worker with the demo organisation (PORT=8001 for another port)
	@PORT='$(PORT)' exec $(VENV)/python -m ops.run

check: setup-dev ## Lint, format, types, contracts, migrations, templates; changes nothing
	@$(VENV)/python -m ops.check

fix: setup-dev ## Repair what can be repaired: imports, format, indentation of templates
	@$(VENV)/ruff check --quiet --fix-only .
	@$(VENV)/ruff format --quiet .
	@$(VENV)/djhtml --tabwidth 2 templates

test: setup-test ## Run every test, on SQLite and on a private PostgreSQL and Redis
	@$(VENV)/python -m ops.test

journeys: setup-test ## Run only the journeys in the browser
	@$(VENV)/python -m pytest -m journey tests/journeys

coverage: setup-test ## Show which lines and branches the tests do not run
	@$(VENV)/python -m pytest -q --cov --cov-report=term

bench: setup-dev ## Measure, and print a table
	@$(VENV)/python -m bench

bench-data: setup ## Make an organisation with SIZE=10000 uses in var/bench, to measure and to look at
	@VAR_DIR='$(or $(VAR_DIR),var/bench)' $(VENV)/python -m bench.data $(SIZE)

german: setup-dev ## Add new texts to the German catalogue and compile it; lists what lacks German
	@$(VENV)/python -m ops.german

css: ## Build static/ from static_src/ (needs Node.js)
	@command -v npm >/dev/null || { echo 'Node.js with npm is needed to build the stylesheet.' >&2; exit 1; }
	npm ci
	npm run css
