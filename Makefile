# moip-press: `make dossier` and `make test` do everything, on a machine with Python 3.11 and make.
# GNU make 3.81 (macOS) is enough.

KIT  ?= data/2021
VENV := .venv
PY   := $(VENV)/bin/python
# the environment is up to date when this file is newer than what rules it
READY := $(VENV)/ready

# Homebrew's libraries are not on the search path of every Python of macOS; system integrity
# protection drops the variable at each shell, so it stands before each command
ifeq ($(shell uname -s),Darwin)
RUN := DYLD_FALLBACK_LIBRARY_PATH="$${DYLD_FALLBACK_LIBRARY_PATH:-$$(brew --prefix 2>/dev/null || echo /opt/homebrew)/lib:/usr/local/lib:/usr/lib}" $(PY)
else
RUN := $(PY)
endif

# set up anew where Python was removed since, or the folder moved: the environment knows its place
ifneq ($(shell test -x $(PY) && grep -sqxF "$(CURDIR)" $(READY) && echo alive),alive)
.PHONY: $(READY)
endif

.DEFAULT_GOAL := dossier
.PHONY: assets dossier test test-all format docs schemas rules messages pictures bench faults wheel clean help setup

dossier: $(READY) ## build the dossier of a kit (KIT=data/2021) into output/
	@$(RUN) -m moip_press build $(KIT)

# Bytecode is kept: else each of the many processes that tests start compiles all modules anew.
# Each worker begins with its part of the tests, in their order: what a file shares is made once.
PYTEST := PYTHONDONTWRITEBYTECODE= $(RUN) -m pytest --numprocesses auto --dist worksteal

test: $(READY) ## run the tests, the linter, the type checker and the map of imports
	@failed=; \
	$(RUN) -m ruff check . || failed="$$failed ruff-check"; \
	$(RUN) -m ruff format --check . || failed="$$failed ruff-format"; \
	$(RUN) -m mypy >$(VENV)/types.log 2>&1 & types=$$!; \
	$(VENV)/bin/lint-imports --no-cache >$(VENV)/imports.log || { cat $(VENV)/imports.log; false; } || failed="$$failed imports"; \
	$(PYTEST) $(PYTEST_ARGS) || failed="$$failed pytest"; \
	wait $$types || failed="$$failed mypy"; \
	cat $(VENV)/types.log; \
	if [ -n "$$failed" ]; then echo "make test:$$failed failed" >&2; exit 1; fi

test-all: $(READY) ## run the long suites, which `make test` leaves out
	@$(PYTEST) -m long $(PYTEST_ARGS)

format: $(READY) ## put the code in shape
	@$(RUN) -m ruff check --fix-only --quiet .
	@$(RUN) -m ruff format .

schemas: $(READY) ## write the JSON Schemas of the kit's files
	@$(RUN) -c "from moip_press.kit import schemas; schemas.write()"

# what builds the site, installed once
DOCS := $(VENV)/docs

$(DOCS): $(READY)
	@$(PY) -m pip install -q --disable-pip-version-check --constraint constraints.txt --no-build-isolation --editable '.[docs]'
	@touch $@

docs: $(DOCS) rules ## build the documentation's site into output/docs/, without the internet
	@$(RUN) -m zensical build --clean --strict

rules: $(READY) ## write the pages of the documentation on the rules, and the table of limits
	@$(RUN) -m moip_press.proofread.explaining
	@$(RUN) -m moip_press.system.limits

messages: $(READY) ## gather new messages into the French catalogue, and compile it
	@$(RUN) -c "from moip_press.kit import schemas; schemas.write('en')"
	@$(RUN) -m babel.messages.frontend -q extract -F babel.cfg -k N_ -k NP_:1,2 --no-location --sort-output --no-wrap -o $(VENV)/messages.pot .
	@$(RUN) -m babel.messages.frontend -q update -D moip_press -d moip_press/report/locale -i $(VENV)/messages.pot --no-wrap --ignore-obsolete --no-fuzzy-matching --ignore-pot-creation-date
	@$(RUN) -m babel.messages.frontend -q compile -D moip_press -d moip_press/report/locale
	@$(RUN) -c "from moip_press.kit import schemas; schemas.write()"

pictures: dossier ## draw the pictures of the README and of the page on parts (PICTURES="chart map" for some)
	@$(RUN) -m tests.pictures $(PICTURES)

# what draws the chart and the peers that pip knows, installed once
BENCH := $(VENV)/bench

$(BENCH): $(READY)
	@$(PY) -m pip install -q --disable-pip-version-check --constraint constraints.txt --no-build-isolation --editable '.[bench]'
	@touch $@

bench: $(BENCH) ## measure builds beside plain WeasyPrint and others (BENCH_ARGS="--rounds 3 --skip-large")
	@PYTHONDONTWRITEBYTECODE= $(RUN) -m tests.bench $(BENCH_ARGS)

faults: $(READY) ## kill writing verbs at random moments, and look for what is lost (FAULTS_ARGS="--kills 50 --seed 7")
	@$(RUN) -m tests.faults $(FAULTS_ARGS)

# what pages load beside our own scripts, at the versions of its package-lock.json
ASSETS := moip_press/web/assets

assets: ## bring the libraries of the site's pages from npm (needs node)
	@rm -rf $(VENV)/assets && mkdir -p $(VENV)/assets
	@cp $(ASSETS)/package.json $(ASSETS)/package-lock.json $(VENV)/assets/
	@npm ci --prefix $(VENV)/assets --ignore-scripts --no-audit --no-fund --silent
	@cp $(VENV)/assets/node_modules/minisearch/dist/umd/index.js $(ASSETS)/minisearch.js
	@cp $(VENV)/assets/node_modules/minisearch/LICENSE.txt $(ASSETS)/minisearch.LICENSE.txt

wheel: $(READY) ## build the wheel and the source archive into dist/
	@$(RUN) -m build --no-isolation --outdir dist .

setup: $(READY) ## make .venv, and install what is missing

$(READY): pyproject.toml constraints.txt .ci/setup
	@PYTHON="$(PYTHON)" sh .ci/setup

# dossiers in output/ stay: they are somebody's work
clean: ## remove .venv, dist/ and caches
	rm -rf $(VENV) dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis .cache
	find moip_press templates tests -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
