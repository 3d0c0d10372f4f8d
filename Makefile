# The everyday words. `make help` lists them.
PORT ?= 8000
CASES ?= 10000
VENV := .venv
UV := $(shell command -v uv 2>/dev/null || echo build/tools/bin/uv)
export UV_PYTHON_DOWNLOADS = never
export UV_PROJECT_ENVIRONMENT = $(VENV)

.PHONY: help demo install install-tests journeys test test-spark test-long check translations reference screenshots bench

help: ## these words
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/:/' | column -t -s:

$(UV):
	python3 -m venv build/tools
	build/tools/bin/pip install --quiet --disable-pip-version-check uv

install: $(UV) ## everything that the product needs, locked
	$(UV) sync --quiet --locked --all-extras --no-extra spark --no-default-groups --compile-bytecode
	$(VENV)/bin/python -m compileall -q src

install-tests: $(UV) ## everything that the tests need besides
	$(UV) sync --quiet --locked --all-extras --no-extra spark --all-groups --compile-bytecode
	$(VENV)/bin/python -m compileall -q src
	sh tests/install.sh

demo: install ## build the demonstration and serve it; PORT=8100 for another port
	AMPARO_DEMO=true AMPARO_DATA=$(CURDIR)/var/demo $(UV) run --no-sync amparo setup
	AMPARO_DEMO=true AMPARO_DATA=$(CURDIR)/var/demo $(UV) run --no-sync amparo demo build
	AMPARO_DEMO=true AMPARO_DATA=$(CURDIR)/var/demo $(UV) run --no-sync amparo demo sign-ins
	AMPARO_DEMO=true AMPARO_DATA=$(CURDIR)/var/demo $(UV) run --no-sync amparo serve --port $(PORT)

test: install-tests ## every test on SQLite, the journeys in a browser within, then those of the databases on PostgreSQL
	$(UV) run --no-sync pytest -q -n 2 --dist worksteal -m "not long"
	$(UV) run --no-sync python -m pytest -q -n 2 --dist worksteal -m "not long" -p tests.postgresql tests/audit tests/access tests/organisation tests/vault tests/linkage tests/cases tests/intake tests/care tests/justice tests/counting tests/publication tests/monitoring tests/law

journeys: install-tests ## of the tests only the walks and every page in a real browser, as every role
	$(UV) run --no-sync pytest -q -n 2 --dist worksteal tests/journeys

test-spark: install-tests ## the third engine, which needs Java 17 and brings half a gigabyte of its own
	$(UV) sync --quiet --locked --all-extras --all-groups
	$(UV) run --no-sync pytest -q -m spark

test-long: install-tests ## the stated numbers of random cases
	$(UV) run --no-sync pytest -q -n 2 --dist worksteal --hypothesis-profile=long

screenshots: install-tests ## draw the pictures of the documentation anew
	AMPARO_TEST_CHILDREN=600 AMPARO_SCREENSHOTS=$(CURDIR)/docs/images $(UV) run --no-sync pytest -q tests/journeys/test_screenshots.py

bench: install-tests ## measure; CASES=100000 for a larger house
	$(UV) run --no-sync python -m bench --cases $(CASES)

check: install-tests ## format, lint, types, layers, and the generated reference unchanged; changes nothing
	$(UV) run --no-sync python -m tests.check

translations: install-tests ## bring the desk's catalogues up to date with its texts, and compile them
	$(UV) run --no-sync python -m tests.translations

reference: install-tests ## write the generated reference anew
	$(UV) run --no-sync python -m amparo.config.reference
